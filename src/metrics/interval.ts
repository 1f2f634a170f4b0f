import type { Interval } from './types.ts';

/** The normal quantile of a 95 % interval. */
export const Z95 = 1.959963984540054;

/**
 * Interval of a share on the log-log scale, so that it stays within 0..1: share^exp(±z se / (share |ln share|)).
 * Null where the share is 0 or 1 and the scale has no value.
 */
export function logLogInterval(share: number, se: number): Interval {
  if (share <= 0 || share >= 1) return null;
  const reach = (Z95 * se) / (share * -Math.log(share));
  return [share ** Math.exp(reach), share ** Math.exp(-reach)];
}
