import fc from 'fast-check';
import { type CohortDefinition, cohortDefinitionSchema } from '../../config/cohort-definition.ts';
import { maybe } from '../support/arbitraries.ts';
import { COURSE, SITE, unit } from '../support/scene.ts';
import type { Kept } from './cohort.ts';
import { type LocalDays, localDays } from './local-days.ts';
import { episodesOf, identitiesOf, LEARNERS, linksOf } from './scene-people.ts';
import { enrolmentTellings, tellingsOf } from './scene-tellings.ts';

const HOUR = 3_600_000;
/** Zones, and a first day some days before something odd happens to their clocks. */
const WORLDS: readonly (readonly [string, string])[] = [
  ['Europe/Paris', '2026-03-23'],
  ['Europe/Paris', '2026-10-19'],
  ['America/Sao_Paulo', '2018-10-29'],
  ['America/Sao_Paulo', '2018-02-12'],
  ['Pacific/Apia', '2011-12-26'],
  ['Pacific/Apia', '2012-03-26'],
  ['Africa/Cairo', '2026-04-20'],
  ['America/Havana', '2026-03-02'],
  ['Australia/Lord_Howe', '2026-03-30'],
  ['Asia/Kathmandu', '2026-01-05'],
  ['Pacific/Kiritimati', '2026-02-23'],
  ['Etc/GMT+12', '2026-12-21'],
  ['UTC', '2028-02-21'],
];
/** Hours of a day at which something happens; both ends of it too, to the minute and to the millisecond. */
const MOMENTS = [
  -60_000,
  -1,
  0,
  1,
  60_000,
  4 * HOUR,
  8 * HOUR,
  9 * HOUR,
  10 * HOUR,
  11.5 * HOUR,
  12 * HOUR,
  20 * HOUR,
  23 * HOUR,
];

const UNITS = ['u0', 'u1', 'u2', 'u3', 'u4'];
const SATISFIED_BY = [
  'Completed',
  'Passed',
  'CompletedAndPassed',
  'CompletedOrPassed',
  'NotApplicable',
  'Attended',
  'Attended',
] as const;

/** A cohort, all that is kept of it, and what is asked. */
export interface NaiveScene extends Kept {
  readonly asOf: number;
  readonly knownAt: number | null;
}

/** Generated cohorts in odd zones, where much happens at the ends of days. */
export const scenes: fc.Arbitrary<NaiveScene> = fc.constantFrom(...WORLDS).chain(([timezone, startsOn]) => {
  const days = localDays(timezone, startsOn);
  const midnights = new Map<number, number>();
  const midnight = (day: number): number => {
    const known = midnights.get(day) ?? days.midnight(day);
    midnights.set(day, known);
    return known;
  };
  const instants = (min: number, max: number): fc.Arbitrary<number> =>
    fc
      .tuple(fc.noBias(fc.integer({ min, max })), fc.constantFrom(...MOMENTS))
      .map(([day, moment]) => midnight(day) + moment);
  return definitionsOf(timezone, startsOn, days, midnight).chain((definition) =>
    fc.record({
      definition: fc.constant(definition),
      changes: fc
        .subarray(LEARNERS, { minLength: 1 })
        .chain((names) => fc.tuple(...names.map((name) => episodesOf(name, instants))))
        .map((lists) => lists.flat()),
      identities: fc
        .tuple(...LEARNERS.map((name) => identitiesOf(name, instants)))
        .map((lists) => lists.flat()),
      links: fc
        .array(linksOf(instants), { maxLength: 3 })
        .map((links) => links.map((link, index) => ({ ...link, recordedAt: link.recordedAt + 7 * index }))),
      rules: maybe(3, fc.record({ on: fc.boolean(), recordedAt: instants(-3, 20) })).map((rule) =>
        rule === undefined ? [] : [{ org: 'o', rule: 'email' as const, recordedBy: 'test', ...rule }],
      ),
      told: fc
        .tuple(tellingsOf(definition, instants), fc.array(enrolmentTellings(instants), { maxLength: 4 }))
        .map((lists) => lists.flat()),
      asOf: instants(-3, 45),
      knownAt: maybe(3, instants(-2, 45)).map((instant) => instant ?? null),
    }),
  );
});

