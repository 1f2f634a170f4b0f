import type { CohortProgress } from '../progress/cohort-progress.ts';
import type { LearnerProgress } from '../progress/learner-progress.ts';
import type { State } from './types.ts';

export const MOVEMENTS = ['dropped', 'back', 'completed', 'withdrawn', 'transferred', 'arrived'] as const;
/** How somebody moved between two instants. */
export type Movement = (typeof MOVEMENTS)[number];
/** Enrolments by movement, in the order of enrolment. */
export type Movements = Readonly<Record<Movement, readonly LearnerProgress[]>>;

/** States of silence, from which an act brings people back. */
const SILENT: ReadonlySet<State | null> = new Set<State | null>(['inactive', 'dropped']);

/**
 * Who moved, by the states of metrics.md at two instants and nothing else: new in a state, back from silence, or enrolled
 * since. Who arrived and moved on since then is in both.
 */
export function movementsOf(before: CohortProgress, now: CohortProgress): Movements {
  const states = new Map(before.learners.map(({ enrolment, state }) => [enrolment.id, state]));
  const found: Record<Movement, LearnerProgress[]> = {
    dropped: [],
    back: [],
    completed: [],
    withdrawn: [],
    transferred: [],
    arrived: [],
  };
  for (const learner of now.learners) {
    const was = states.get(learner.enrolment.id) ?? null;
    const { state: is } = learner;
    if (was === null) found.arrived.push(learner);
    if (was === is) continue;
    if (is === 'dropped' || is === 'completed' || is === 'withdrawn' || is === 'transferred')
      found[is].push(learner);
    else if (SILENT.has(was) && (is === 'active' || (was === 'dropped' && is === 'inactive')))
      found.back.push(learner);
  }
  return found;
}
