import { describe, expect, it } from 'vitest';
import type { EnrolmentChange } from '../../src/storage/ports/cohort-store.ts';
import { at, cohortOf, enrolled, figuresOf, type Told, told, unit, VERB } from '../support/scene.ts';

const act = (by: string, day: number, id = unit('a')) => told(VERB.attempted, id, at(day), { by });
const done = (by: string, name: string, day: number) => told(VERB.completed, unit(name), at(day), { by });
const people = (...names: string[]): EnrolmentChange[] => names.map((name) => enrolled(name));

/**
 * Twelve people, closed on day 20, dropped after 10 silent days: cleo, cyr and cora complete on days 2, 4 and 9; dan drops;
 * wes withdraws after starting, will before; tom is transferred; noe and nil never start; uma does not finish.
 */
const definition = cohortOf({
  endsOn: '2026-01-25',
  graceDays: 0,
  dropout: { dropAfterDays: 10 },
  units: [
    { id: unit('a'), plannedMinutes: 30 },
    { id: unit('b'), plannedMinutes: 90 },
  ],
  cost: { fixed: 1_000, perLearner: 50, currency: 'EUR' },
});
const enrolments = [
  ...people('cleo', 'cyr', 'cora', 'dan', 'noe', 'nil', 'uma'),
  enrolled('wes', { endedAt: at(6), reason: 'withdrawn' }),
  enrolled('will', { endedAt: at(0, 20), reason: 'withdrawn' }),
  enrolled('tom', { endedAt: at(8), reason: 'transferred' }),
  enrolled('ex', { endedAt: at(9), reason: 'excluded' }),
];
const tellings: readonly Told[] = [
  ...['cleo', 'cyr', 'cora'].flatMap((who, index) => {
    const day = [2, 4, 9][index] ?? 0;
    return [done(who, 'a', 1), done(who, 'b', day)];
  }),
  done('dan', 'a', 1),
  act('wes', 3),
  act('tom', 3, unit('b')),
  act('uma', 15),
  act('ex', 1),
];
const scene = { definition, enrolments, told: tellings, asOf: at(60) };
const { metrics } = figuresOf(scene);

describe('counts and rates of a closed cohort', () => {
  it('everybody is in exactly one state', () => {
    expect(metrics.counts).toEqual({
      enrolled: 10,
      started: 7,
      completed: 3,
      transferred: 1,
      withdrawn: 2,
      withdrawnBeforeStart: 1,
      noShow: 2,
      notStarted: 0,
      dropped: 1,
      unfinished: 1,
      inactive: 0,
      active: 0,
      atRisk: 0,
    });
    expect(metrics.final).toBe(true);
    expect(figuresOf({ ...scene, asOf: at(20, 23) }).metrics.final).toBe(false);
  });
  it('each rate has its numerator and denominator', () => {
    const pairs = Object.entries(metrics.rates).map(([name, { numerator, denominator }]) => [
      name,
      `${numerator}/${denominator}`,
    ]);
    expect(Object.fromEntries(pairs)).toEqual({
      startRate: '7/10',
      completionOfEnrolled: '3/10',
      completionOfStarted: '3/7',
      dropoutOfEnrolled: '3/10',
      dropoutOfStarted: '2/7',
      neverStarted: '2/10',
      attendanceGross: '0/0',
      attendanceNet: '0/0',
    });
  });
  it('nobody enrolled: every rate is null, never 0 % or NaN', () => {
    const empty = figuresOf({ definition, enrolments: [], asOf: at(60) }).metrics;
    for (const { value, ci95 } of Object.values(empty.rates)) expect([value, ci95]).toEqual([null, null]);
    expect(empty.progress).toEqual({ mean: null, median: null, histogram: new Array(11).fill(0) });
    expect(empty.timeToComplete).toEqual({ n: 0, medianDays: null, p25Days: null, p75Days: null });
    expect(empty.cost).toEqual({ currency: 'EUR', total: 1_000, perEnrolled: null, perCompleter: null });
  });
  it('who is completed without an act has started', () => {
    const waived = ['a', 'b'].map((name) => told(VERB.waived, unit(name), at(2), { standings: true }));
    const { counts } = figuresOf({ definition, told: waived, asOf: at(9) }).metrics;
    expect(counts).toMatchObject({ enrolled: 1, started: 1, completed: 1, notStarted: 0 });
  });
});

