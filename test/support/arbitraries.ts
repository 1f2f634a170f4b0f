import fc from 'fast-check';
import { type CohortDefinition, cohortDefinitionSchema } from '../../config/cohort-definition.ts';
import type { EndReason, EnrolmentChange } from '../../src/storage/ports/cohort-store.ts';
import { ENROLMENT_VERB } from './enrolment-statements.ts';
import {
  ATTEMPT,
  COURSE,
  COURSE_TYPE,
  enrolled,
  type Saying,
  SITE,
  type Told,
  told,
  unit,
  VERB,
} from './scene.ts';

/** Small cohorts around the days when European clocks change: much happens at once, and often at the same instant. */
export const ORIGIN = Date.parse('2026-03-23T00:00:00Z');
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
export const LEARNERS = ['ana', 'bob', 'cid'] as const;
const UNITS = ['u0', 'u1', 'u2', 'u3'] as const;
const ZONES = ['Europe/Paris', 'UTC', 'Pacific/Kiritimati', 'Etc/GMT+12', 'Asia/Kolkata', 'Africa/Cairo'];

/** Undefined most of the time: `often` times in ten it is not. */
export function maybe<T>(often: number, some: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> {
  return fc.oneof(
    { weight: 10 - often, arbitrary: fc.constant(undefined) },
    { weight: often, arbitrary: some },
  );
}

function date(day: number): string {
  return new Date(ORIGIN + day * DAY).toISOString().slice(0, 10);
}

/** An instant of some days, on a coarse grid, so that ties are common. */
function instantsOf(min: number, max: number): fc.Arbitrary<number> {
  const days = fc.noBias(fc.integer({ min, max }));
  return fc.tuple(days, fc.nat({ max: 5 })).map(([day, part]) => ORIGIN + day * DAY + part * 4 * HOUR);
}

/** An instant before, in or after the cohorts. */
export const instants = instantsOf(-3, 45);

const units = (id: string) =>
  fc
    .record({
      satisfiedBy: fc.constantFrom(
        ...([
          'Completed',
          'Passed',
          'CompletedAndPassed',
          'CompletedOrPassed',
          'NotApplicable',
          'Attended',
        ] as const),
      ),
      minScore: maybe(4, fc.constantFrom(0, 0.5, 0.6)),
      minProgress: maybe(4, fc.constantFrom(0.5, 1)),
      attempts: fc.constantFrom('best' as const, 'last' as const),
      weight: fc.constantFrom(0.1, 1, 2),
      required: fc.boolean(),
      plannedMinutes: fc.constantFrom(0, 30, 45),
      dueOn: maybe(5, fc.integer({ min: 0, max: 30 }).map(date)),
      session: fc.integer({ min: 0, max: 30 }),
      cancelled: fc.constantFrom(false, false, false, true),
    })
    .map(({ session, ...rest }) => ({
      ...rest,
      id: unit(id),
      ...(rest.satisfiedBy === 'Attended'
        ? { startsAt: `${date(session)}T08:00Z`, endsAt: `${date(session)}T16:00Z` }
        : { cancelled: false }),
    }));

/** A definition over some of four units that all generated cohorts share. */
export const definitions: fc.Arbitrary<CohortDefinition> = fc
  .record({
    id: fc.constant('c'),
    title: fc.constant('A cohort'),
    kind: fc.constantFrom('spoc' as const, 'blended' as const),
    timezone: fc.constantFrom(...ZONES),
    startsOn: fc.constant(date(0)),
    endsOn: maybe(5, fc.integer({ min: 3, max: 30 }).map(date)),
    graceDays: fc.integer({ min: 0, max: 3 }),
    enrolFromStatements: fc.constantFrom(false, false, true),
    contexts: fc.constant([{ platform: SITE, course: '1', activity: COURSE }]),
    breaks: fc.array(
      fc.tuple(fc.integer({ min: -2, max: 25 }), fc.nat({ max: 8 })).map(([from, more]) => ({
        from: date(from),
        to: date(from + more),
      })),
      { maxLength: 2 },
    ),
    units: fc.subarray([...UNITS], { minLength: 1 }).chain((names) => fc.tuple(...names.map(units))),
    completion: fc.record({
      require: fc.constantFrom('all' as const, { weight: 0.5 }, { weight: 1 }),
      minAttendance: maybe(3, fc.constantFrom(0.5, 1)),
      acceptCourseCompletion: fc.constantFrom(false, false, true),
    }),
    dropout: fc.record({
      warnAfterDays: fc.integer({ min: 1, max: 5 }),
      alertAfterDays: fc.integer({ min: 1, max: 8 }),
      dropAfterDays: fc.option(fc.integer({ min: 1, max: 12 })),
      startWithinDays: fc.integer({ min: 1, max: 5 }),
    }),
    cost: fc.constantFrom(undefined, { fixed: 100, perLearner: 10 }),
  })
  .map(({ units: some, ...rest }) => {
    const [first, ...others] = some;
    const required = some.some((each) => each.required) || rest.completion.acceptCourseCompletion;
    const all = required || first === undefined ? some : [{ ...first, required: true }, ...others];
    // Through JSON, as definitions are kept: what is undefined is not there.
    return cohortDefinitionSchema.parse(JSON.parse(JSON.stringify({ ...rest, units: all })));
  });

const reasons = fc.constantFrom<EndReason | null>('withdrawn', 'removed', 'transferred', 'excluded', null);

/** Up to two episodes of a learner, each ended perhaps, and told of later. */
const episodesOf = (who: string): fc.Arbitrary<readonly EnrolmentChange[]> =>
  fc
    .record({
      first: instantsOf(-4, 12),
      end: maybe(5, fc.tuple(fc.nat({ max: 20 * DAY }), reasons)),
      again: maybe(5, fc.tuple(fc.nat({ max: 10 * DAY }), fc.nat({ max: 20 * DAY }), reasons)),
      suspensions: fc.array(fc.tuple(instants, fc.option(instants)), { maxLength: 1 }),
      recordedAt: instantsOf(-4, 20),
    })
    .map(({ first, end, again, suspensions, recordedAt }) => {
      const episode = { enrolmentId: `${who}-1`, enrolledAt: first, suspensions, recordedAt };
      const open = enrolled(who, episode);
      if (end === undefined) return [open];
      const endedAt = first + end[0];
      const ended = enrolled(who, { ...episode, endedAt, reason: end[1], recordedAt: recordedAt + 5 * DAY });
      if (again === undefined) return [open, ended];
      const enrolledAt = endedAt + again[0];
      const back = { enrolmentId: `${who}-2`, enrolledAt, recordedAt: recordedAt + 9 * DAY };
      return [open, ended, enrolled(who, { ...back, endedAt: enrolledAt + again[1], reason: again[2] })];
    });

/** Changes of the enrolments of some learners. */
export const enrolments: fc.Arbitrary<readonly EnrolmentChange[]> = fc
  .subarray([...LEARNERS], { minLength: 1 })
  .chain((names) => fc.tuple(...names.map(episodesOf)))
  .map((lists) => lists.flat());

const VIDEO = 'https://w3id.org/xapi/video/extensions';
export const results = fc.constantFrom<NonNullable<Saying['result']>>(
  {},
  { completion: true },
  { completion: false },
  { success: true },
  { success: false, score: { scaled: 0.4 } },
  { score: { raw: 12, min: 0, max: 20, scaled: 0.2 } },
  { extensions: { [`${VIDEO}/progress`]: 0.7 } },
  { extensions: { [`${VIDEO}/played-segments`]: '0[.]40', [`${VIDEO}/length`]: 100 } },
  { extensions: { [`${VIDEO}/played-segments`]: '30[.]80' } },
);
const MODULE = '\\core\\event\\course_module_completion_updated';
const places = fc
  .constantFrom(...UNITS)
  .chain((name) =>
    fc.constantFrom<{ object: string; saying: Saying }>(
      { object: unit(name), saying: {} },
      { object: unit(name), saying: { groupings: [COURSE] } },
      { object: `${unit(name)}/attempt`, saying: { type: ATTEMPT, parents: [unit(name)] } },
      { object: `${unit(name)}/question`, saying: { parents: [`${unit(name)}/attempt`, unit(name)] } },
      { object: COURSE, saying: { type: COURSE_TYPE } },
      { object: 'https://elsewhere.example/', saying: {} },
    ),
  );

/** Statements of learners and of a stranger, kept some time after they were said; a few were voided later still. */
export const tellings: fc.Arbitrary<readonly Told[]> = fc.array(
  fc
    .record({
      by: fc.constantFrom(...LEARNERS, 'zoe'),
      verb: fc.constantFrom(...Object.values(VERB), ...Object.values(ENROLMENT_VERB)),
      place: places,
      at: instantsOf(-1, 40),
      result: maybe(6, results),
      moodle: maybe(2, fc.constant(MODULE)),
      instructor: maybe(1, fc.constant('prof')),
      delay: fc.constantFrom(0, 0, HOUR, 3 * DAY),
      voided: maybe(2, fc.constantFrom(HOUR, 5 * DAY)),
      standings: fc.boolean(),
    })
    .map(({ by, verb, place, at, result, moodle, instructor, delay, voided, standings }) =>
      told(verb, place.object, at, {
        by,
        ...place.saying,
        ...(result === undefined ? {} : { result }),
        ...(moodle === undefined ? {} : { moodle }),
        ...(instructor === undefined ? {} : { instructor }),
        stored: at + delay,
        voidedAt: voided === undefined ? null : at + delay + voided,
        standings,
      }),
    ),
  { minLength: 8, maxLength: 30, size: 'max' },
);

/** A cohort, its people, what was said of them, and an instant to ask at. */
export const cohorts = fc.record({ definition: definitions, enrolments, told: tellings, asOf: instants });
