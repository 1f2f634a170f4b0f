import { describe, expect, it } from 'vitest';
import type { Writer } from '../../../src/storage/ports/index.ts';
import { allOf, asking, idsOf, newOrg, type Subject, statement, stored, writer } from './subject.ts';

const author = writer('author');
const stranger = writer('stranger');
const manager = writer('manager', true);

/** Voiding (xAPI 1.0.3 Data 2.3.2), with who may do it (vocabulary.md). */
export function describeVoiding(storage: Subject): void {
  describe('voiding', () => {
    /** Stores a statement and one that voids it; answers when the voiding one was stored, and what is seen then. */
    const voiding = async (by: Writer, order: 'target first' | 'target last' = 'target first') => {
      const org = newOrg();
      const target = statement();
      const voider = statement({ voids: target.id });
      if (order === 'target first') await stored(storage(), org, [target], author);
      const { stored: at } = await stored(storage(), org, [voider], by);
      if (order === 'target last') await stored(storage(), org, [target], author);
      return {
        at,
        voidedAt: (await storage().statements.get(org, target.id))?.voidedAt,
        targetSeen: idsOf(await allOf(storage(), org, asking())).includes(target.id),
        voiderSeen: idsOf(await allOf(storage(), org, asking())).includes(voider.id),
      };
    };

    it('takes a statement out of queries; the voiding one is found, and the voided one by its id', async () => {
      const { at, ...seen } = await voiding(author);
      expect(seen).toEqual({ voidedAt: at, targetSeen: false, voiderSeen: true });
    });

    it('works when the voiding statement comes first', async () => {
      const { at, ...seen } = await voiding(author, 'target last');
      expect(seen).toEqual({ voidedAt: at, targetSeen: false, voiderSeen: true });
    });

    it('has no effect by a key that wrote something else', async () => {
      for (const order of ['target first', 'target last'] as const)
        expect(await voiding(stranger, order)).toMatchObject({
          voidedAt: null,
          targetSeen: true,
          voiderSeen: true,
        });
    });

    it('has its effect by a key that voids what others wrote', async () => {
      for (const order of ['target first', 'target last'] as const) {
        const { at, voidedAt, targetSeen } = await voiding(manager, order);
        expect({ voidedAt, targetSeen }).toEqual({ voidedAt: at, targetSeen: false });
      }
    });

    it('has no effect on a voiding statement', async () => {
      const org = newOrg();
      const target = statement();
      const voider = statement({ voids: target.id });
      const regret = statement({ voids: voider.id });
      for (const each of [target, voider, regret]) await stored(storage(), org, [each], author);
      expect(idsOf(await allOf(storage(), org, asking()))).toEqual([voider.id, regret.id]);
      expect((await storage().statements.get(org, voider.id))?.voidedAt).toBeNull();
      expect((await storage().statements.get(org, target.id))?.voidedAt).not.toBeNull();
    });

    it('dates from the first voiding statement that may', async () => {
      const org = newOrg();
      const target = statement();
      await stored(storage(), org, [target], author);
      await stored(storage(), org, [statement({ voids: target.id })], stranger);
      const { stored: at } = await stored(storage(), org, [statement({ voids: target.id })], author);
      await stored(storage(), org, [statement({ voids: target.id })], manager);
      expect((await storage().statements.get(org, target.id))?.voidedAt).toBe(at);
    });

    it('reaches no statement of another organisation', async () => {
      const [one, other] = [newOrg(), newOrg()];
      const target = statement();
      await stored(storage(), one, [target], author);
      await stored(storage(), other, [statement({ voids: target.id })], { ...manager, keyId: author.keyId });
      expect((await storage().statements.get(one, target.id))?.voidedAt).toBeNull();
      expect(idsOf(await allOf(storage(), one, asking()))).toEqual([target.id]);
    });

    it('shows in the feeds, which leave nothing out', async () => {
      const org = newOrg();
      const target = statement({ activities: [{ term: 'https://x.example/1', related: false }] });
      const { seq } = await storage().statements.head();
      await stored(storage(), org, [target], author);
      const { stored: at, lastSeq } = await stored(storage(), org, [statement({ voids: target.id })], author);
      const [fed] = (await storage().statements.feed(seq, 100)).filter(({ id }) => id === target.id);
      const [fedOf] = await storage().statements.feedOf(org, ['https://x.example/1'], seq, lastSeq, 100);
      expect([fed?.voidedAt, fedOf?.voidedAt]).toEqual([at, at]);
    });
  });
}