describe('progress, pace, cost', () => {
  it('progress is the share of required weight; ended ones count too', () => {
    // Three at 1, dan at 1/2, six at 0.
    expect(metrics.progress.mean).toBeCloseTo(0.35, 12);
    expect(metrics.progress.median).toBe(0);
    expect(metrics.progress.histogram).toEqual([6, 0, 0, 0, 0, 1, 0, 0, 0, 0, 3]);
  });
  it('shares are compared with a tolerance, and only all of it is in the last bar', () => {
    /** Of so many units of this weight, `done` are. */
    const figures = (count: number, weight: number, satisfied: number) =>
      figuresOf({
        definition: cohortOf({
          units: Array.from({ length: count }, (_, index) => ({ id: unit(`${index}`), weight })),
        }),
        told: Array.from({ length: satisfied }, (_, index) => done('ana', `${index}`, 1)),
        asOf: at(2),
      }).metrics;
    // Three of four times 0.7 is 0.7499999999999999, one of five times 0.3 is 0.19999999999999998.
    expect(figures(4, 0.7, 3).funnel.find(({ step }) => step === 'p75')?.count).toBe(1);
    expect(figures(5, 0.3, 1).progress.histogram.indexOf(1)).toBe(2);
    expect(figures(1_000, 0.1, 999).progress.histogram.indexOf(1)).toBe(9);
    expect(figures(10, 0.1, 10).progress.histogram.indexOf(1)).toBe(10);
  });
  it('time to complete is counted from entry, in days', () => {
    expect(metrics.timeToComplete).toEqual({ n: 3, medianDays: 4, p25Days: 3, p75Days: 6.5 });
    const late = [enrolled('cleo', { enrolledAt: at(1, 23) })];
    expect(figuresOf({ ...scene, enrolments: late }).metrics.timeToComplete.medianDays).toBe(1);
  });
  it('the funnel counts who reached each share', () => {
    expect(metrics.funnel.map(({ step, count }) => [step, count])).toEqual([
      ['enrolled', 10],
      ['started', 7],
      ['p25', 4],
      ['p50', 4],
      ['p75', 3],
      ['completed', 3],
    ]);
  });
  it('units: reached, satisfied, the median of days, and whom they lost', () => {
    expect(metrics.units).toEqual([
      { id: unit('a'), reached: 6, satisfied: 4, medianDays: 1, leavers: 2 },
      { id: unit('b'), reached: 4, satisfied: 3, medianDays: 4, leavers: 1 },
    ]);
  });
  it('a unit is reached by an act below it, not by a visit; a waived one is satisfied', () => {
    const below = told(VERB.attempted, 'x:question', at(2), { parents: [unit('a')] });
    const visit = told(VERB.launched, unit('b'), at(2));
    const waived = told(VERB.waived, unit('b'), at(5), { standings: true });
    const { units } = figuresOf({ definition, told: [below, visit, waived], asOf: at(9) }).metrics;
    expect(units).toEqual([
      { id: unit('a'), reached: 1, satisfied: 0, medianDays: null, leavers: 0 },
      { id: unit('b'), reached: 0, satisfied: 1, medianDays: 5, leavers: 0 },
    ]);
  });
  it('cost per completer is the total over the completed', () => {
    expect(metrics.cost).toEqual({ currency: 'EUR', total: 1_500, perEnrolled: 150, perCompleter: 500 });
    expect(figuresOf({ ...scene, definition: cohortOf() }).metrics.cost).toBeNull();
  });
  it('realisation is per cent of planned minutes of required units, half up', () => {
    const realisation = (planned: readonly number[]) => {
      const units = planned.map((plannedMinutes, index) => ({ id: unit(`${index}`), plannedMinutes }));
      const optional = { id: unit('optional'), plannedMinutes: 1_000, required: false };
      return figuresOf({
        definition: cohortOf({ units: [...units, optional] }),
        told: [done('ana', '0', 1), done('ana', 'optional', 1)],
        asOf: at(2),
      }).rows[0]?.realisation;
    };
    expect(
      [
        [1, 199],
        [29, 171],
        [57, 143],
        [1, 200],
        [3, 1],
        [30, 90],
      ].map(realisation),
    ).toEqual([1, 15, 29, 0, 75, 25]);
    expect(realisation([0, 0])).toBeNull();
  });
});

