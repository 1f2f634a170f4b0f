import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { type CohortDefinition, cohortDefinitionSchema, type Unit } from '../../config/cohort-definition.ts';
import type { EndReason, EnrolmentChange, IdentityLink } from '../../src/storage/ports/cohort-store.ts';
import type { Agent } from '../../xapi/statement/types.ts';
import { maybe, results } from '../support/arbitraries.ts';
import { ENROLMENT_VERB } from '../support/enrolment-statements.ts';
import {
  ATTEMPT,
  agent,
  COURSE,
  COURSE_TYPE,
  enrolled,
  identityOf,
  type Saying,
  SITE,
  type Told,
  told,
  unit,
  VERB,
} from '../support/scene.ts';
import type { Kept } from './cohort.ts';
import { type LocalDays, localDays } from './local-days.ts';
import { keyOf } from './read.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
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

const MAIL = 'mailto:Mel@example.org';
const digest = createHash('sha1').update(MAIL.toLowerCase()).digest('hex');
/** Learners and how statements name them; `mel` and `mex` have one mailbox; nobody knows `zoe`. */
const AGENTS: Readonly<Record<string, Agent>> = {
  ana: agent('ana'),
  bob: agent('bob'),
  cid: agent('cid'),
  dee: agent('dee'),
  mel: { objectType: 'Agent', mbox: MAIL },
  mex: { objectType: 'Agent', mbox_sha1sum: digest },
  zoe: agent('zoe'),
};
const LEARNERS = Object.keys(AGENTS).filter((name) => name !== 'zoe');
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

type Instants = (min: number, max: number) => fc.Arbitrary<number>;

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

const REASONS = fc.constantFrom<EndReason | null>(
  'withdrawn',
  'withdrawn',
  'removed',
  'transferred',
  'transferred',
  'excluded',
  null,
);

/** Up to two episodes of a learner, each ended perhaps, and told of later. */
function episodesOf(who: string, instants: Instants): fc.Arbitrary<readonly EnrolmentChange[]> {
  return fc
    .record({
      enrolledAt: fc.oneof(
        { weight: 3, arbitrary: instants(-3, 1) },
        { weight: 2, arbitrary: instants(-3, 25) },
      ),
      end: maybe(5, fc.tuple(fc.oneof(fc.nat({ max: 25 * DAY }), fc.nat({ max: DAY })), REASONS)),
      again: maybe(
        4,
        fc.tuple(fc.nat({ max: 10 * DAY }), maybe(5, fc.integer({ min: 1, max: 20 * DAY })), REASONS),
      ),
      suspensions: fc.array(
        fc.tuple(instants(-2, 30), fc.option(fc.integer({ min: 1, max: 12 * DAY }), { freq: 3 })),
        { maxLength: 2 },
      ),
      recorded: instants(-4, 20),
      corrected: maybe(1, instants(0, 30)),
      undone: maybe(1, fc.constant(true)),
      source: fc.constantFrom('api' as const, 'roster' as const, 'launch' as const),
    })
    .map(({ enrolledAt, end, again, suspensions, recorded, corrected, undone, source }) => {
      const first = {
        enrolmentId: `${who}-1`,
        enrolledAt,
        suspensions: suspensions.map(([from, length]): [number, number | null] => [
          from,
          length === null ? null : from + length,
        ]),
        recordedAt: recorded,
        source,
        ...(corrected === undefined ? {} : { correctedAt: corrected }),
      };
      const changes = [enrolled(who, first)];
      if (end === undefined) return changes;
      const endedAt = enrolledAt + end[0];
      changes.push(enrolled(who, { ...first, endedAt, reason: end[1], recordedAt: recorded + 5 * DAY }));
      if (undone) changes.push(enrolled(who, { ...first, undone, recordedAt: recorded + 6 * DAY }));
      if (again === undefined) return changes;
      const back = endedAt + again[0];
      const ended = again[1] === undefined ? {} : { endedAt: back + again[1], reason: again[2] };
      changes.push(
        enrolled(who, {
          enrolmentId: `${who}-2`,
          enrolledAt: back,
          recordedAt: recorded + 9 * DAY,
          source,
          ...ended,
        }),
      );
      return changes;
    });
}

function identitiesOf(who: string, instants: Instants) {
  return maybe(2, instants(-3, 20)).map((recordedAt) => {
    const actor = keyOf(AGENTS[who] ?? agent(who));
    return [identityOf(who, { actor, recordedAt: recordedAt ?? -DAY * 365 * 50 })];
  });
}

function linksOf(instants: Instants): fc.Arbitrary<IdentityLink> {
  return fc.record({
    org: fc.constant('o'),
    learnerId: fc.constantFrom('ana', 'cid', 'mel'),
    other: fc.constantFrom('bob', 'dee', 'mex'),
    linked: fc.constantFrom(true, true, false),
    by: fc.constantFrom('hand' as const, 'hand' as const, 'email' as const),
    recordedAt: instants(-3, 20),
    recordedBy: fc.constant('test'),
  });
}

