import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type {
  NewQuarantined,
  QuarantineEntry,
  QuarantineFilter,
} from '../../../src/storage/ports/quarantine-store.ts';
import { idsOf, newOrg, type Subject, twentyTimes } from './subject.ts';

const AT = Date.UTC(2026, 0, 5);

const entry = (given: Partial<NewQuarantined> = {}): NewQuarantined => ({
  org: newOrg(),
  id: randomUUID(),
  keyId: 'key',
  receivedAt: AT,
  version: '1.0.3',
  text: '{ "actor": 1.50, "name": "\\ud83d É \\u0000" }',
  code: 'invalid-statement',
  problems: [{ path: 'actor', message: 'must be an object' }],
  ...given,
});
const asking = (given: Partial<QuarantineFilter> = {}): QuarantineFilter => ({
  state: 'open',
  after: null,
  limit: 100,
  ...given,
});

/** Statements that were refused one by one. */
export function describeQuarantine(storage: Subject): void {
  const list = (org: string, given: Partial<QuarantineFilter> = {}) =>
    storage().quarantine.list(org, asking(given));

  describe('the quarantine', () => {
    it('keeps what it was given, byte for byte, and lists it without the text', async () => {
      const given = entry({ version: '2.0.0', code: 'conflict' });
      await storage().quarantine.put([given]);
      const kept = { ...given, lastReceivedAt: AT, times: 1, resolvedAt: null, resolution: null };
      expect(await storage().quarantine.get(given.org, given.id)).toEqual(kept);
      const { text: _, ...listed } = kept;
      expect(await list(given.org)).toEqual([listed]);
      expect(await storage().quarantine.get(newOrg(), given.id)).toBeNull();
      expect(await storage().quarantine.get(given.org, randomUUID())).toBeNull();
    });

    it('counts what comes again, tells its problems anew, and keeps when it first came', async () => {
      const given = entry();
      const problems = [{ path: 'verb', message: 'is required' }];
      await storage().quarantine.put([given, given]);
      await storage().quarantine.put([{ ...given, receivedAt: AT + 5, code: 'conflict', problems }]);
      await storage().quarantine.put([{ ...given, receivedAt: AT - 5, problems }]);
      expect(await list(given.org)).toMatchObject([
        { receivedAt: AT, lastReceivedAt: AT + 5, times: 4, code: 'invalid-statement', problems },
      ]);
    });

    it('counts every one of those that come at once', async () => {
      const given = entry();
      await twentyTimes(() => storage().quarantine.put([given]));
      expect(await list(given.org)).toMatchObject([{ times: 20 }]);
    });

    it('lists by receipt and id, page by page, of one key or of all', async () => {
      const org = newOrg();
      const all = Array.from({ length: 7 }, (_, index) =>
        entry({ org, receivedAt: AT + (index % 3), keyId: index < 2 ? 'one' : 'other' }),
      );
      await storage().quarantine.put(all);
      const order = (a: NewQuarantined, b: NewQuarantined) =>
        a.receivedAt - b.receivedAt || (a.id < b.id ? -1 : 1);
      const found: QuarantineEntry[] = [];
      for (let after: QuarantineFilter['after'] = null; ; ) {
        const page = await list(org, { after, limit: 2 });
        found.push(...page);
        after = page.at(-1) ?? null;
        if (page.length < 2) break;
      }
      expect(idsOf(found)).toEqual(idsOf(all.toSorted(order)));
      expect(idsOf(await list(org, { keyId: 'one' }))).toEqual(idsOf(all.slice(0, 2)));
    });

    it('resolves entries of their organisation; what was replayed stays so', async () => {
      const [open, discarded, replayed] = [entry(), entry(), entry()];
      const { org } = open;
      await storage().quarantine.put([open, { ...discarded, org }, { ...replayed, org }]);
      const resolve = (id: string, how: 'replayed' | 'discarded', at: number, of = org) =>
        storage().quarantine.resolve(of, id, how, at);
      expect(await resolve(discarded.id, 'discarded', AT + 1)).toBe(true);
      expect(await resolve(replayed.id, 'discarded', AT + 1)).toBe(true);
      expect(await resolve(replayed.id, 'replayed', AT + 2)).toBe(true);
      expect(await resolve(replayed.id, 'discarded', AT + 3)).toBe(true);
      expect(await resolve(open.id, 'discarded', AT + 1, newOrg())).toBe(false);
      expect(await resolve(randomUUID(), 'discarded', AT + 1)).toBe(false);
      expect(idsOf(await list(org))).toEqual([open.id]);
      expect(idsOf(await list(org, { state: 'all' })).toSorted()).toEqual(
        idsOf([open, discarded, replayed]).toSorted(),
      );
      const states = (await list(org, { state: 'resolved' })).map((each) => [
        each.id,
        each.resolution,
        each.resolvedAt,
      ]);
      expect(states.toSorted()).toEqual(
        [
          [discarded.id, 'discarded', AT + 1],
          [replayed.id, 'replayed', AT + 2],
        ].toSorted(),
      );
    });

    it('does not open again what is resolved and comes again', async () => {
      const given = entry();
      await storage().quarantine.put([given]);
      await storage().quarantine.resolve(given.org, given.id, 'discarded', AT + 1);
      await storage().quarantine.put([{ ...given, receivedAt: AT + 2 }]);
      expect(await list(given.org)).toEqual([]);
      expect(await list(given.org, { state: 'resolved' })).toMatchObject([{ times: 2, resolvedAt: AT + 1 }]);
    });
  });
}
