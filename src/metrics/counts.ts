import type { CohortProgress } from '../progress/cohort-progress.ts';
import type { LearnerProgress } from '../progress/learner-progress.ts';
import type { Counts, State } from './types.ts';

/** Started: any act, or completed (metrics.md "startRate"). */
export function hasStarted({ acts, state }: LearnerProgress): boolean {
  return acts.length > 0 || state === 'completed';
}

/** Counts of the partition; the nine states add up to `enrolled`. */
export function countsOf({ frame, learners }: CohortProgress): Counts {
  const inState = (state: State) => learners.filter((each) => each.state === state).length;
  return {
    enrolled: learners.length,
    started: learners.filter(hasStarted).length,
    completed: inState('completed'),
    transferred: inState('transferred'),
    withdrawn: inState('withdrawn'),
    withdrawnBeforeStart: learners.filter(
      ({ state, enrolment }) =>
        state === 'withdrawn' &&
        enrolment.endedAt !== null &&
        frame.calendar.day(enrolment.endedAt) <= enrolment.entry,
    ).length,
    noShow: inState('noShow'),
    notStarted: inState('notStarted'),
    dropped: inState('dropped'),
    unfinished: inState('unfinished'),
    inactive: inState('inactive'),
    active: inState('active'),
    atRisk: learners.filter(({ alerts }) => alerts.length > 0).length,
  };
}