describe('weekly', () => {
  it('week k is days 7k..7k+6: acts, active learners, drops, at risk on its first day, hazard', () => {
    expect(metrics.weekly).toEqual([
      { week: 0, from: '2026-01-05', acts: 8, activeLearners: 6, drops: 2, atRisk: 0, hazard: null },
      { week: 1, from: '2026-01-12', acts: 1, activeLearners: 1, drops: 0, atRisk: 2, hazard: 0 },
      { week: 2, from: '2026-01-19', acts: 1, activeLearners: 1, drops: 0, atRisk: 0, hazard: null },
    ]);
  });
  it('acts before day 0 belong to no week; nothing is shown before the start', () => {
    const early = [enrolled('ana', { enrolledAt: at(-9) })];
    const weekly = (asOf: number) =>
      figuresOf({ enrolments: early, told: [act('ana', -2)], asOf }).metrics.weekly;
    expect(weekly(at(-1))).toEqual([]);
    expect(weekly(at(0))).toMatchObject([{ week: 0, acts: 0, activeLearners: 0 }]);
  });
});

describe('the JSON', () => {
  it('says what it is of, in the words of metrics.md', () => {
    const asked = figuresOf({ ...scene, knownAt: at(59) }).metrics;
    expect(asked).toMatchObject({
      cohortId: 'c',
      definitionVersion: 1,
      cohortVersion: 1,
      asOf: '2026-03-06T12:00:00.000Z',
      knownAt: '2026-03-05T12:00:00.000Z',
    });
    expect(Object.keys(asked)).toEqual(
      [
        'cohortId',
        'definitionVersion',
        'cohortVersion',
        'asOf',
        'knownAt',
        'final',
        'counts',
        'rates',
      ].concat(['progress', 'timeToComplete', 'funnel', 'units', 'weekly', 'attendance', 'cost']),
    );
  });
  it('rows have the fields of GET …/learners, visits in lastSeenAt only', () => {
    const visit = told(VERB.launched, unit('a'), at(9), { by: 'dan' });
    const { rows } = figuresOf({
      definition,
      enrolments: people('dan'),
      told: [...tellings, visit],
      asOf: at(10),
    });
    expect(rows).toEqual([
      {
        enrolmentId: 'dan-1',
        actor: expect.anything(),
        name: 'dan',
        enrolledAt: '2026-01-05T00:00:00.000Z',
        endedAt: null,
        state: 'active',
        since: '2026-01-06T12:00:00.000Z',
        alerts: ['inactivity'],
        progress: 0.5,
        realisation: 25,
        firstActAt: '2026-01-06T12:00:00.000Z',
        lastActAt: '2026-01-06T12:00:00.000Z',
        lastSeenAt: '2026-01-14T12:00:00.000Z',
        completedAt: null,
        units: [
          { id: unit('a'), satisfiedAt: '2026-01-06T12:00:00.000Z', waived: false },
          { id: unit('b'), satisfiedAt: null, waived: false },
        ],
        sessions: [],
      },
    ]);
  });
});
