import { describe, expect, it } from 'vitest';
import type { CohortDefinitionInput } from '../../config/cohort-definition.ts';
import type { State } from '../../src/metrics/types.ts';
import {
  at,
  cohortOf,
  enrolled,
  figuresOf,
  learnerOf,
  type Scene,
  told,
  unit,
  VERB,
} from '../support/scene.ts';

const A = unit('a');
const act = (day: number, hour = 12) => told(VERB.attempted, A, at(day, hour));
const done = (day: number) => told(VERB.completed, A, at(day));
const leaving = (day: number, reason: 'withdrawn' | 'removed' | 'transferred') => [
  enrolled('ana', { endedAt: at(day), reason }),
];
const dropout = { warnAfterDays: 3, alertAfterDays: 5, dropAfterDays: 10, startWithinDays: 2 };
const open = cohortOf({ dropout });
/** Closes at the end of day 24. */
const closing = cohortOf({ dropout, endsOn: '2026-01-27', graceDays: 2 });
const state = (scene: Scene): State => learnerOf(scene).state;

describe('the partition: the first rule that holds', () => {
  it('1 completed, whatever else is true', () => {
    expect(
      state({ definition: closing, told: [done(2)], enrolments: leaving(5, 'withdrawn'), asOf: at(60) }),
    ).toBe('completed');
    expect(state({ definition: closing, told: [done(2)], asOf: at(60) })).toBe('completed');
  });
  it('2 transferred, 3 withdrawn or removed, however silent or closed', () => {
    const ended = (reason: 'withdrawn' | 'removed' | 'transferred') =>
      state({ definition: closing, told: [act(1)], enrolments: leaving(20, reason), asOf: at(60) });
    expect([ended('transferred'), ended('withdrawn'), ended('removed')]).toEqual([
      'transferred',
      'withdrawn',
      'withdrawn',
    ]);
  });
  it('withdrawnBeforeStart are the withdrawn who ended by the day of entry', () => {
    const counted = (
      enrolledAt: number,
      endedAt: number,
      reason: 'withdrawn' | 'transferred' = 'withdrawn',
    ) =>
      figuresOf({ enrolments: [enrolled('ana', { enrolledAt, endedAt, reason })], asOf: at(30) }).metrics
        .counts.withdrawnBeforeStart;
    expect(counted(at(-9), at(-3))).toBe(1);
    expect(counted(at(-9), at(0, 23))).toBe(1);
    expect(counted(at(4, 8), at(4, 20))).toBe(1);
    expect(counted(at(4, 8), at(5, 0))).toBe(0);
    expect(counted(at(-9), at(-3), 'transferred')).toBe(0);
  });
  it('4 without an act: notStarted, noShow once closed; a visit and a grade are no acts', () => {
    const visits = [told(VERB.launched, A, at(3)), told(VERB.scored, A, at(4), { instructor: 'prof' })];
    expect(state({ definition: closing, told: visits, asOf: at(24, 23) })).toBe('notStarted');
    expect(state({ definition: closing, told: visits, asOf: at(25, 0) })).toBe('noShow');
  });
  it('5 dropped once the silence is long enough, today counted whole', () => {
    expect(state({ definition: open, told: [act(2, 23)], asOf: at(12, 0) - 1 })).toBe('inactive');
    expect(state({ definition: open, told: [act(2, 23)], asOf: at(12, 0) })).toBe('dropped');
  });
  it('and not dropped any more with a new act', () => {
    expect(state({ definition: open, told: [act(2), act(40)], asOf: at(41) })).toBe('active');
  });
  it('never by inactivity with dropAfterDays null', () => {
    const never = cohortOf({ dropout: { ...dropout, dropAfterDays: null } });
    expect(state({ definition: never, told: [act(2)], asOf: at(400) })).toBe('inactive');
  });
  it('6 unfinished when closed and not silent for long; silence ends with the closing day', () => {
    expect(state({ definition: closing, told: [act(15)], asOf: at(60) })).toBe('unfinished');
    expect(state({ definition: closing, told: [act(14)], asOf: at(60) })).toBe('dropped');
  });
  it('7 inactive, 8 active', () => {
    expect(state({ definition: open, told: [act(2)], asOf: at(7) })).toBe('inactive');
    expect(state({ definition: open, told: [act(2)], asOf: at(6, 23) })).toBe('active');
  });
});

