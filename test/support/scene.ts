import {
  type CohortDefinition,
  type CohortDefinitionInput,
  cohortDefinitionSchema,
} from '../../config/cohort-definition.ts';
import { cohortMetrics } from '../../src/metrics/cohort-metrics.ts';
import { learnerRows } from '../../src/metrics/learner-rows.ts';
import type { CohortMetrics, LearnerRow } from '../../src/metrics/types.ts';
import { type CohortProgress, cohortProgress } from '../../src/progress/cohort-progress.ts';
import type { KnownFact } from '../../src/progress/fact.ts';
import type { LearnerProgress } from '../../src/progress/learner-progress.ts';
import { place, placesOf } from '../../src/progress/place.ts';
import type { EnrolmentChange, Identity } from '../../src/storage/ports/cohort-store.ts';
import type { Activity, Agent, Result, Statement } from '../../xapi/statement/types.ts';
import { readStatement } from '../../xapi/vocabulary/read-statement.ts';

/** Small cohorts to try the rules on: day 0 is a Monday, in a zone without surprises. */
export const STARTS_ON = '2026-01-05';
export const SITE = 'https://lms.example';
export const COURSE = `${SITE}/course/1`;
export const VERB = {
  viewed: 'http://id.tincanapi.com/verb/viewed',
  attempted: 'http://adlnet.gov/expapi/verbs/attempted',
  completed: 'http://adlnet.gov/expapi/verbs/completed',
  passed: 'http://adlnet.gov/expapi/verbs/passed',
  failed: 'http://adlnet.gov/expapi/verbs/failed',
  scored: 'http://adlnet.gov/expapi/verbs/scored',
  progressed: 'http://adlnet.gov/expapi/verbs/progressed',
  attended: 'http://adlnet.gov/expapi/verbs/attended',
  launched: 'http://adlnet.gov/expapi/verbs/launched',
  uncompleted: 'https://xapi.edlm/profiles/edlm-lms/concepts/verbs/uncompleted',
  waived: 'https://w3id.org/xapi/adl/verbs/waived',
  joined: 'http://activitystrea.ms/join',
  left: 'http://activitystrea.ms/leave',
} as const;
export const ATTEMPT = 'http://adlnet.gov/expapi/activities/attempt';
export const COURSE_TYPE = 'https://w3id.org/xapi/cmi5/activitytype/course';
const HOUR = 3_600_000;

/** An instant of a day of these cohorts, ms. */
export function at(day: number, hour = 12): number {
  return Date.parse(`${STARTS_ON}T00:00:00Z`) + (24 * day + hour) * HOUR;
}

/** Id of a unit: `unit('a')`. */
export function unit(name: string): string {
  return `${SITE}/unit/${name}`;
}

/** A definition: one unit `a`, to be Completed, unless told otherwise. */
export function cohortOf(change: Partial<CohortDefinitionInput> = {}): CohortDefinition {
  return cohortDefinitionSchema.parse({
    id: 'c',
    title: 'A cohort',
    kind: 'spoc',
    timezone: 'UTC',
    startsOn: STARTS_ON,
    contexts: [{ platform: SITE, course: '1', activity: COURSE }],
    units: [{ id: unit('a') }],
    ...change,
  });
}

/** What a statement says beside verb, object and time. */
export interface Saying {
  readonly by?: string;
  readonly type?: string;
  readonly result?: Result;
  readonly parents?: readonly string[];
  readonly groupings?: readonly string[];
  readonly instructor?: string;
  /** Name of the Moodle event behind it. */
  readonly moodle?: string;
  readonly extensions?: Readonly<Record<string, unknown>>;
}

/** A statement and what keeping it adds. ms. */
export interface Told {
  readonly statement: Statement;
  readonly at: number;
  readonly stored: number;
  readonly voidedAt: number | null;
  readonly standings: boolean;
}

export function agent(name: string): Agent {
  return { objectType: 'Agent', account: { homePage: SITE, name } };
}

