import type { CohortDefinition } from '../../config/cohort-definition.ts';
import { countsOf } from '../metrics/counts.ts';
import type { CohortMetrics } from '../metrics/types.ts';
import { type CohortRecords, cohortProgress } from '../progress/cohort-progress.ts';
import type { KnownFact } from '../progress/fact.ts';
import { placesOf } from '../progress/place.ts';
import type { EnrolmentChange, Identity } from '../storage/ports/cohort-store.ts';
import type { Storage } from '../storage/ports/index.ts';
import type { Cohort } from './definitions.ts';
import { type ReadRecords, readEnrolmentRecords } from './enrolment-records.ts';
import type { Wanted } from './fact-lines.ts';
import { activitiesOf, factsFor, PAGE, targetOf } from './fold.ts';

export type Counts = CohortMetrics['counts'];

/** Whose progress a draft is tried on: who is enrolled, whom the course's list names, or who was seen in the course. */
export type TriedOn = 'enrolled' | 'roster' | 'seen';

/** What a definition that is not saved would change. */
export type DraftEffect =
  | {
      readonly kind: 'figures';
      readonly on: TriedOn;
      /** As it is now; null for a cohort that is not there yet. */
      readonly before: Counts | null;
      readonly after: Counts;
    }
  /** Nobody to try it on. */
  | { readonly kind: 'nobody' }
  /** More statements than are read for a page; how many those are. */
  | { readonly kind: 'tooMany'; readonly most: number };

/** People of a course that has no cohort yet. */
export interface CoursePeople {
  readonly on: 'roster' | 'seen';
  readonly learnerIds: readonly string[];
  /** Those of whom nothing but statements is known. */
  readonly actors: readonly string[];
}

export interface DraftFiguresDeps {
  readonly stores: Pick<Storage, 'statements' | 'cohorts'>;
  /** The counts of a cohort as it is saved, now. */
  readonly countsNow: (cohort: Cohort) => Promise<Counts>;
  /** Facts of a cohort as it is saved; null while they are behind. */
  readonly keptFacts: (cohort: Cohort, wanted: Wanted) => Promise<readonly KnownFact[] | null>;
  /** ms since the epoch. */
  readonly clock: () => number;
}

/** Statements read for a draft, beyond which its figures are not told: about a second. */
export const MOST_STATEMENTS = 25_000;

/** Computes figures of definitions that are not saved, from what is kept; nothing is written. */
export interface DraftFigures {
  /** Of a saved cohort, with its enrolments. */
  ofCohort(saved: Cohort, draft: CohortDefinition): Promise<DraftEffect>;
  /** Of a cohort that is not there yet, as if these people were enrolled from its first day. */
  ofCourse(org: string, draft: CohortDefinition, people: CoursePeople): Promise<DraftEffect>;
}

/** Figures of a definition by these records: what the pages would say of the cohort if it were saved now. */
export function draftCounts(records: CohortRecords, asOf: number): Counts {
  return countsOf(cohortProgress(records, asOf, null));
}

