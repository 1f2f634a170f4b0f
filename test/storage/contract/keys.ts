import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type AccessKey, KEY_SCOPES } from '../../../src/storage/ports/key-store.ts';
import { newOrg, type Subject } from './subject.ts';

const AT = Date.UTC(2026, 0, 5);

export function accessKey(given: Partial<AccessKey> = {}): AccessKey {
  return {
    id: randomUUID(),
    org: newOrg(),
    key: `ak_${randomUUID()}`,
    secretHash: 'a hash',
    name: 'Clé du LMS',
    scopes: ['statements/write', 'cohorts'],
    createdAt: AT,
    lastUsedAt: null,
    revokedAt: null,
    expiresAt: null,
    limits: { requestsPerMinute: null, statementsPerMinute: null },
    boundTo: null,
    trustedPlatform: null,
    onInvalid: 'refuse',
    ...given,
  };
}

/** Credentials of the LRS and the API. */
export function describeKeys(storage: Subject): void {
  describe('access keys', () => {
    it('are found by their user name as they were inserted, with any scopes', async () => {
      for (const scopes of [[], ['all' as const], KEY_SCOPES]) {
        const key = accessKey({ scopes, lastUsedAt: AT + 1, revokedAt: AT + 2 });
        await storage().keys.insert(key);
        expect(await storage().keys.find(key.key)).toEqual(key);
        expect(await storage().keys.byId(key.id)).toEqual(key);
      }
      expect(await storage().keys.byId('unknown')).toBeNull();
      expect(await storage().keys.find('ak_unknown')).toBeNull();
    });

    it('keep their terms: end, limits, bounds, trust and mode', async () => {
      const boundTo = { actor: 'account|https://lms.example.org|7', registration: randomUUID() };
      const terms: readonly Partial<AccessKey>[] = [
        { expiresAt: AT + 3, limits: { requestsPerMinute: 60, statementsPerMinute: null } },
        { limits: { requestsPerMinute: null, statementsPerMinute: 3_000 }, onInvalid: 'skip' },
        { trustedPlatform: 'https://moodle.example.org/école' },
        { boundTo },
        { boundTo: { ...boundTo, registration: null } },
      ];
      for (const each of terms) {
        const key = accessKey(each);
        await storage().keys.insert(key);
        expect(await storage().keys.find(key.key)).toEqual(key);
      }
    });

    it('have a user name of their own, over all organisations', async () => {
      const key = accessKey();
      await storage().keys.insert(key);
      await expect(storage().keys.insert(accessKey({ key: key.key }))).rejects.toMatchObject({
        code: 'storage',
      });
      expect(await storage().keys.find(key.key)).toEqual(key);
    });

    it('are listed by organisation, oldest first, those for content apart', async () => {
      const org = newOrg();
      const [young, old] = [accessKey({ org, createdAt: AT + 5 }), accessKey({ org })];
      const content = accessKey({ org, boundTo: { actor: 'mbox|mailto:a@example.org', registration: null } });
      for (const key of [young, content, old, accessKey()]) await storage().keys.insert(key);
      expect(await storage().keys.list(org, 'standing')).toEqual([old, young]);
      expect(await storage().keys.list(org, 'content')).toEqual([content]);
      expect(await storage().keys.list(newOrg(), 'standing')).toEqual([]);
    });

    it('are revoked by their organisation only, and keep the instant of the first revocation', async () => {
      const key = accessKey();
      await storage().keys.insert(key);
      expect(await storage().keys.revoke(newOrg(), key.key, AT + 1)).toBe(false);
      expect((await storage().keys.find(key.key))?.revokedAt).toBeNull();
      expect(await storage().keys.revoke(key.org, key.key, AT + 2)).toBe(true);
      expect(await storage().keys.revoke(key.org, key.key, AT + 3)).toBe(true);
      expect((await storage().keys.find(key.key))?.revokedAt).toBe(AT + 2);
      expect(await storage().keys.revoke(key.org, 'ak_unknown', AT)).toBe(false);
    });

    it('note their last use, which never goes back', async () => {
      const key = accessKey();
      await storage().keys.insert(key);
      expect((await storage().keys.find(key.key))?.lastUsedAt).toBeNull();
      await storage().keys.touch(key.id, AT + 60_000);
      await storage().keys.touch(key.id, AT);
      expect((await storage().keys.find(key.key))?.lastUsedAt).toBe(AT + 60_000);
    });
  });
}
