import type { CohortDefinition } from '../../config/cohort-definition.ts';
import type { EnrolmentChange, Identity, IdentityLink, IdentityRule } from '../storage/ports/cohort-store.ts';
import { createCalendar } from './calendar.ts';
import { cohortEpisodes } from './cohort-episodes.ts';
import { enrolmentsAt, type Frame, frameOf } from './enrolments.ts';
import type { KnownFact } from './fact.ts';
import { type LearnerProgress, learnerProgress } from './learner-progress.ts';
import type { Persons } from './persons.ts';

/** Everything that is kept of a cohort, whatever its order. */
export interface CohortRecords {
  /** Organisation: part of the names of what statements begin. */
  readonly org?: string;
  readonly definition: CohortDefinition;
  readonly changes: readonly EnrolmentChange[];
  readonly identities: readonly Identity[];
  /** None when absent. */
  readonly links?: readonly IdentityLink[];
  /** None when absent. */
  readonly rules?: readonly IdentityRule[];
  readonly facts: readonly KnownFact[];
}

/** A cohort at T, as known at `knownAt`. */
export interface CohortProgress {
  readonly frame: Frame;
  /** Who is who. */
  readonly persons: Persons;
  /** One per enrolment that counts (E of metrics.md). */
  readonly learners: readonly LearnerProgress[];
}

/** Records -> the progress of every enrolment at T (ms), knowing what was recorded by `knownAt` (ms; null: everything). */
export function cohortProgress(records: CohortRecords, asOf: number, knownAt: number | null): CohortProgress {
  const { definition } = records;
  const calendar = createCalendar(definition.timezone, definition.startsOn);
  const frame = frameOf(definition, calendar, asOf);
  const { org = '', links = [], rules = [] } = records;
  const { persons, episodes } = cohortEpisodes({ ...records, org, links, rules }, knownAt);
  const factsOf = new Map<string, KnownFact[]>();
  for (const fact of records.facts) {
    const learner = persons.ofActor(fact.actor);
    if (learner === null) continue;
    const list = factsOf.get(learner);
    if (list) list.push(fact);
    else factsOf.set(learner, [fact]);
  }
  return {
    frame,
    persons,
    learners: enrolmentsAt(frame, episodes).map((enrolment) =>
      learnerProgress(frame, enrolment, factsOf.get(enrolment.learnerId) ?? [], knownAt),
    ),
  };
}
