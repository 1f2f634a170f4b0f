import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { leavingOf } from '../../src/metrics/leaving.ts';
import { retentionOf } from '../../src/metrics/retention.ts';
import { sessionFiguresOf } from '../../src/metrics/session-figures.ts';
import { isFew } from '../../src/metrics/small-groups.ts';
import { type Audience, type ReportFigures, reportFigures } from '../../src/web/report-figures.ts';
import { at, cohortOf, enrolled, figuresOf, type Scene, told, unit, VERB } from '../support/scene.ts';

const definition = cohortOf({
  endsOn: '2026-01-25',
  graceDays: 0,
  dropout: { dropAfterDays: 10 },
  units: [
    { id: unit('a') },
    { id: unit('b') },
    {
      id: unit('s'),
      satisfiedBy: 'Attended',
      startsAt: new Date(at(4, 9)).toISOString(),
      endsAt: new Date(at(4, 10)).toISOString(),
    },
  ],
  completion: { require: { weight: 0.6 } },
});

/** What became of somebody: each of so many people, in groups small and large. */
const KINDS = ['completed', 'dropped', 'withdrawn', 'gone', 'never', 'unfinished', 'transferred'] as const;
const cohorts: fc.Arbitrary<Scene> = fc
  .record({
    sizes: fc.array(fc.nat({ max: 9 }), { minLength: KINDS.length, maxLength: KINDS.length }),
    attending: fc.nat({ max: 12 }),
    day: fc.integer({ min: 6, max: 40 }),
  })
  .map(({ sizes, attending, day }) => {
    const people = KINDS.flatMap((kind, index) =>
      Array.from({ length: sizes[index] ?? 0 }, (_, number) => ({ kind, who: `${kind}${number}`, number })),
    );
    const ended: readonly string[] = ['withdrawn', 'gone', 'transferred'];
    return {
      definition,
      asOf: at(day),
      enrolments: people.map(({ kind, who }) =>
        ended.includes(kind)
          ? enrolled(who, {
              endedAt: at(kind === 'withdrawn' ? 5 : kind === 'gone' ? 2 : 6),
              reason: kind === 'transferred' ? 'transferred' : 'withdrawn',
            })
          : enrolled(who),
      ),
      told: people.flatMap(({ kind, who, number }, index) => [
        ...(kind === 'never' || kind === 'gone' ? [] : [told(VERB.attempted, unit('a'), at(1), { by: who })]),
        ...(kind === 'completed'
          ? [
              told(VERB.completed, unit('a'), at(2), { by: who }),
              told(VERB.completed, unit('b'), at(3 + number), { by: who }),
            ]
          : []),
        ...(kind === 'unfinished' ? [told(VERB.completed, unit('a'), at(18), { by: who })] : []),
        ...(index < attending ? [told(VERB.joined, unit('s'), at(4, 9), { by: who })] : []),
      ]),
    };
  });

function reportOf(scene: Scene, audience: Audience): ReportFigures | null {
  const { progress, metrics } = figuresOf(scene);
  return reportFigures(
    {
      metrics,
      leaving: () => leavingOf(progress),
      sessions: () => sessionFiguresOf(progress),
      retention: (asked) => retentionOf(progress, asked, { cohortVersion: 1, knownAt: null }),
    },
    audience,
  );
}

describe('what a report tells people outside', () => {
  it('is never a number of one to four people, nor of those who remain', () => {
    fc.assert(
      fc.property(cohorts, (scene) => {
        const report = reportOf(scene, 'outside');
        const all = reportOf(scene, 'inside');
        expect(report === null).toBe(isFew(all?.enrolled ?? 0));
        if (report === null) return;
        const { enrolled } = report;
        const counts = [
          ...report.states.map(({ count }) => count),
          ...report.funnel.map(({ count }) => count),
          ...report.leaving.map(({ leavers }) => leavers),
          ...report.units.flatMap(({ reached, satisfied, leavers }) => [reached, satisfied, leavers]),
          ...report.sessions.flatMap(({ held, attended, excused, absent }) => [
            held,
            attended,
            excused,
            absent,
          ]),
          report.observed,
        ];
        for (const count of counts) if (count !== 'few') expect(isFew(count)).toBe(false);
        for (const rate of Object.values(report.rates))
          if (rate !== 'few') {
            expect(isFew(rate.numerator)).toBe(false);
            expect(isFew(rate.denominator)).toBe(false);
          }
        for (const { count } of report.funnel)
          if (count !== 'few') expect(isFew(enrolled - count)).toBe(false);
      }),
      { numRuns: 60 },
    );
  });

  it('is nothing that is not so: what is shown is what the team is shown', () => {
    fc.assert(
      fc.property(cohorts, (scene) => {
        const outside = reportOf(scene, 'outside');
        const inside = reportOf(scene, 'inside');
        if (outside === null || inside === null) return;
        for (const [name, rate] of Object.entries(outside.rates))
          if (rate !== 'few')
            expect(rate).toEqual(Object.entries(inside.rates).find(([each]) => each === name)?.[1]);
        for (const [index, { satisfied }] of outside.units.entries())
          if (satisfied !== 'few') expect(satisfied).toBe(inside.units[index]?.satisfied);
        for (const row of outside.retention.curve) expect(inside.retention.curve).toContainEqual(row);
      }),
      { numRuns: 60 },
    );
  });
});
