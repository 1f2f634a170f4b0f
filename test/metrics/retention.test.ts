import { describe, expect, it } from 'vitest';
import type { Exit } from '../../src/metrics/exits.ts';
import { logLogInterval } from '../../src/metrics/interval.ts';
import { outcomesOf } from '../../src/metrics/outcomes.ts';
import { retentionOf, USUAL_RETENTION } from '../../src/metrics/retention.ts';
import { survivalAt, survivalCurve } from '../../src/metrics/survival.ts';
import { cohortProgress } from '../../src/progress/cohort-progress.ts';
import type { EnrolmentChange } from '../../src/storage/ports/cohort-store.ts';
import {
  at,
  cohortOf,
  enrolled,
  factsOf,
  identityOf,
  type Told,
  told,
  unit,
  VERB,
} from '../support/scene.ts';

const H = 20;
const exit = (day: number, event: Exit['event'] = 'dropout', entry = 0): Exit => ({
  entry,
  day,
  event,
  horizon: H,
});
const stay = (entry = 0) => exit(H, 'censored', entry);

describe('Kaplan-Meier of a small cohort, by hand', () => {
  // Ten people: two leave on day 3, one is transferred on day 5, one leaves that day, one enters on day 5 and leaves on
  // day 8 with another; one completes on day 6 and counts until the end; three stay.
  const ten = [
    exit(3),
    exit(3),
    exit(5, 'censored'),
    exit(5),
    exit(8, 'dropout', 5),
    exit(8),
    exit(6, 'completion'),
    stay(),
    stay(),
    stay(),
  ];
  it('follows who is at risk', () => {
    const curve = survivalCurve(ten);
    expect(curve.map(({ day, atRisk, events }) => [day, atRisk, events])).toEqual([
      [3, 9, 2],
      [5, 7, 1],
      [8, 6, 2],
    ]);
    const [first, second, third] = curve;
    expect(first?.survival).toBeCloseTo(7 / 9, 12);
    expect(second?.survival).toBeCloseTo((7 / 9) * (6 / 7), 12);
    expect(third?.survival).toBeCloseTo((7 / 9) * (6 / 7) * (4 / 6), 12);
    expect(curve.every(({ thin }) => thin)).toBe(true);
  });
  it('has the se of Greenwood and the log-log interval', () => {
    const third = survivalCurve(ten)[2];
    const greenwood = 2 / (9 * 7) + 1 / (7 * 6) + 2 / (6 * 4);
    const survival = 4 / 9;
    expect(third?.se).toBeCloseTo(survival * Math.sqrt(greenwood), 12);
    const reach = (1.959963984540054 * Math.sqrt(greenwood)) / Math.log(survival);
    expect(third?.lo).toBeCloseTo(survival ** Math.exp(-reach), 12);
    expect(third?.hi).toBeCloseTo(survival ** Math.exp(reach), 12);
  });
  it('is 1 before the first dropout, and keeps its last value', () => {
    const curve = survivalCurve(ten);
    expect([0, 2, 3, 7, 99].map((day) => survivalAt(curve, day).toFixed(4))).toEqual([
      '1.0000',
      '1.0000',
      '0.7778',
      '0.6667',
      '0.4444',
    ]);
  });
  it('once 0, stays 0, and then says neither se nor interval', () => {
    const curve = survivalCurve([exit(2), exit(9, 'dropout', 4), stay(4)]);
    expect(curve).toMatchObject([
      { day: 2, survival: 0, se: null, lo: null, hi: null },
      { day: 9, atRisk: 2, survival: 0, se: null, lo: null, hi: null },
    ]);
  });
  it('marks no row as thin from ten at risk on', () => {
    const nine = Array.from({ length: 9 }, () => stay());
    expect(survivalCurve([...nine, exit(4)])[0]?.thin).toBe(false);
    expect(survivalCurve([...nine.slice(1), exit(4)])[0]?.thin).toBe(true);
  });
});

describe('Aalen-Johansen of a small cohort, by hand', () => {
  it('lets completions leave the risk set', () => {
    const rows = outcomesOf([exit(2), exit(4, 'completion'), exit(4), exit(6, 'completion'), stay()]);
    const shares = rows.map((row) => [row.day, row.atRisk, row.dropped, row.completed, row.stillIn]);
    const expected = [
      [2, 5, 1 / 5, 0, 4 / 5],
      [4, 4, 2 / 5, 1 / 5, 2 / 5],
      [6, 2, 2 / 5, 2 / 5, 1 / 5],
    ];
    for (const [index, row] of expected.entries())
      for (const [column, value] of row.entries()) expect(shares[index]?.[column]).toBeCloseTo(value, 12);
  });
  it('has the binomial variance where nobody is censored, and no interval at 0 and 1', () => {
    const many = [
      ...Array.from({ length: 12 }, (_, index) => exit(1 + index)),
      ...Array.from({ length: 20 }, (_, index) => exit(2 + (index % 7), 'completion')),
      ...Array.from({ length: 8 }, () => stay()),
    ];
    const last = outcomesOf(many).at(-1);
    const binomial = (share: number) => logLogInterval(share, Math.sqrt((share * (1 - share)) / 40));
    for (const [name, share] of [
      ['dropped', 12 / 40] as const,
      ['completed', 0.5] as const,
      ['stillIn', 0.2] as const,
    ]) {
      expect(last?.[name]).toBeCloseTo(share, 12);
      expect(last?.ci95[name]?.[0]).toBeCloseTo(binomial(share)?.[0] ?? Number.NaN, 12);
      expect(last?.ci95[name]?.[1]).toBeCloseTo(binomial(share)?.[1] ?? Number.NaN, 12);
    }
    expect(outcomesOf([exit(2), stay()])[0]?.ci95.completed).toBeNull();
    expect(outcomesOf([exit(2)])[0]?.ci95).toEqual({ dropped: null, completed: null, stillIn: null });
  });
  it('has the variance of Greenwood where nothing competes', () => {
    const some = [exit(3), exit(3), exit(5, 'censored'), exit(5), exit(8, 'dropout', 5), stay(), stay(2)];
    const curve = survivalCurve(some);
    for (const [index, row] of outcomesOf(some).entries()) {
      const { lo, hi } = curve[index] ?? {};
      expect(row.stillIn).toBeCloseTo(curve[index]?.survival ?? Number.NaN, 12);
      expect(row.ci95.stillIn?.[0]).toBeCloseTo(lo ?? Number.NaN, 12);
      expect(row.ci95.stillIn?.[1]).toBeCloseTo(hi ?? Number.NaN, 12);
    }
  });
});

