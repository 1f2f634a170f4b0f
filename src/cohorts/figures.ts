import type { CohortDefinition } from '../../config/cohort-definition.ts';
import { agentOfKey } from '../../xapi/statement/ifi.ts';
import { cohortMetrics } from '../metrics/cohort-metrics.ts';
import { type Heatmap, heatmapOf } from '../metrics/heatmap.ts';
import { learnerRows } from '../metrics/learner-rows.ts';
import { type Leaving, leavingOf } from '../metrics/leaving.ts';
import { portfolioLine } from '../metrics/portfolio-line.ts';
import type { PortfolioLine } from '../metrics/portfolio-types.ts';
import { type RetentionAsked, retentionOf } from '../metrics/retention.ts';
import { type SessionFigures, sessionFiguresOf } from '../metrics/session-figures.ts';
import type { CohortMetrics, LearnerRow, Retention } from '../metrics/types.ts';
import { type CohortProgress, cohortProgress } from '../progress/cohort-progress.ts';
import type { KnownFact } from '../progress/fact.ts';
import type { Persons } from '../progress/persons.ts';
import type { Identity, Learner } from '../storage/ports/cohort-store.ts';
import type { Storage } from '../storage/ports/index.ts';
import type { Cohort, Definitions } from './definitions.ts';
import { createEarlierProgress } from './earlier-progress.ts';
import { type ReadRecords, readEnrolmentRecords } from './enrolment-records.ts';
import type { Wanted } from './fact-lines.ts';
import type { Feed } from './feed.ts';
import { activitiesOf, factsFor, PAGE, targetOf } from './fold.ts';
import { createProgressMemories } from './progress-memories.ts';

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
  /** What the cohort adds to the portfolio. */
  portfolioLine(): PortfolioLine;
  heatmap(): Heatmap;
  /** Where people leave. */
  leaving(): readonly Leaving[];
  /** Attendance session by session. */
  sessions(): readonly SessionFigures[];
  /** What a learner is called; null where the platform hides names. */
  nameOf(learnerId: string): string | null;
  /** What all of the above is made of. */
  readonly progress: CohortProgress;
  /** Of whoever is enrolled at least, voided ones too. */
  readonly facts: readonly KnownFact[];
  /** The same people at an earlier instant (ms): remembered for one instant, as long as nothing that bears on it changes. */
  before(instant: number): CohortProgress;
}

/** Answers figures from what is kept, or recomputed from the statements themselves. */
export interface Figures {
  /** Throws `not-found` for a cohort that does not exist, or did not at `knownAt`. */
  of(org: string, cohortId: string, instants: Instants): Promise<CohortFigures>;
  /** The same, with nothing of what is kept used but statements, enrolments and identities. */
  recomputed(org: string, cohortId: string, instants: Instants): Promise<CohortFigures>;
}

type Stores = Pick<Storage, 'statements' | 'facts' | 'cohorts' | 'profiles'>;

export function createFigures(
  stores: Stores,
  definitions: Definitions,
  feed: Feed,
  clock: () => number,
): Figures {
  const memories = createProgressMemories();
  const earlier = createEarlierProgress();
  const asked = createEarlierProgress();

  const answer = async (cohort: Cohort, records: ReadRecords, { asOf, knownAt }: Instants, kept: boolean) => {
    const { definition } = cohort;
    const memory = kept && asOf === null && knownAt === null ? memories.of(cohort) : undefined;
    const progress =
      kept && asOf !== null && knownAt === null
        ? asked.of(cohort, records, asOf)
        : cohortProgress({ ...records, definition }, asOf ?? clock(), knownAt, memory);
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
      portfolioLine: () => portfolioLine(progress),
      heatmap: () => heatmapOf(progress),
      leaving: () => leavingOf(progress),
      sessions: () => sessionFiguresOf(progress),
      nameOf: (learnerId: string) => names.get(learnerId) ?? null,
      progress,
      facts: records.facts,
      before: (instant: number) =>
        memory === undefined
          ? cohortProgress({ ...records, definition }, instant, knownAt)
          : earlier.of(cohort, records, instant),
    };
  };

  /** Where statements enrol nobody, who is enrolled is known before the facts, and only theirs are read. */
  const recordsOf = async (
    cohort: Cohort,
    factsOf: (wanted: Wanted) => Promise<readonly KnownFact[]>,
  ): Promise<ReadRecords> => {
    if (cohort.definition.enrolFromStatements)
      return readEnrolmentRecords(stores.cohorts, cohort, await factsOf(null));
    const records = await readEnrolmentRecords(stores.cohorts, cohort, []);
    return { ...records, facts: await factsOf(actorsOf(records.identities)) };
  };

  return {
    of: async (org, cohortId, instants) => {
      const newest = await definitions.show(org, cohortId, null);
      const cohort = await definitions.show(org, cohortId, instants.knownAt);
      const isNewest = cohort.version === newest.version;
      const factsOf = async (wanted: Wanted) =>
        (isNewest ? await feed.factsOf(cohort, wanted) : null) ??
        (await factsFromStatements(stores, cohort, 'related'));
      return answer(cohort, await recordsOf(cohort, factsOf), instants, isNewest);
    },
    recomputed: async (org, cohortId, instants) => {
      const cohort = await definitions.show(org, cohortId, instants.knownAt);
      const records = await recordsOf(cohort, () => factsFromStatements(stores, cohort, 'all'));
      return answer(cohort, records, instants, false);
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
  const target = targetOf(cohort);
  const activities = activitiesOf(target);
  const facts: KnownFact[] = [];
  const { seq: head } = await statements.head();
  for (let after = 0; after < head; ) {
    const page =
      source === 'all'
        ? await statements.feed(after, PAGE)
        : await statements.feedOf(cohort.org, activities, after, head, PAGE);
    after = page.at(-1)?.seq ?? head;
    const voidedAt = new Map(page.map((kept) => [kept.id, kept.voidedAt]));
    for (const { fact } of factsFor([target], page).flat())
      facts.push({ ...fact, voidedAt: voidedAt.get(fact.statementId) ?? null });
  }
  return facts;
}

/** The actors of identities, once for each list of them. */
const actorsOf = (() => {
  const known = new WeakMap<readonly Identity[], ReadonlySet<string>>();
  return (identities: readonly Identity[]): ReadonlySet<string> => {
    const actors = known.get(identities) ?? new Set(identities.map(({ actor }) => actor));
    known.set(identities, actors);
    return actors;
  };
})();

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