export function createDraftFigures({ stores, countsNow, keptFacts, clock }: DraftFiguresDeps): DraftFigures {
  const factsFromStatements = async (cohort: Cohort): Promise<readonly KnownFact[] | null> => {
    const target = targetOf(cohort);
    const activities = activitiesOf(target);
    const facts: KnownFact[] = [];
    const { seq: head } = await stores.statements.head();
    let read = 0;
    for (let after = 0; after < head; ) {
      const page = await stores.statements.feedOf(cohort.org, activities, after, head, PAGE);
      read += page.length;
      if (read > MOST_STATEMENTS) return null;
      const voidedAt = new Map(page.map((kept) => [kept.id, kept.voidedAt]));
      for (const { fact } of factsFor([target], page).flat())
        facts.push({ ...fact, voidedAt: voidedAt.get(fact.statementId) ?? null });
      after = page.length < PAGE ? head : (page.at(-1)?.seq ?? head);
    }
    return facts;
  };

  const recordsOf = async (
    cohort: Cohort,
    factsOf: (wanted: Wanted) => Promise<readonly KnownFact[] | null>,
  ): Promise<ReadRecords | null> => {
    if (!cohort.definition.enrolFromStatements) {
      const records = await readEnrolmentRecords(stores.cohorts, cohort, []);
      const facts = await factsOf(new Set(records.identities.map(({ actor }) => actor)));
      return facts === null ? null : { ...records, facts };
    }
    const facts = await factsOf(null);
    return facts === null ? null : readEnrolmentRecords(stores.cohorts, cohort, facts);
  };

  /** Where evidence comes from the same places, it is the same evidence. */
  const countsOfDraft = async (saved: Cohort, drafted: Cohort): Promise<Counts | null> => {
    const { definition } = drafted;
    const same = samePlaces(saved.org, saved.definition, definition);
    const records = await recordsOf(
      drafted,
      async (wanted) =>
        (same ? await keptFacts(saved, wanted) : null) ?? (await factsFromStatements(drafted)),
    );
    return records === null ? null : draftCounts({ ...records, definition }, clock());
  };

  const tooMany: DraftEffect = { kind: 'tooMany', most: MOST_STATEMENTS };

  return {
    ofCohort: async (saved, draft) => {
      const before = await countsNow(saved);
      const drafted: Cohort = { ...saved, definition: { ...draft, id: saved.id } };
      const after =
        JSON.stringify(drafted.definition) === JSON.stringify(saved.definition)
          ? before
          : await countsOfDraft(saved, drafted);
      if (after === null) return tooMany;
      return before.enrolled === 0 && after.enrolled === 0
        ? { kind: 'nobody' }
        : { kind: 'figures', on: 'enrolled', before, after };
    },
    ofCourse: async (org, draft, people) => {
      const now = clock();
      const drafted: Cohort = { org, id: draft.id, version: 0, recordedAt: now, definition: draft };
      const [facts, kept] = await Promise.all([
        factsFromStatements(drafted),
        stores.cohorts.people(org, { learnerIds: people.learnerIds, actors: people.actors }),
      ]);
      if (facts === null) return tooMany;
      const known = new Set(kept.identities.map(({ actor }) => actor));
      const strangers = people.actors
        .filter((actor) => !known.has(actor))
        .map((actor): Identity => ({ org, actor, learnerId: `draft ${actor}`, recordedAt: 0 }));
      const seen = new Set(people.actors);
      const learnerIds = new Set([
        ...people.learnerIds,
        ...strangers.map(({ learnerId }) => learnerId),
        ...kept.identities.flatMap(({ actor, learnerId }) => (seen.has(actor) ? [learnerId] : [])),
      ]);
      if (learnerIds.size === 0) return { kind: 'nobody' };
      const changes = [...learnerIds].map((learnerId) => enrolledFromStart(drafted, learnerId));
      const identities = [...kept.identities, ...strangers];
      const after = draftCounts({ ...kept, org, definition: draft, changes, identities, facts }, now);
      return after.enrolled === 0
        ? { kind: 'nobody' }
        : { kind: 'figures', on: people.on, before: null, after };
    },
  };
}

/** Enrolled from before the first day on, wherever its midnight is. */
function enrolledFromStart({ org, id, definition }: Cohort, learnerId: string): EnrolmentChange {
  return {
    org,
    cohortId: id,
    enrolmentId: `draft ${learnerId}`,
    learnerId,
    enrolledAt: Date.parse(`${definition.startsOn}T00:00:00Z`) - 86_400_000,
    enrolledAtSource: 'assumed',
    endedAt: null,
    reason: null,
    suspensions: [],
    source: 'roster',
    recordedAt: 0,
  };
}

function samePlaces(org: string, one: CohortDefinition, other: CohortDefinition): boolean {
  const text = (definition: CohortDefinition) => {
    const { units, contexts } = placesOf(org, { ...definition, id: one.id });
    return JSON.stringify([[...units].sort(), [...contexts].sort()]);
  };
  return text(one) === text(other);
}
