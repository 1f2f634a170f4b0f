import type { Difference } from './portfolio-types.ts';
import type { Rate } from './types.ts';

/**
 * Later minus earlier, of two independent rates, with the 95 % interval that their Wilson intervals give (Newcombe 1998,
 * method 10). Null where one of them has no value or no interval.
 */
export function differenceOf(later: Rate | null, earlier: Rate | null): Difference | null {
  if (!later || !earlier || later.value === null || earlier.value === null) return null;
  if (later.ci95 === null || earlier.ci95 === null) return null;
  const value = later.value - earlier.value;
  const [low, high] = later.ci95;
  const [lowBefore, highBefore] = earlier.ci95;
  return {
    value,
    ci95: [
      value - Math.hypot(later.value - low, highBefore - earlier.value),
      value + Math.hypot(high - later.value, earlier.value - lowBefore),
    ],
  };
}