function definitionsOf(
  timezone: string,
  startsOn: string,
  days: LocalDays,
  midnight: (day: number) => number,
): fc.Arbitrary<CohortDefinition> {
  const date = (min: number, max: number) => fc.integer({ min, max }).map(days.date);
  const unitOf = (name: string) =>
    fc
      .record({
        satisfiedBy: fc.constantFrom(...SATISFIED_BY),
        minScore: maybe(4, fc.constantFrom(0, 0.4, 0.5, 0.6)),
        minProgress: maybe(4, fc.constantFrom(0.4, 0.7, 0.8)),
        minAttendance: maybe(4, fc.constantFrom(0, 0.25, 0.5, 1)),
        attempts: fc.constantFrom('best' as const, 'last' as const),
        weight: fc.constantFrom(0.1, 0.3, 1, 2),
        required: fc.constantFrom(true, true, false),
        plannedMinutes: fc.constantFrom(0, 30, 45, 7),
        dueOn: maybe(5, date(0, 30)),
        session: fc.integer({ min: -1, max: 30 }),
        cancelled: fc.constantFrom(false, false, false, false, true),
      })
      .map(({ session, minAttendance, ...rest }) => ({
        ...rest,
        id: unit(name),
        ...(rest.satisfiedBy === 'Attended'
          ? {
              minAttendance,
              startsAt: new Date(midnight(session) + 8 * HOUR).toISOString(),
              endsAt: new Date(midnight(session) + 12 * HOUR).toISOString(),
            }
          : { cancelled: false }),
      }));
  return fc
    .record({
      id: fc.constant('c'),
      title: fc.constant('A cohort'),
      kind: fc.constant('blended' as const),
      timezone: fc.constant(timezone),
      startsOn: fc.constant(startsOn),
      endsOn: maybe(6, date(3, 30)),
      graceDays: fc.integer({ min: 0, max: 3 }),
      enrolFromStatements: fc.constantFrom(false, false, true),
      contexts: fc.constant([{ platform: SITE, course: '1', activity: COURSE }]),
      breaks: fc.array(
        fc
          .tuple(fc.integer({ min: -2, max: 25 }), fc.nat({ max: 6 }))
          .map(([from, more]) => ({ from: days.date(from), to: days.date(from + more) })),
        { maxLength: 2 },
      ),
      units: fc.subarray(UNITS, { minLength: 1 }).chain((names) => fc.tuple(...names.map(unitOf))),
      completion: fc.record({
        require: fc.constantFrom('all' as const, { weight: 0.3 }, { weight: 0.5 }, { weight: 1 }),
        minAttendance: maybe(2, fc.constantFrom(0.5, 1)),
        must: maybe(2, fc.nat({ max: 4 })),
        acceptCourseCompletion: fc.constantFrom(false, false, true),
      }),
      dropout: fc.record({
        warnAfterDays: fc.integer({ min: 1, max: 5 }),
        alertAfterDays: fc.integer({ min: 1, max: 8 }),
        dropAfterDays: fc.option(fc.integer({ min: 2, max: 12 }), { freq: 4 }),
        startWithinDays: fc.integer({ min: 1, max: 5 }),
      }),
      cost: fc.constantFrom(undefined, { fixed: 100, perLearner: 10 }),
    })
    .map(({ units: some, completion: { must, ...completion }, ...rest }) => {
      const required = some.some((each) => each.required) || completion.acceptCourseCompletion;
      const units = required
        ? some
        : some.map((each, index) => (index === 0 ? { ...each, required: true } : each));
      const mustSatisfy = units.flatMap(({ id }, index) => (index === must ? [id] : []));
      return cohortDefinitionSchema.parse(
        JSON.parse(JSON.stringify({ ...rest, completion: { ...completion, mustSatisfy }, units })),
      );
    });
}