describe('silence', () => {
  const silentFor = (
    change: Partial<CohortDefinitionInput>,
    enrolment: object,
    day: number,
    ...acts: number[]
  ) =>
    state({
      definition: cohortOf({ dropout, ...change }),
      enrolments: [enrolled('ana', enrolment)],
      told: acts.map((each) => act(each)),
      asOf: at(day),
    });
  it('does not count the days of a break', () => {
    const breaks = [{ from: '2026-01-08', to: '2026-01-14' }]; // days 3 to 9
    expect(silentFor({ breaks }, {}, 18, 2)).toBe('inactive');
    expect(silentFor({ breaks }, {}, 19, 2)).toBe('dropped');
    expect(silentFor({ breaks: [...breaks, ...breaks] }, {}, 18, 2)).toBe('inactive');
  });
  it('does not count the days of a suspension, which pauses the same episode', () => {
    const suspensions = [[at(3, 8), at(8, 18)]] as const;
    expect(silentFor({}, { suspensions }, 17, 2)).toBe('inactive');
    expect(silentFor({}, { suspensions }, 18, 2)).toBe('dropped');
  });
  it('a suspension that ends at midnight ends with the day before', () => {
    const suspensions = [[at(3, 0), at(8, 0)]] as const; // days 3 to 7
    expect(silentFor({}, { suspensions }, 16, 2)).toBe('inactive');
    expect(silentFor({}, { suspensions }, 17, 2)).toBe('dropped');
  });
  it('a suspension that lasts pauses until now; one that has not begun pauses nothing', () => {
    expect(silentFor({}, { suspensions: [[at(3), null]] }, 300, 2)).toBe('active');
    expect(silentFor({}, { suspensions: [[at(13), null]] }, 12, 2)).toBe('dropped');
  });
  it('begins at entry for acts before it', () => {
    expect(silentFor({}, { enrolledAt: at(6) }, 15, 1)).toBe('inactive');
    expect(silentFor({}, { enrolledAt: at(6) }, 16, 1)).toBe('dropped');
  });
  it('counts local days: across a change of clocks too', () => {
    const paris = cohortOf({ timezone: 'Europe/Paris', startsOn: '2026-03-23', dropout });
    const scene = {
      definition: paris,
      enrolments: [enrolled('ana', { enrolledAt: Date.parse('2026-03-23T00:00+01:00') })],
      told: [told(VERB.attempted, A, Date.parse('2026-03-28T23:30+01:00'))],
    };
    expect(state({ ...scene, asOf: Date.parse('2026-04-06T23:59+02:00') })).toBe('inactive');
    expect(state({ ...scene, asOf: Date.parse('2026-04-07T00:00+02:00') })).toBe('dropped');
  });
});

