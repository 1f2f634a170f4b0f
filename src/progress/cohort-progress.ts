import type { CohortDefinition } from '../../config/cohort-definition.ts';
import type { EnrolmentChange, Identity, IdentityLink, IdentityRule } from '../storage/ports/cohort-store.ts';
import { createCalendar } from './calendar.ts';
import { cohortEpisodes } from './cohort-episodes.ts';
import { enrolmentsAt, type Frame, frameOf } from './enrolments.ts';
import type { KnownFact } from './fact.ts';
import { type LearnerProgress, learnerProgress } from './learner-progress.ts';
import type { Persons } from './persons.ts';
import type { ProgressMemory } from './progress-memory.ts';

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

const NONE: readonly never[] = [];

/** A cohort at T, as known at `knownAt`. */
export interface CohortProgress {
  readonly frame: Frame;
  /** Who is who. */
  readonly persons: Persons;
  /** One per enrolment that counts (E of metrics.md). */
  readonly learners: readonly LearnerProgress[];
}

/**
 * Records -> the progress of every enrolment at T (ms), knowing what was recorded by `knownAt` (ms; null: everything).
 * @param memory of this version of the cohort; only with everything known
 */
export function cohortProgress(
  records: CohortRecords,
  asOf: number,
  knownAt: number | null,
  memory?: ProgressMemory,
): CohortProgress {
  const { definition } = records;
  const remembering = knownAt === null ? memory : undefined;
  const calendar =
    remembering?.calendar(definition) ?? createCalendar(definition.timezone, definition.startsOn);
  const frame = frameOf(definition, calendar, asOf);
  const { org = '', links = NONE, rules = NONE } = records;
  const known = { ...records, org, links, rules };
  const { persons, episodes } = remembering?.episodes(known) ?? cohortEpisodes(known, knownAt);
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
    learners: enrolmentsAt(frame, episodes).map((enrolment) => {
      const facts = factsOf.get(enrolment.learnerId) ?? [];
      return remembering
        ? remembering.progress(frame, enrolment, facts)
        : learnerProgress(frame, enrolment, facts, knownAt);
    }),
  };
}
