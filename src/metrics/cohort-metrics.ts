import type { CohortProgress } from '../progress/cohort-progress.ts';
import { TOLERANCE } from '../progress/unit-spells.ts';
import { attendanceOf } from './attendance.ts';
import { countsOf } from './counts.ts';
import { funnelOf } from './funnel.ts';
import { mean, quantile } from './quantile.ts';
import { ratesOf } from './rates.ts';
import type { CohortMetrics } from './types.ts';
import { unitsOf } from './units.ts';
import { weeklyOf } from './weekly.ts';

/** The figures of a cohort (metrics.md "The JSON"), of its progress at T. `knownAt` in ms. */
export function cohortMetrics(
  progress: CohortProgress,
  versions: { readonly cohortVersion: number; readonly knownAt: number | null },
): CohortMetrics {
  const { frame, learners } = progress;
  const counts = countsOf(progress);
  const shares = learners.flatMap((each) => (each.progress === null ? [] : [each.progress]));
  const days = learners.flatMap(({ completedAt, enrolment }) =>
    completedAt === null ? [] : [frame.calendar.day(completedAt) - enrolment.entry],
  );
  return {
    cohortId: frame.definition.id,
    definitionVersion: 1,
    cohortVersion: versions.cohortVersion,
    asOf: new Date(frame.asOf).toISOString(),
    knownAt: versions.knownAt === null ? null : new Date(versions.knownAt).toISOString(),
    final: frame.closed,
    counts,
    rates: ratesOf(progress),
    progress: { mean: mean(shares), median: quantile(shares, 0.5), histogram: histogramOf(shares) },
    timeToComplete: {
      n: days.length,
      medianDays: quantile(days, 0.5),
      p25Days: quantile(days, 0.25),
      p75Days: quantile(days, 0.75),
    },
    funnel: funnelOf(progress),
    units: unitsOf(progress),
    weekly: weeklyOf(progress),
    attendance: attendanceOf(progress),
    cost: costOf(progress, counts.enrolled, counts.completed),
  };
}

/** Eleven counts: [0, .1) … [.9, 1), exactly 1. */
function histogramOf(shares: readonly number[]): readonly number[] {
  const counts = new Array<number>(11).fill(0);
  for (const share of shares) {
    const bin = Math.min(10, Math.floor(share * 10 + TOLERANCE));
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return counts;
}

function costOf({ frame }: CohortProgress, enrolled: number, completed: number): CohortMetrics['cost'] {
  const { cost } = frame.definition;
  if (!cost) return null;
  const total = cost.fixed + cost.perLearner * enrolled;
  return {
    currency: cost.currency,
    total,
    perEnrolled: enrolled === 0 ? null : total / enrolled,
    perCompleter: completed === 0 ? null : total / completed,
  };
}