const kept = {
  delay: fc.constantFrom(0, 0, 0, HOUR, 3 * DAY),
  voided: maybe(1, fc.constantFrom(HOUR, 5 * DAY)),
};
const MODULE = '\\core\\event\\course_module_completion_updated';
const LEARNER_VERBS = [
  ...Object.values(VERB),
  VERB.completed,
  VERB.completed,
  VERB.passed,
  VERB.failed,
  'http://adlnet.gov/expapi/verbs/experienced',
];
const REGISTER_VERBS = [VERB.attended, 'urn:assidu:verb:absent', 'urn:assidu:verb:excused'];

/** What is said of learners: on the units, below them and around them; of sessions what happens there. */
function tellingsOf({ units }: CohortDefinition, instants: Instants): fc.Arbitrary<readonly Told[]> {
  const by = fc.constantFrom(...Object.keys(AGENTS));
  const somewhere = fc.constantFrom(...units).chain((each) => fc.tuple(fc.constant(each), placesOf(each)));
  const learning = fc.record({
    by,
    verb: fc.constantFrom(...LEARNER_VERBS),
    place: somewhere.map(([, place]) => place),
    at: instants(-1, 35),
    result: maybe(5, results),
    moodle: maybe(
      2,
      fc.constantFrom(MODULE, '\\mod_quiz\\event\\attempt_submitted', '\\core\\event\\course_completed'),
    ),
    instructor: maybe(1, fc.constant('prof')),
    standings: fc.boolean(),
    ...kept,
  });
  const sessions = units.filter(({ satisfiedBy }) => satisfiedBy === 'Attended');
  const present = (session: Unit) =>
    fc.record({
      by,
      verb: fc.constantFrom(VERB.joined, VERB.joined, VERB.left, ...REGISTER_VERBS, VERB.attended),
      place: fc.constant<Place>({ object: session.id, saying: {} }),
      at: fc.oneof(
        fc
          .constantFrom(-1, 0, 1, 1.5, 2, 3.5, 4, 5)
          .map((hour) => Date.parse(session.startsAt ?? '') + hour * HOUR),
        fc.constant(Date.parse(session.endsAt ?? '')),
      ),
      result: maybe(
        4,
        fc.constantFrom('PT0M', 'PT1H', 'PT3H', 'PT3H12M', 'PT9H').map((duration) => ({ duration })),
      ),
      moodle: fc.constant(undefined),
      instructor: maybe(2, fc.constant('prof')),
      standings: fc.constantFrom(true, true, true, false),
      ...kept,
    });
  const attendance = sessions.length === 0 ? learning : fc.constantFrom(...sessions).chain(present);
  return fc
    .array(
      fc.tuple(
        fc.oneof({ weight: 3, arbitrary: learning }, { weight: 2, arbitrary: attendance }),
        fc.nat({ max: 15 }),
      ),
      {
        minLength: 10,
        maxLength: 60,
        size: 'max',
      },
    )
    .map((list) =>
      list.flatMap(
        (
          [{ by: who, verb, place, at, result, moodle, instructor, delay, voided, standings }, again],
          index,
        ) => {
          const saying = { by: who, ...place.saying, ...given({ result, moodle, instructor }), standings };
          const one = named(
            told(verb, place.object, at, {
              ...saying,
              // No two at the same instant: which of two entries holds would be a matter of hashes.
              stored: at + delay + index,
              voidedAt: voided === undefined ? null : at + delay + voided,
            }),
          );
          // Now and then the same event comes twice, without an id and later.
          return again === 0 ? [one, { ...one, stored: one.stored + 2 * DAY, voidedAt: null }] : [one];
        },
      ),
    );
}

interface Place {
  readonly object: string;
  readonly saying: Saying;
}

function placesOf({ id }: Unit): fc.Arbitrary<Place> {
  return fc.constantFrom<Place>(
    { object: id, saying: {} },
    { object: id, saying: {} },
    { object: id, saying: { groupings: [COURSE] } },
    { object: `${id}/attempt`, saying: { type: ATTEMPT, parents: [id] } },
    { object: `${id}/question`, saying: { parents: [`${id}/attempt`], groupings: [id] } },
    { object: `${COURSE}/page`, saying: { groupings: [COURSE] } },
    { object: COURSE, saying: { type: COURSE_TYPE } },
    { object: 'https://elsewhere.example/', saying: {} },
  );
}

/** Statements of enrolment by who may say so. */
function enrolmentTellings(instants: Instants): fc.Arbitrary<Told> {
  return fc
    .record({
      by: fc.constantFrom(...Object.keys(AGENTS)),
      verb: fc.constantFrom(...Object.values(ENROLMENT_VERB)),
      at: instants(-2, 30),
      standings: fc.constantFrom(true, true, true, false),
      ...kept,
    })
    .map(({ by, verb, at, delay, voided, standings }) =>
      named(
        told(verb, COURSE, at, {
          by,
          type: COURSE_TYPE,
          standings,
          stored: at + delay,
          voidedAt: voided === undefined ? null : at + delay + voided,
        }),
      ),
    );
}

/** Without what is undefined. */
function given(saying: { [Key in keyof Saying]: Saying[Key] | undefined }): Saying {
  return JSON.parse(JSON.stringify(saying));
}

/** With the identifier of who is said to be the actor. */
function named(one: Told): Told {
  const { actor } = one.statement;
  const name = actor.account?.name ?? '';
  return { ...one, statement: { ...one.statement, actor: AGENTS[name] ?? actor } };
}