describe('since: when the present state began', () => {
  const since = (scene: Scene): number => learnerOf(scene).since;
  it('completed, withdrawn and not started at their own instants', () => {
    expect(since({ told: [done(3)], asOf: at(9) })).toBe(at(3));
    expect(since({ enrolments: leaving(5, 'withdrawn'), asOf: at(9) })).toBe(at(5));
    expect(since({ asOf: at(9) })).toBe(at(0, 0));
  });
  it('dropped and inactive at the midnight of the day when the silence was long enough', () => {
    expect(since({ definition: open, told: [act(2)], asOf: at(40) })).toBe(at(12, 0));
    expect(since({ definition: open, told: [act(2)], asOf: at(9) })).toBe(at(7, 0));
  });
  it('unfinished and noShow after the closing day', () => {
    expect(since({ definition: closing, told: [act(20)], asOf: at(60) })).toBe(at(25, 0));
    expect(since({ definition: closing, asOf: at(60) })).toBe(at(25, 0));
  });
  it('active at the first act, or the one that ended a long silence, on its very day too', () => {
    expect(since({ definition: open, told: [act(2), act(5)], asOf: at(6) })).toBe(at(2));
    expect(since({ definition: open, told: [act(2), act(6), act(7)], asOf: at(8) })).toBe(at(2));
    expect(since({ definition: open, told: [act(2), act(7), act(8)], asOf: at(8) })).toBe(at(7));
  });
  it('is the instant at which an LMS took a completion back, if the state could not begin before', () => {
    const moodle = '\\core\\event\\course_module_completion_updated';
    const earlier = [act(1), told(VERB.completed, A, at(2), { moodle })];
    const back = told(VERB.uncompleted, A, at(20), { moodle });
    expect(since({ definition: open, told: [...earlier, back], asOf: at(22) })).toBe(at(20));
    expect(state({ definition: open, told: [...earlier, back], asOf: at(22) })).toBe('dropped');
  });
  it('active all along when an act comes with the first instant of the day that would have been too much', () => {
    expect(since({ definition: open, told: [act(2), act(7, 0)], asOf: at(8) })).toBe(at(2));
  });
  it('is no earlier than the enrolment, which before does not exist (metrics.md "enrolment")', () => {
    const enrolments = [enrolled('ana', { enrolledAt: at(5) })];
    expect(since({ enrolments, told: [act(2)], asOf: at(6) })).toBe(at(5));
    expect(since({ enrolments, told: [done(3)], asOf: at(9) })).toBe(at(5));
    expect(learnerOf({ enrolments, told: [done(3)], asOf: at(9) }).completedAt).toBe(at(3));
  });
});

describe('alerts', () => {
  const alerts = (scene: Scene) => learnerOf(scene).alerts;
  it('inactivity when silent for warnAfterDays', () => {
    expect(alerts({ definition: open, told: [act(2)], asOf: at(4, 23) })).toEqual([]);
    expect(alerts({ definition: open, told: [act(2)], asOf: at(5, 0) })).toEqual(['inactivity']);
  });
  it('notStartedYet without an act more than startWithinDays after entry', () => {
    expect(alerts({ definition: open, asOf: at(2, 23) })).toEqual([]);
    expect(alerts({ definition: open, asOf: at(3, 0) })).toEqual(['notStartedYet']);
    expect(
      alerts({ definition: open, enrolments: [enrolled('ana', { enrolledAt: at(4) })], asOf: at(6) }),
    ).toEqual([]);
  });
  it('overdueUnit when required, unsatisfied, past its due day, and due on or after entry', () => {
    const due = (change: object = {}) =>
      cohortOf({ dropout, units: [{ id: A, dueOn: '2026-01-10', ...change }, { id: unit('b') }] });
    expect(alerts({ definition: due(), told: [act(5)], asOf: at(5, 23) })).toEqual([]);
    expect(alerts({ definition: due(), told: [act(5)], asOf: at(6, 0) })).toEqual(['overdueUnit']);
    expect(alerts({ definition: due({ required: false }), told: [act(5)], asOf: at(6) })).toEqual([]);
    const late = (enrolledAt: number) => [enrolled('ana', { enrolledAt })];
    expect(alerts({ definition: due(), enrolments: late(at(5)), told: [act(5)], asOf: at(6) })).toEqual([
      'overdueUnit',
    ]);
    expect(alerts({ definition: due(), enrolments: late(at(6, 0)), told: [act(6)], asOf: at(6) })).toEqual(
      [],
    );
  });
  it('are for the active, the inactive and those who have not started only', () => {
    expect(alerts({ definition: open, told: [act(2)], asOf: at(8) })).toEqual(['inactivity']);
    expect(alerts({ definition: open, told: [act(2)], asOf: at(12) })).toEqual([]);
    expect(
      alerts({ definition: open, told: [act(1)], enrolments: leaving(3, 'withdrawn'), asOf: at(8) }),
    ).toEqual([]);
    expect(alerts({ definition: closing, asOf: at(60) })).toEqual([]);
  });
});
