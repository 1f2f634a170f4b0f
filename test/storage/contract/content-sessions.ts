import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { ContentSession } from '../../../src/storage/ports/index.ts';
import { newOrg, type Subject, twentyTimes } from './subject.ts';

const AT = Date.UTC(2026, 0, 5);

function session(given: Partial<ContentSession> = {}): ContentSession {
  return {
    id: randomUUID(),
    org: newOrg(),
    cohortId: 'spoc',
    enrolmentId: randomUUID(),
    unit: 'https://units.example/1',
    actor: 'account|https://lms.example|4',
    fetchHash: randomUUID(),
    openedAt: AT,
    fetchExpiresAt: AT + 1_000,
    keyLifetime: 60_000,
    fetchedAt: null,
    key: null,
    endedAt: null,
    ...given,
  };
}

/** Openings of cmi5 content. */
export function describeContentSessions(storage: Subject): void {
  describe('sessions of content', () => {
    it('are found by episode and unit as they were inserted, oldest first, until they are over', async () => {
      const first = session();
      const { org, enrolmentId, unit } = first;
      const second = session({ org, enrolmentId, unit, openedAt: AT + 1 });
      for (const each of [second, first, session({ org, enrolmentId, unit: `${unit}0` }), session({ unit })])
        await storage().contentSessions.insert(each);
      expect(await storage().contentSessions.unended(org, enrolmentId, unit)).toEqual([first, second]);
      expect(await storage().contentSessions.end(first.id, AT + 5)).toEqual({ ...first, endedAt: AT + 5 });
      expect(await storage().contentSessions.unended(org, enrolmentId, unit)).toEqual([second]);
      expect(await storage().contentSessions.unended(newOrg(), enrolmentId, unit)).toEqual([]);
    });

    it('give their token up once, to one of many at the same time', async () => {
      const one = session();
      await storage().contentSessions.insert(one);
      const outcomes = await twentyTimes((turn) => storage().contentSessions.fetch(one.fetchHash, AT + turn));
      expect(outcomes.filter((outcome) => outcome === 'used')).toHaveLength(19);
      const [won] = outcomes.filter((outcome) => typeof outcome !== 'string');
      expect(won).toMatchObject({ ...one, fetchedAt: expect.any(Number) });
    });

    it('take no token that has expired, never was, or is of a session that is over', async () => {
      const [late, over] = [session(), session()];
      for (const each of [late, over]) await storage().contentSessions.insert(each);
      await storage().contentSessions.end(over.id, AT);
      expect(await storage().contentSessions.fetch(late.fetchHash, late.fetchExpiresAt)).toBe('expired');
      expect(await storage().contentSessions.fetch(over.fetchHash, AT)).toBe('expired');
      expect(await storage().contentSessions.fetch('another', AT)).toBe('unknown');
    });

    it('note their key unless they are over, and end once, by one of many', async () => {
      const one = session();
      await storage().contentSessions.insert(one);
      expect(await storage().contentSessions.setKey(one.id, 'ak_1')).toBe(true);
      const ends = await twentyTimes((turn) => storage().contentSessions.end(one.id, AT + turn));
      expect(ends.filter((each) => each !== null)).toMatchObject([
        { ...one, key: 'ak_1', endedAt: expect.any(Number) },
      ]);
      expect(await storage().contentSessions.setKey(one.id, 'ak_2')).toBe(false);
      expect(await storage().contentSessions.setKey(randomUUID(), 'ak_2')).toBe(false);
      expect(await storage().contentSessions.end(randomUUID(), AT)).toBeNull();
    });
  });
}
