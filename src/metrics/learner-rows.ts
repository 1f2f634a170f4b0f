import type { CohortProgress } from '../progress/cohort-progress.ts';
import type { LearnerProgress } from '../progress/learner-progress.ts';
import type { LearnerRow } from './types.ts';

/** Who a learner is, as the rows name them. */
export interface LearnerName {
  /** xAPI agent. */
  readonly actor: Readonly<Record<string, unknown>>;
  /** Null where the platform hides names. */
  readonly name: string | null;
}

/** A row per enrolment (metrics.md "GET …/learners"), in the order of enrolment. */
export function learnerRows(
  progress: CohortProgress,
  nameOf: (learnerId: string) => LearnerName,
): readonly LearnerRow[] {
  return progress.learners.map((learner) => rowOf(learner, nameOf(learner.enrolment.learnerId)));
}

function rowOf(learner: LearnerProgress, { actor, name }: LearnerName): LearnerRow {
  const { enrolment, minutes } = learner;
  return {
    enrolmentId: enrolment.id,
    actor,
    name,
    // Instants are made texts when they are asked for: a list of thousands shows a few.
    get enrolledAt() {
      return iso(enrolment.enrolledAt);
    },
    get endedAt() {
      return isoOrNull(enrolment.endedAt);
    },
    state: learner.state,
    get since() {
      return iso(learner.since);
    },
    alerts: learner.alerts,
    progress: learner.progress,
    realisation: minutes.planned === 0 ? null : Math.floor((100 * minutes.satisfied) / minutes.planned + 0.5),
    get firstActAt() {
      return isoOrNull(learner.firstActAt);
    },
    get lastActAt() {
      return isoOrNull(learner.lastActAt);
    },
    get lastSeenAt() {
      return isoOrNull(learner.lastSeenAt);
    },
    get completedAt() {
      return isoOrNull(learner.completedAt);
    },
    get units() {
      return learner.units.map(({ id, satisfiedAt, waived }) => ({
        id,
        satisfiedAt: isoOrNull(satisfiedAt),
        waived,
      }));
    },
    get sessions() {
      return learner.sessions.map(({ unit, status, minutes: present }) => ({
        id: unit,
        status,
        minutes: present === null ? null : Math.round(present),
      }));
    },
  };
}

function iso(instant: number): string {
  return new Date(instant).toISOString();
}

function isoOrNull(instant: number | null): string | null {
  return instant === null ? null : iso(instant);
}
