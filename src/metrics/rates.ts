import type { CohortProgress } from '../progress/cohort-progress.ts';
import { attendanceTotals } from './attendance.ts';
import { countsOf, hasStarted } from './counts.ts';
import { plainRate, rate } from './rate.ts';
import type { CohortMetrics } from './types.ts';

/** All rates of metrics.md "Rates". */
export function ratesOf(progress: CohortProgress): CohortMetrics['rates'] {
  const counts = countsOf(progress);
  const { held, attended, excused } = attendanceTotals(progress);
  const startedLeavers = progress.learners.filter(
    (each) => hasStarted(each) && (each.state === 'dropped' || each.state === 'withdrawn'),
  ).length;
  return {
    startRate: rate(counts.started, counts.enrolled),
    completionOfEnrolled: rate(counts.completed, counts.enrolled),
    completionOfStarted: rate(counts.completed, counts.started),
    dropoutOfEnrolled: rate(counts.dropped + counts.withdrawn, counts.enrolled),
    dropoutOfStarted: rate(startedLeavers, counts.started),
    neverStarted: rate(counts.notStarted + counts.noShow, counts.enrolled),
    attendanceGross: plainRate(attended, held),
    attendanceNet: plainRate(attended, held - excused),
  };
}
