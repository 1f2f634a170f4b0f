import type { CohortProgress } from '../progress/cohort-progress.ts';
import { TOLERANCE } from '../progress/unit-spells.ts';
import { countsOf } from './counts.ts';
import type { FunnelStep } from './types.ts';

/** Enrolled, started, progress of at least 25, 50, 75 %, completed (metrics.md "Funnel"). */
export function funnelOf(progress: CohortProgress): readonly FunnelStep[] {
  const { enrolled, started, completed } = countsOf(progress);
  const reached = (share: number) =>
    progress.learners.filter((each) => (each.progress ?? 0) >= share - TOLERANCE).length;
  return [
    { step: 'enrolled', count: enrolled },
    { step: 'started', count: started },
    { step: 'p25', count: reached(0.25) },
    { step: 'p50', count: reached(0.5) },
    { step: 'p75', count: reached(0.75) },
    { step: 'completed', count: completed },
  ];
}
