import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { heatmapOf } from '../../src/metrics/heatmap.ts';
import { leavingOf } from '../../src/metrics/leaving.ts';
import { sessionFiguresOf } from '../../src/metrics/session-figures.ts';
import { cohorts, LEARNERS } from '../support/arbitraries.ts';
import { at, cohortOf, enrolled, figuresOf, identityOf, told, unit, VERB } from '../support/scene.ts';

const identities = LEARNERS.map((who) => identityOf(who));
const runs = { numRuns: 60 };
const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0);

const session = (name: string, day: number, change: object = {}) => ({
  id: unit(name),
  satisfiedBy: 'Attended' as const,
  startsAt: new Date(at(day, 9)).toISOString(),
  endsAt: new Date(at(day, 10)).toISOString(),
  ...change,
});

describe('the weekly heatmap', () => {
  const definition = cohortOf({ units: [{ id: unit('a') }, { id: unit('b') }] });
  const scene = {
    definition,
    enrolments: [enrolled('ana'), enrolled('bob')],
    told: [
      told(VERB.completed, unit('a'), at(0), { by: 'ana' }),
      told(VERB.completed, unit('a'), at(6, 23), { by: 'bob' }),
      told(VERB.completed, unit('b'), at(7, 0), { by: 'ana' }),
      told(VERB.attempted, unit('b'), at(15), { by: 'ana' }),
    ],
    asOf: at(20),
  };
  const heatmap = heatmapOf(figuresOf(scene).progress);

  it('counts by unit who satisfied it in a week, weeks being days 7k to 7k+6 of the cohort', () => {
    expect(heatmap.weeks.map(({ from }) => from)).toEqual(['2026-01-05', '2026-01-12', '2026-01-19']);
    expect(heatmap.units()).toEqual([
      { id: unit('a'), counts: [2, 0, 0] },
      { id: unit('b'), counts: [0, 1, 0] },
    ]);
  });

  it('counts by learner the acts of a week, in the order asked for', () => {
    expect(heatmap.learners(['bob-1', 'ana-1', 'nobody'])).toEqual([
      { id: 'bob-1', counts: [1, 0, 0] },
      { id: 'ana-1', counts: [1, 1, 1] },
      { id: 'nobody', counts: [0, 0, 0] },
    ]);
  });

  it('has no week before the first has begun', () => {
    expect(heatmapOf(figuresOf({ ...scene, asOf: at(-3) }).progress).weeks).toEqual([]);
  });

  it('always adds up to the acts of the weekly figures, and never to more than satisfied a unit', () => {
    fc.assert(
      fc.property(cohorts, (given) => {
        const { progress, metrics, learners } = figuresOf({ ...given, identities });
        const map = heatmapOf(progress);
        const lines = map.learners(learners.map(({ enrolment }) => enrolment.id));
        for (const { week, acts } of metrics.weekly)
          expect(sum(lines.map(({ counts }) => counts[week] ?? 0))).toBe(acts);
        for (const [index, { counts }] of map.units().entries())
          expect(sum(counts)).toBeLessThanOrEqual(metrics.units[index]?.satisfied ?? 0);
      }),
      runs,
    );
  });
});

