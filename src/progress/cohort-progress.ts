import type { CohortDefinition } from '../../config/cohort-definition.ts';
import type { EnrolmentChange, Identity } from '../storage/ports/cohort-store.ts';
import { createCalendar } from './calendar.ts';
import { enrolmentsAt, type Frame, frameOf } from './enrolments.ts';
import type { KnownFact } from './fact.ts';
import { type LearnerProgress, learnerProgress } from './learner-progress.ts';

/** Everything that is kept of a cohort, whatever its order. */
export interface CohortRecords {
  readonly definition: CohortDefinition;
  readonly changes: readonly EnrolmentChange[];
  readonly identities: readonly Identity[];
  readonly facts: readonly KnownFact[];
}

/** A cohort at T, as known at `knownAt`. */
export interface CohortProgress {
  readonly frame: Frame;
  /** One per enrolment that counts (E of metrics.md). */
  readonly learners: readonly LearnerProgress[];
}

/** Records -> the progress of every enrolment at T (ms), knowing what was recorded by `knownAt` (ms; null: everything). */
export function cohortProgress(records: CohortRecords, asOf: number, knownAt: number | null): CohortProgress {
  const { definition } = records;
  const calendar = createCalendar(definition.timezone, definition.startsOn);
  const frame = frameOf(definition, calendar, asOf);
  const learnerOf = new Map(
    records.identities
      .filter(({ recordedAt }) => knownAt === null || recordedAt <= knownAt)
      .sort((a, b) => a.recordedAt - b.recordedAt || (a.learnerId < b.learnerId ? -1 : 1))
      .map(({ actor, learnerId }) => [actor, learnerId]),
  );
  const factsOf = new Map<string, KnownFact[]>();
  for (const fact of records.facts) {
    const learner = learnerOf.get(fact.actor);
    if (learner === undefined) continue;
    const list = factsOf.get(learner);
    if (list) list.push(fact);
    else factsOf.set(learner, [fact]);
  }
  return {
    frame,
    learners: enrolmentsAt(frame, records.changes, knownAt).map((enrolment) =>
      learnerProgress(frame, enrolment, factsOf.get(enrolment.learnerId) ?? [], knownAt),
    ),
  };
}
