import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { LtijsRecord, ToolKey } from '../../../src/storage/ports/index.ts';
import { type Subject, twentyTimes } from './subject.ts';

const AT = Date.UTC(2026, 0, 5);

const toolKey = (createdAt: number): ToolKey => ({
  kid: randomUUID(),
  publicJwk: '{"kty":"RSA"}',
  sealedPrivateJwk: 'v1.sealed',
  createdAt,
});

const record = (given: Partial<LtijsRecord> = {}): LtijsRecord => ({
  collection: `accesstoken ${randomUUID()}`,
  key: '{"clientId":"1","scopes":"a b"}',
  value: '{"token":"sealed"}',
  createdAt: AT,
  ...given,
});

/** Our own signing keys, and what ltijs keeps. */
export function describeToolKeys(storage: Subject): void {
  describe('tool keys', () => {
    it('are listed newest first, as they were inserted', async () => {
      const [old, young] = [toolKey(AT), toolKey(AT + 1)];
      for (const key of [old, young]) await storage().toolKeys.insert(key);
      const kids = [old.kid, young.kid];
      expect((await storage().toolKeys.list()).filter(({ kid }) => kids.includes(kid))).toEqual([young, old]);
    });

    it('are removed one by one', async () => {
      const [one, other] = [toolKey(AT), toolKey(AT)];
      for (const key of [one, other]) await storage().toolKeys.insert(key);
      await storage().toolKeys.remove(one.kid);
      await storage().toolKeys.remove('none');
      const left = (await storage().toolKeys.list()).map(({ kid }) => kid);
      expect([left.includes(one.kid), left.includes(other.kid)]).toEqual([false, true]);
    });

    it('are never replaced', async () => {
      const key = toolKey(AT);
      await storage().toolKeys.insert(key);
      await expect(storage().toolKeys.insert({ ...key, publicJwk: '{}' })).rejects.toMatchObject({
        code: 'storage',
      });
      expect(await storage().toolKeys.list()).toContainEqual(key);
    });
  });

  describe('records of ltijs', () => {
    it('are inserted once, however many try at once', async () => {
      const { collection } = record();
      const inserted = await twentyTimes((turn) =>
        storage().ltijsRecords.insert(record({ collection, value: `{"turn":${turn}}` })),
      );
      const winners = inserted.flatMap((won, turn) => (won ? [turn] : []));
      expect(winners).toHaveLength(1);
      expect(await storage().ltijsRecords.list(collection)).toEqual([
        record({ collection, value: `{"turn":${winners[0]}}` }),
      ]);
    });

    it('are replaced, or made where there is none', async () => {
      const first = record();
      const second = { ...first, value: '{"token":"newer"}', createdAt: AT + 1 };
      await storage().ltijsRecords.replace(first);
      await storage().ltijsRecords.replace(second);
      expect(await storage().ltijsRecords.list(first.collection)).toEqual([second]);
    });

    it('are listed by collection, oldest first, and removed by their key', async () => {
      const young = record({ key: 'young', createdAt: AT + 1 });
      const old = { ...young, key: 'old', createdAt: AT };
      const elsewhere = record({ key: 'old' });
      for (const each of [young, old, elsewhere]) await storage().ltijsRecords.insert(each);
      expect(await storage().ltijsRecords.list(young.collection)).toEqual([old, young]);
      await storage().ltijsRecords.remove(young.collection, 'old');
      await storage().ltijsRecords.remove(young.collection, 'unknown');
      expect(await storage().ltijsRecords.list(young.collection)).toEqual([young]);
      expect(await storage().ltijsRecords.list(elsewhere.collection)).toEqual([elsewhere]);
      expect(await storage().ltijsRecords.insert(old)).toBe(true);
    });
  });
}
