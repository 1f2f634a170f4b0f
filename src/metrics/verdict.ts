import type { Difference } from './portfolio-types.ts';

/** What the interval of a difference allows to say: that there is one, in which direction, or neither. */
export type Verdict = 'above' | 'below' | 'unclear' | 'unknown';

/** `unknown` where there is no difference to speak of; `unclear` where 0 lies within its interval. */
export function verdictOf(difference: Difference | null): Verdict {
  if (difference === null) return 'unknown';
  const [low, high] = difference.ci95;
  if (low > 0) return 'above';
  return high < 0 ? 'below' : 'unclear';
}