/** A statement as a source would send it. */
export function statement(verb: string, object: string, when: number, saying: Saying = {}): Statement {
  const activity = (id: string, type?: string): Activity =>
    type === undefined ? { id } : { id, definition: { type } };
  const { parents, groupings, moodle } = saying;
  return {
    actor: agent(saying.by ?? 'ana'),
    verb: { id: verb },
    object: activity(object, saying.type),
    timestamp: new Date(when).toISOString(),
    ...(saying.result ? { result: saying.result } : {}),
    context: {
      ...(saying.instructor === undefined ? {} : { instructor: agent(saying.instructor) }),
      contextActivities: {
        ...(parents ? { parent: parents.map((id) => activity(id)) } : {}),
        ...(groupings ? { grouping: groupings.map((id) => activity(id)) } : {}),
      },
      extensions: {
        ...saying.extensions,
        ...(moodle === undefined
          ? {}
          : { 'http://lrs.learninglocker.net/define/extensions/info': { event_name: moodle } }),
      },
    },
  };
}

/** The same, kept: stored when it was said and never voided, by a writer without rights, unless told otherwise. */
export function told(
  verb: string,
  object: string,
  when: number,
  saying: Saying & Partial<Pick<Told, 'stored' | 'voidedAt' | 'standings'>> = {},
): Told {
  return {
    statement: statement(verb, object, when, saying),
    at: when,
    stored: saying.stored ?? when,
    voidedAt: saying.voidedAt ?? null,
    standings: saying.standings ?? false,
  };
}

/** An enrolment of somebody, from day 0 on unless told otherwise. */
export function enrolled(who = 'ana', change: Partial<EnrolmentChange> = {}): EnrolmentChange {
  const enrolledAt = change.enrolledAt ?? at(0, 0);
  return {
    org: 'o',
    cohortId: 'c',
    enrolmentId: `${who}-1`,
    learnerId: who,
    enrolledAt,
    enrolledAtSource: 'stated',
    endedAt: null,
    reason: null,
    suspensions: [],
    source: 'api',
    recordedAt: enrolledAt,
    ...change,
  };
}

/** Statements -> the facts of the cohort, as the feed keeps them. */
export function factsOf(definition: CohortDefinition, tellings: readonly Told[]): readonly KnownFact[] {
  const places = placesOf('o', definition);
  return tellings.flatMap(({ statement: said, at: timestamp, stored, voidedAt, standings }, index) => {
    const event = readStatement({ id: `s${index}`, statement: said, timestamp, stored, standings });
    const fact = event && place(event, places);
    return fact ? [{ ...fact, voidedAt }] : [];
  });
}

/** Everything that is asked of a cohort at an instant. */
export interface Scene {
  readonly definition?: CohortDefinition;
  readonly enrolments?: readonly EnrolmentChange[];
  readonly told?: readonly Told[];
  readonly asOf: number;
  readonly knownAt?: number | null;
  /** Instead of one identity for each enrolled learner. */
  readonly identities?: readonly Identity[];
}

export interface Figures {
  readonly progress: CohortProgress;
  readonly metrics: CohortMetrics;
  readonly learners: readonly LearnerProgress[];
  readonly rows: readonly LearnerRow[];
}

/** The figures of a scene: ana, enrolled from day 0, unless told otherwise. */
export function figuresOf(scene: Scene): Figures {
  const { definition = cohortOf(), enrolments: changes = [enrolled()], asOf, knownAt = null } = scene;
  const identities = scene.identities ?? changes.map(({ learnerId }) => identityOf(learnerId));
  const facts = factsOf(definition, scene.told ?? []);
  const progress = cohortProgress({ definition, changes, identities, facts }, asOf, knownAt);
  return {
    progress,
    metrics: cohortMetrics(progress, { cohortVersion: 1, knownAt }),
    learners: progress.learners,
    rows: learnerRows(progress, (learnerId) => ({ actor: { ...agent(learnerId) }, name: learnerId })),
  };
}

/** The identity of a learner whose account has the learner's id. */
export function identityOf(learnerId: string, change: Partial<Identity> = {}): Identity {
  const actor = `account|${SITE}|${learnerId}`;
  return { org: 'o', actor, learnerId, recordedAt: Number.NEGATIVE_INFINITY, ...change };
}

/** The one learner of a scene. */
export function learnerOf(scene: Scene): LearnerProgress {
  const { learners } = figuresOf(scene);
  const [only] = learners;
  if (!only || learners.length > 1) throw new Error(`${learners.length} learners, not one`);
  return only;
}
