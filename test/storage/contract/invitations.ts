import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Invitation } from '../../../src/storage/ports/index.ts';
import { newOrg, type Subject, twentyTimes } from './subject.ts';

const AT = Date.UTC(2026, 0, 5);

function invitation(given: Partial<Invitation> = {}): Invitation {
  return {
    hash: randomUUID(),
    org: newOrg(),
    createdAt: AT,
    expiresAt: AT + 1_000,
    firstDeployment: true,
    usedAt: null,
    usedBy: null,
    ...given,
  };
}

/** Codes by which platforms register themselves. */
export function describeInvitations(storage: Subject): void {
  describe('invitations', () => {
    it('are found by their hash, as they were inserted', async () => {
      const one = invitation({ firstDeployment: false });
      await storage().invitations.insert(one);
      expect(await storage().invitations.find(one.hash)).toEqual(one);
      expect(await storage().invitations.find('another')).toBeNull();
    });

    it('are used once, by one of many at the same time', async () => {
      const one = invitation();
      await storage().invitations.insert(one);
      const outcomes = await twentyTimes((turn) => storage().invitations.use(one.hash, `r${turn}`, AT));
      const won = outcomes.filter((outcome) => typeof outcome !== 'string');
      expect([won.length, outcomes.filter((outcome) => outcome === 'used').length]).toEqual([1, 19]);
      expect(await storage().invitations.find(one.hash)).toEqual(won[0]);
      expect(won[0]).toMatchObject({ ...one, usedAt: AT, usedBy: expect.stringMatching(/^r\d+$/) });
    });

    it('are no good when they have expired, or never were', async () => {
      const one = invitation();
      await storage().invitations.insert(one);
      expect(await storage().invitations.use(one.hash, 'r', one.expiresAt)).toBe('expired');
      expect(await storage().invitations.use('another', 'r', AT)).toBe('unknown');
      expect(await storage().invitations.find(one.hash)).toEqual(one);
    });
  });
}