describe('the retention of a cohort', () => {
  const definition = cohortOf({ dropout: { dropAfterDays: null } });
  const who = (changes: readonly EnrolmentChange[], tellings: readonly Told[], today: number) =>
    cohortProgress(
      {
        definition,
        changes,
        identities: changes.map(({ learnerId }) => identityOf(learnerId)),
        facts: factsOf(definition, tellings),
      },
      at(today),
      null,
    );
  const act = (by: string, day: number) => told(VERB.attempted, unit('a'), at(day), { by });
  const changes = [
    enrolled('ana'),
    enrolled('bob', { endedAt: at(12), reason: 'withdrawn' }),
    enrolled('cid', { enrolledAt: at(4), endedAt: at(4, 20), reason: 'withdrawn' }),
    enrolled('dan', { enrolledAt: at(6), endedAt: at(6, 20), reason: 'transferred' }),
    enrolled('eve', { enrolledAt: at(10), endedAt: at(15), reason: 'withdrawn' }),
    enrolled('flo'),
  ];
  const tellings = [
    act('ana', 1),
    act('bob', 3),
    act('eve', 11),
    told(VERB.completed, unit('a'), at(9), { by: 'ana' }),
  ];
  const ask = (asked: Partial<typeof USUAL_RETENTION> = {}, today = 30) =>
    retentionOf(
      who(changes, tellings, today),
      { ...USUAL_RETENTION, ...asked },
      { cohortVersion: 3, knownAt: null },
    );

  it('observes those with an act from their first on, and reports beside who ended before they started', () => {
    expect(ask()).toMatchObject({
      clock: 'cohort',
      population: 'started',
      horizon: 30,
      knownThrough: 30,
      n: 3,
      withdrawnBeforeStart: 1,
      transferredBeforeStart: 1,
      curve: [
        { day: 12, atRisk: 3, events: 1 },
        { day: 15, atRisk: 2, events: 1 },
      ],
      outcomes: [
        { day: 9, atRisk: 2 },
        { day: 12, atRisk: 2 },
        { day: 15, atRisk: 1 },
      ],
    });
  });
  it('observes everyone from entry on in `enrolled`', () => {
    expect(ask({ population: 'enrolled' })).toMatchObject({
      n: 4,
      curve: [
        { day: 12, atRisk: 4 },
        { day: 15, atRisk: 3 },
      ],
    });
  });
  it('counts from their own entry by the learner’s clock, and prints the cohort’s horizon', () => {
    expect(ask({ clock: 'learner', population: 'enrolled' })).toMatchObject({
      horizon: 30,
      curve: [
        { day: 5, atRisk: 4 },
        { day: 12, atRisk: 3 },
      ],
    });
  });
  it('says on day 90 of day 30 what it says at the end, late entries and all', () => {
    const long = [...changes, enrolled('gus', { enrolledAt: at(20), endedAt: at(28), reason: 'withdrawn' })];
    long.push(
      enrolled('hal', { enrolledAt: at(100) }),
      enrolled('ida', { endedAt: at(120), reason: 'withdrawn' }),
    );
    const survival = (today: number) =>
      survivalAt(
        retentionOf(
          who(long, tellings, today),
          { clock: 'cohort', population: 'enrolled' },
          { cohortVersion: 1, knownAt: null },
        ).curve,
        30,
      );
    // On day 12 one of five leaves, on day 15 eve of four, on day 28 gus, who entered on day 20, of four.
    for (const today of [31, 90, 200]) expect(survival(today)).toBeCloseTo((4 / 5) * (3 / 4) * (3 / 4), 12);
  });
  it('does not ask whether completed without an act of their own when somebody started', () => {
    const graded = told(VERB.completed, unit('a'), at(9), { by: 'gil', instructor: 'prof' });
    const progress = who([enrolled('gil')], [graded], 30);
    expect(progress.learners[0]?.state).toBe('completed');
    const n = (population: 'started' | 'enrolled') =>
      retentionOf(progress, { clock: 'cohort', population }, { cohortVersion: 1, knownAt: null }).n;
    expect([n('started'), n('enrolled')]).toEqual([0, 1]);
  });
  it('is empty where nobody is, and before the start', () => {
    const none = retentionOf(who([], [], 30), USUAL_RETENTION, { cohortVersion: 1, knownAt: null });
    expect(none).toMatchObject({ n: 0, curve: [], outcomes: [] });
    expect(ask({}, -3)).toMatchObject({ horizon: 0, knownThrough: 0, curve: [], outcomes: [] });
  });
});
