import type { CohortDefinition } from '../../config/cohort-definition.ts';
import { agentOfKey } from '../../xapi/statement/ifi.ts';
import { cohortMetrics } from '../metrics/cohort-metrics.ts';
import { learnerRows } from '../metrics/learner-rows.ts';
import { type RetentionAsked, retentionOf } from '../metrics/retention.ts';
import type { CohortMetrics, LearnerRow, Retention } from '../metrics/types.ts';
import { type CohortProgress, cohortProgress } from '../progress/cohort-progress.ts';
import type { KnownFact } from '../progress/fact.ts';
import type { Persons } from '../progress/persons.ts';
import { placesOf } from '../progress/place.ts';
import type { Learner } from '../storage/ports/cohort-store.ts';
import type { Storage } from '../storage/ports/index.ts';
import type { Cohort, Definitions } from './definitions.ts';
import { readEnrolmentRecords } from './enrolment-records.ts';
import { type Feed, factsFor } from './feed.ts';
import { factOf } from './kept-facts.ts';

/** The instant a figure is asked for, and what is known (ms; null: now, everything). */
export interface Instants {
  readonly asOf: number | null;
  readonly knownAt: number | null;
}

/** A cohort's figures with what they are made of. */
export interface CohortFigures {
  readonly cohort: Cohort;
  readonly definition: CohortDefinition;
  readonly metrics: CohortMetrics;
  readonly rows: readonly LearnerRow[];
  /** Learner of each row, by enrolment id. */
  readonly learnerOf: ReadonlyMap<string, string>;
  /** The learner that stands for the person whom a learner is one of the identifiers of: `learnerOf` names these. */
  personOf(learnerId: string): string;
  /** Retention and outcomes at the same instant, by one of the clocks, of one of the populations. */
  retention(asked: RetentionAsked): Retention;
}

/** Answers figures from what is kept, or recomputed from the statements themselves. */
export interface Figures {
  /** Throws `not-found` for a cohort that does not exist, or did not at `knownAt`. */
  of(org: string, cohortId: string, instants: Instants): Promise<CohortFigures>;
  /** The same, with nothing of what is kept used but statements, enrolments and identities. */
  recomputed(org: string, cohortId: string, instants: Instants): Promise<CohortFigures>;
}

/** Statements read at a time. */
const PAGE = 1_000;

type Stores = Pick<Storage, 'statements' | 'facts' | 'cohorts' | 'profiles'>;

export function createFigures(
  stores: Stores,
  definitions: Definitions,
  feed: Feed,
  clock: () => number,
): Figures {
  const answer = async (cohort: Cohort, facts: readonly KnownFact[], { asOf, knownAt }: Instants) => {
    const records = await readEnrolmentRecords(stores.cohorts, cohort, facts);
    const { definition } = cohort;
    const progress = cohortProgress({ ...records, definition }, asOf ?? clock(), knownAt);
    const names = await namesOf(stores, cohort.org, records.learners, progress);
    let rows: readonly LearnerRow[] | null = null;
    return {
      cohort,
      definition,
      metrics: cohortMetrics(progress, { cohortVersion: cohort.version, knownAt }),
      // A line for each learner, with all instants as texts: made for who asks for them.
      get rows() {
        rows ??= learnerRows(progress, naming(names, progress.persons));
        return rows;
      },
      learnerOf: learnersOf(progress),
      personOf: progress.persons.ofLearner,
      retention: (asked: RetentionAsked) =>
        retentionOf(progress, asked, { cohortVersion: cohort.version, knownAt }),
    };
  };

  return {
    of: async (org, cohortId, instants) => {
      const newest = await definitions.show(org, cohortId, null);
      const cohort = await definitions.show(org, cohortId, instants.knownAt);
      const facts =
        (cohort.version === newest.version ? await feed.factsOf(cohort) : null) ??
        (await factsFromStatements(stores, cohort, 'related'));
      return answer(cohort, facts, instants);
    },
    recomputed: async (org, cohortId, instants) => {
      const cohort = await definitions.show(org, cohortId, instants.knownAt);
      return answer(cohort, await factsFromStatements(stores, cohort, 'all'), instants);
    },
  };
}

/**
 * The facts of a cohort out of the statements, no kept fact being used: of all statements of the store, or (quicker)
 * of those found by the cohort's activities.
 */
export async function factsFromStatements(
  { statements }: Pick<Stores, 'statements'>,
  cohort: Cohort,
  source: 'all' | 'related',
): Promise<readonly KnownFact[]> {
  const target = { cohort, places: placesOf(cohort.org, cohort.definition) };
  const activities = [...target.places.units, ...target.places.contexts];
  const facts: KnownFact[] = [];
  const { seq: head } = await statements.head();
  for (let after = 0; after < head; ) {
    const page =
      source === 'all'
        ? await statements.feed(after, PAGE)
        : await statements.feedOf(cohort.org, activities, after, head, PAGE);
    after = page.at(-1)?.seq ?? head;
    const voidedAt = new Map(page.map((kept) => [kept.id, kept.voidedAt]));
    for (const fact of factsFor([target], page))
      facts.push({ ...factOf(fact.value), voidedAt: voidedAt.get(fact.statementId) ?? null });
  }
  return facts;
}

function learnersOf({ learners }: CohortProgress): ReadonlyMap<string, string> {
  return new Map(learners.map(({ enrolment }) => [enrolment.id, enrolment.learnerId]));
}

/** Names by learner; of those whom only statements tell of, what these call them. */
async function namesOf(
  { profiles }: Stores,
  org: string,
  learners: readonly Learner[],
  { persons, learners: enrolled }: CohortProgress,
): Promise<ReadonlyMap<string, string | null>> {
  const names = new Map(learners.map(({ id, name }) => [id, name]));
  const present = new Set(enrolled.map(({ enrolment }) => enrolment.learnerId));
  const nameless = persons.identities.filter(
    ({ learnerId }) => present.has(learnerId) && !names.has(learnerId),
  );
  await Promise.all(
    nameless.map(async ({ actor, learnerId }) => {
      const [name] = await profiles.names(org, actor);
      names.set(learnerId, name ?? null);
    }),
  );
  // A person is called what any of their learners is, the earliest first.
  for (const { learnerId } of persons.identities) {
    const person = persons.ofLearner(learnerId);
    if ((names.get(person) ?? null) === null) names.set(person, names.get(learnerId) ?? null);
  }
  return names;
}

function naming(names: ReadonlyMap<string, string | null>, persons: Persons) {
  const actors = new Map<string, string>();
  for (const { learnerId, actor } of [...persons.identities].sort(byActor))
    if (!actors.has(learnerId)) actors.set(learnerId, actor);
  return (learnerId: string) => {
    const actor = actors.get(learnerId);
    return {
      actor: actor === undefined ? {} : { ...agentOfKey(actor) },
      name: names.get(learnerId) ?? null,
    };
  };
}

function byActor(a: { readonly actor: string }, b: { readonly actor: string }): number {
  return a.actor < b.actor ? -1 : 1;
}
