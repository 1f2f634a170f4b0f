import type { Calendar } from '../progress/calendar.ts';
import type { CohortMetrics, Counts, Rate, RateName } from './types.ts';

/** What the age of a cohort is counted by. */
export interface Age {
  readonly calendar: Calendar;
  /** Last day that counts; null without endsOn. */
  readonly closingDay: number | null;
}

/** A cohort at the age that is compared; null, with the reason, when it is not that old yet. */
export interface ComparedCohort {
  readonly cohortId: string;
  readonly cohortVersion: number;
  /** The end of the compared day in the cohort's zone, whether it has come or not. ISO 8601. */
  readonly asOf: string;
  readonly final: boolean | null;
  readonly counts: Counts | null;
  readonly rates: Readonly<Record<RateName, Rate>> | null;
  readonly progress: Pick<CohortMetrics['progress'], 'mean' | 'median'> | null;
  /** `younger`: the day is not over in this cohort. */
  readonly reason: 'younger' | null;
}

/** Cohorts at equal age, never at equal date (metrics.md "Funnel, pace, comparison"). */
export interface Comparison {
  readonly definitionVersion: 1;
  /** Day number, the same for all. */
  readonly day: number;
  readonly knownAt: string | null;
  readonly cohorts: readonly ComparedCohort[];
}

/** The last instant (ms) of a day number of a cohort: before its next local midnight. */
export function endOfDay({ calendar }: Age, day: number): number {
  return calendar.midnight(day + 1) - 1;
}

/**
 * The greatest day number that is over in all cohorts at `now` (ms); of cohorts that all have closed, no later than the
 * first day on which the last of them was final, since nothing changes after. Never below 0.
 */
export function commonDay(ages: readonly Age[], now: number): number {
  const over = Math.min(...ages.map(({ calendar }) => calendar.day(now) - 1));
  const final = Math.max(
    ...ages.map(({ closingDay }) => (closingDay === null ? Number.POSITIVE_INFINITY : closingDay + 1)),
  );
  return Math.max(0, Math.min(over, final));
}

/** A cohort's line of figures at the end of the day; `metrics` null where that day is not over. */
export function comparedCohort(
  cohort: { readonly id: string; readonly version: number },
  asOf: number,
  metrics: CohortMetrics | null,
): ComparedCohort {
  return {
    cohortId: cohort.id,
    cohortVersion: cohort.version,
    asOf: new Date(asOf).toISOString(),
    final: metrics?.final ?? null,
    counts: metrics?.counts ?? null,
    rates: metrics?.rates ?? null,
    progress: metrics && { mean: metrics.progress.mean, median: metrics.progress.median },
    reason: metrics ? null : 'younger',
  };
}
