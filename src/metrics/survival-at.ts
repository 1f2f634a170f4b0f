import type { Interval, Retention } from './types.ts';

/** What is known of the survival curve on a day: S, its interval. */
export interface SurvivalPoint {
  readonly survival: number;
  readonly ci95: Interval;
}

/** The curve on a day: that of the last day with a dropout. Null after its horizon, and where nobody is observed. */
export function survivalAt({ curve, horizon, n }: Retention, day: number): SurvivalPoint | null {
  if (n === 0 || day > horizon) return null;
  const row = curve.findLast((each) => each.day <= day);
  if (row === undefined) return { survival: 1, ci95: null };
  return { survival: row.survival, ci95: row.lo === null || row.hi === null ? null : [row.lo, row.hi] };
}