describe('where people leave', () => {
  const definition = cohortOf({
    units: [{ id: unit('a') }, { id: unit('b') }, { id: unit('c'), required: false }],
    dropout: { dropAfterDays: 10 },
  });
  const { progress } = figuresOf({
    definition,
    enrolments: [
      ...['dan', 'dora'].map((who) => enrolled(who)),
      enrolled('wes', { endedAt: at(4), reason: 'withdrawn' }),
      enrolled('act'),
    ],
    told: [
      told(VERB.completed, unit('a'), at(1), { by: 'dan' }),
      told(VERB.attempted, unit('b'), at(2), { by: 'dan' }),
      told(VERB.completed, unit('a'), at(1), { by: 'dora' }),
      told(VERB.attempted, unit('a'), at(3), { by: 'wes' }),
      told(VERB.attempted, unit('a'), at(29), { by: 'act' }),
    ],
    asOf: at(30),
  });

  it('is told by the first required step not done, with who had reached it', () => {
    expect(leavingOf(progress)).toEqual([
      { unit: unit('a'), leavers: 1, dropped: 0, withdrawn: 1, reached: 1 },
      { unit: unit('b'), leavers: 2, dropped: 2, withdrawn: 0, reached: 1 },
    ]);
  });

  it('always adds up to all who dropped out or were withdrawn, and agrees with the leavers of units', () => {
    fc.assert(
      fc.property(cohorts, (given) => {
        const figures = figuresOf({ ...given, identities });
        const leaving = leavingOf(figures.progress);
        const { counts, units } = figures.metrics;
        expect(sum(leaving.map(({ leavers }) => leavers))).toBe(counts.dropped + counts.withdrawn);
        expect(sum(leaving.map(({ dropped }) => dropped))).toBe(counts.dropped);
        for (const { unit: id, leavers, reached } of leaving) {
          expect(reached).toBeLessThanOrEqual(leavers);
          if (id !== null) expect(units.find((each) => each.id === id)?.leavers).toBe(leavers);
        }
        const told = new Set(leaving.map((each) => each.unit));
        for (const { id, leavers } of units) expect(leavers === 0 || told.has(id)).toBe(true);
      }),
      runs,
    );
  });
});

describe('attendance by session', () => {
  it('tells required and optional sessions, those to come and cancelled ones, in the order of time', () => {
    const definition = cohortOf({
      units: [
        { id: unit('a') },
        session('later', 40),
        session('second', 5, { required: false }),
        session('first', 2),
        session('off', 3, { cancelled: true }),
      ],
    });
    const joined = (who: string, name: string, day: number) => [
      told(VERB.joined, unit(name), at(day, 9), { by: who }),
      told(VERB.left, unit(name), at(day, 10), { by: who }),
    ];
    const { progress } = figuresOf({
      definition,
      enrolments: [enrolled('ana'), enrolled('bob'), enrolled('cy', { enrolledAt: at(4) })],
      told: [...joined('ana', 'first', 2), ...joined('bob', 'second', 5), ...joined('cy', 'second', 5)],
      asOf: at(20),
    });
    const sessions = sessionFiguresOf(progress);
    expect(sessions.map(({ id }) => id)).toEqual(['first', 'off', 'second', 'later'].map(unit));
    expect(
      sessions.map(({ standing, required, held, attended, absent }) => [
        standing,
        required,
        held,
        attended,
        absent,
      ]),
    ).toEqual([
      ['held', true, 2, 1, 1],
      ['cancelled', true, 0, 0, 0],
      ['held', false, 3, 2, 1],
      ['upcoming', true, 0, 0, 0],
    ]);
    expect(sessions[0]?.gross).toEqual({ numerator: 1, denominator: 2, value: 0.5, ci95: null });
    expect(sessions[0]).toMatchObject({ presentMinutes: 60, slotMinutes: 120 });
  });

  it('always adds up, over the required sessions, to the cohort’s attendance', () => {
    fc.assert(
      fc.property(cohorts, (given) => {
        const { progress, metrics } = figuresOf({ ...given, identities });
        const sessions = sessionFiguresOf(progress).filter(({ required }) => required);
        const total = metrics.attendance;
        for (const name of ['held', 'attended', 'excused'] as const)
          expect(sum(sessions.map((each) => each[name]))).toBe(total?.[name] ?? 0);
        expect(sum(sessions.map(({ presentMinutes }) => presentMinutes))).toBeCloseTo(
          total?.presentMinutes ?? 0,
          6,
        );
        for (const { held, attended, excused, absent } of sessions)
          expect(attended + excused + absent).toBe(held);
      }),
      runs,
    );
  });
});
