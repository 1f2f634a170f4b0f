import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type {
  CourseServices,
  GradeLine,
  GradeSent,
  RosterRecord,
  RosterState,
} from '../../../src/storage/ports/index.ts';
import { newOrg, type Subject, twentyTimes } from './subject.ts';

const AT = Date.UTC(2026, 0, 5);

const course = (org: string, given: Partial<CourseServices> = {}): CourseServices => ({
  org,
  registrationId: 'r',
  deployment: '1',
  courseId: '42',
  membershipsUrl: 'https://lms.example/roster',
  lineItemsUrl: null,
  scopes: [],
  seenAt: AT,
  ...given,
});

/** What platforms' courses are like: services, people, rosters, grades; and leases of work by name. */
export function describeCourses(storage: Subject): void {
  describe('courses of platforms', () => {
    it('keep what launches told of their services, and lose nothing to one that tells less', async () => {
      const org = newOrg();
      await storage().courses.save(course(org));
      await storage().courses.save(
        course(org, {
          membershipsUrl: null,
          lineItemsUrl: 'https://lms.example/items',
          scopes: ['s'],
          seenAt: AT + 5,
        }),
      );
      await storage().courses.save(
        course(org, { membershipsUrl: 'https://lms.example/new', seenAt: AT + 1 }),
      );
      await storage().courses.save(course(org, { deployment: '2' }));
      expect(await storage().courses.list(org)).toEqual([
        course(org, {
          membershipsUrl: 'https://lms.example/new',
          lineItemsUrl: 'https://lms.example/items',
          scopes: ['s'],
          seenAt: AT + 5,
        }),
        course(org, { deployment: '2' }),
      ]);
      expect(await storage().courses.list(newOrg())).toEqual([]);
      expect(await storage().courses.list(null)).toEqual(
        expect.arrayContaining([course(org, { deployment: '2' })]),
      );
    });

    it('know their people by the platform’s ids, with the groups named last', async () => {
      const place = { org: newOrg(), registrationId: 'r', courseId: '42' };
      await storage().courses.saveUsers(place, [
        { sub: '7', learnerId: 'a', groups: ['g'] },
        { sub: '8', learnerId: 'b', groups: null },
      ]);
      await storage().courses.saveUsers(place, [{ sub: '7', learnerId: 'c', groups: null }]);
      expect(await storage().courses.users(place)).toEqual([
        { sub: '7', learnerId: 'c', groups: ['g'] },
        { sub: '8', learnerId: 'b', groups: null },
      ]);
      expect(await storage().courses.users({ ...place, courseId: '43' })).toEqual([]);
    });
  });

  describe('rosters', () => {
    it('keep their records, newest first, and the state and people after the last', async () => {
      const cohort = { org: newOrg(), cohortId: 'c' };
      const record = (at: number, fault: string | null = null): RosterRecord => ({
        ...cohort,
        at,
        members: 3,
        learners: 2,
        enrolled: 1,
        resumed: 0,
        ended: 0,
        excluded: 0,
        held: 0,
        fault,
      });
      const state: RosterState = { ...cohort, readPlaces: ['p'], held: null };
      const held = { learnerIds: ['a'], share: 0.5, since: AT };
      expect(await storage().rosters.state(cohort.org, 'c')).toBeNull();
      await storage().rosters.keep(record(AT), state, [{ learnerId: 'a', present: true }]);
      await storage().rosters.keep(record(AT, 'é'), { ...state, held }, [
        { learnerId: 'a', present: false },
        { learnerId: 'b', present: true },
      ]);
      expect(await storage().rosters.records(cohort.org, 'c', 1)).toEqual([record(AT, 'é')]);
      expect(await storage().rosters.records(cohort.org, 'c', 9)).toHaveLength(2);
      expect(await storage().rosters.state(cohort.org, 'c')).toEqual({ ...state, held });
      expect(await storage().rosters.known(cohort.org, 'c')).toEqual([
        { learnerId: 'a', present: false },
        { learnerId: 'b', present: true },
      ]);
      expect(await storage().rosters.known(newOrg(), 'c')).toEqual([]);
    });

    it('make many learners at once, each once', async () => {
      const org = newOrg();
      const people = ['1', '2', '1'].map((actor) => ({ actor, learnerId: randomUUID(), name: `n${actor}` }));
      const made = await storage().cohorts.learnersOf(org, people, AT);
      expect(made.map(({ name }) => name)).toEqual(['n1', 'n2', 'n1']);
      expect(made[2]?.id).toBe(made[0]?.id);
      const again = await storage().cohorts.learnersOf(org, [{ actor: '2', learnerId: 'x', name: null }], AT);
      expect(again).toEqual([made[1]]);
    });
  });

  describe('grades', () => {
    const line = (org: string, given: Partial<GradeLine> = {}): GradeLine => ({
      org,
      cohortId: 'c',
      key: 'k',
      registrationId: 'r',
      courseId: '42',
      unit: null,
      url: 'https://lms.example/items/4',
      attempts: 0,
      nextAttemptAt: null,
      lastError: null,
      gone: false,
      ...given,
    });
    const sent = (org: string, given: Partial<GradeSent> = {}): GradeSent => ({
      org,
      cohortId: 'c',
      line: 'k',
      sub: '7',
      value: '{"scoreGiven":1}',
      timestamp: AT,
      attempts: 0,
      nextAttemptAt: null,
      lastError: null,
      dead: false,
      ...given,
    });

    it('keep lines and what was acknowledged, the last word of each', async () => {
      const org = newOrg();
      await storage().grades.saveLine(line(org));
      await storage().grades.saveLine(line(org, { url: null, attempts: 2 }));
      await storage().grades.saveSent(sent(org));
      await storage().grades.saveSent(sent(org, { value: null, timestamp: AT + 1 }));
      expect(await storage().grades.lines(org, 'c')).toEqual([line(org, { url: null, attempts: 2 })]);
      expect(await storage().grades.sent(org, 'c')).toEqual([sent(org, { value: null, timestamp: AT + 1 })]);
      expect(await storage().grades.sent(newOrg(), 'c')).toEqual([]);
    });

    it('are tried again on request: what waits, what was refused, and lines that were gone', async () => {
      const org = newOrg();
      await storage().grades.saveLine(line(org, { key: 'gone', gone: true }));
      await storage().grades.saveLine(line(org, { key: 'waits', nextAttemptAt: AT }));
      await storage().grades.saveSent(sent(org, { sub: '1', dead: true, lastError: '400' }));
      await storage().grades.saveSent(sent(org, { sub: '2', nextAttemptAt: AT }));
      await storage().grades.saveSent(sent(org, { sub: '3' }));
      expect(await storage().grades.retry(org, 'c')).toBe(4);
      expect(await storage().grades.lines(org, 'c')).toEqual([
        line(org, { key: 'gone', url: null }),
        line(org, { key: 'waits' }),
      ]);
      expect(await storage().grades.sent(org, 'c')).toEqual([
        sent(org, { sub: '1', lastError: '400' }),
        sent(org, { sub: '2' }),
        sent(org, { sub: '3' }),
      ]);
      expect(await storage().grades.retry(org, 'c')).toBe(0);
    });
  });

  describe('leases by name', () => {
    it('are one holder’s at a time, and the next one’s when they end', async () => {
      const id = randomUUID();
      const taken = await twentyTimes((turn) => storage().leases.lease(id, `h${turn}`, AT, AT + 10));
      const [epoch] = taken.filter((each) => each !== null);
      expect(taken.filter((each) => each !== null)).toHaveLength(1);
      expect(await storage().leases.lease(id, 'late', AT + 10, AT + 20)).toBe((epoch ?? 0) + 1);
      await storage().leases.release(id, 'stranger');
      expect(await storage().leases.lease(id, 'next', AT + 11, AT + 20)).toBeNull();
      await storage().leases.release(id, 'late');
      expect(await storage().leases.lease(id, 'next', AT + 11, AT + 20)).not.toBeNull();
    });
  });
}
