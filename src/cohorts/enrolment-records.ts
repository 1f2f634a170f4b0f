import { type EnrolmentRecords, toldActors } from '../progress/cohort-episodes.ts';
import type { KnownFact } from '../progress/fact.ts';
import type { CohortStore, Learner, PeopleAsked } from '../storage/ports/cohort-store.ts';
import type { Cohort } from './definitions.ts';

/** What is kept of a cohort's enrolments and of who is who, with the names of its people. */
export interface ReadRecords extends EnrolmentRecords {
  readonly learners: readonly Learner[];
}

/** Reads what is kept of a cohort's enrolments: of all its people, or of those asked for. */
export async function readEnrolmentRecords(
  store: Pick<CohortStore, 'enrolmentChanges' | 'people'>,
  { org, id, definition }: Cohort,
  facts: readonly KnownFact[],
  asked: PeopleAsked = { cohortId: id, actors: toldActors({ definition, facts }) },
): Promise<ReadRecords> {
  const [changes, people] = await Promise.all([store.enrolmentChanges(org, id), store.people(org, asked)]);
  return { org, definition, changes, facts, ...people };
}
