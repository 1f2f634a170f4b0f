import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Grant } from '../../../src/storage/ports/index.ts';
import { newOrg, type Subject, twentyTimes } from './subject.ts';

const AT = Date.UTC(2026, 0, 5);

function grant(given: Partial<Grant> = {}): Grant {
  return {
    id: randomUUID(),
    org: newOrg(),
    registrationId: 'r',
    sub: '7',
    role: 'staff',
    cohortId: null,
    grantedBy: 'somebody',
    grantedAt: AT,
    expiresAt: null,
    ...given,
  };
}

/** Roles given by hand. */
export function describeGrants(storage: Subject): void {
  describe('grants', () => {
    it('are found by platform and person, as they were given, oldest first, expired ones too', async () => {
      const one = grant({ grantedAt: AT + 2, expiresAt: 1 });
      const earlier = grant({ org: one.org, role: 'dlm', cohortId: 'c', grantedAt: AT });
      const tags = { businessUnit: 'Eau France' };
      const latest = grant({ org: one.org, role: 'executive', tags, grantedAt: AT + 3 });
      for (const each of [one, latest, earlier]) await storage().grants.insert(each);
      expect(await storage().grants.of(one.org, 'r', '7')).toEqual([earlier, one, latest]);
    });

    it('are not those of another person, platform or organisation', async () => {
      const one = grant();
      await storage().grants.insert(one);
      await storage().grants.insert(grant({ registrationId: 'other', org: one.org }));
      await storage().grants.insert(grant({ sub: '8', org: one.org }));
      await storage().grants.insert(grant());
      expect(await storage().grants.of(one.org, 'r', '7')).toEqual([one]);
      expect(await storage().grants.list(one.org)).toHaveLength(3);
      expect(await storage().grants.of(newOrg(), 'r', '7')).toEqual([]);
    });

    it('are taken back once, and by their own organisation only', async () => {
      const one = grant();
      await storage().grants.insert(one);
      expect(await storage().grants.revoke(newOrg(), one.id, 'somebody', AT)).toBe(false);
      const done = await twentyTimes(() => storage().grants.revoke(one.org, one.id, 'somebody', AT));
      expect(done.filter(Boolean)).toHaveLength(1);
      expect(await storage().grants.of(one.org, 'r', '7')).toEqual([]);
      expect(await storage().grants.list(one.org)).toEqual([]);
    });
  });
}
