import { Z95 } from './interval.ts';
import type { Rate } from './types.ts';

/** Wilson score interval of a proportion at 95 %, clamped to 0..1; null when there is nothing to divide by. */
export function wilson(numerator: number, denominator: number): readonly [number, number] | null {
  if (denominator === 0) return null;
  const share = numerator / denominator;
  const z2 = (Z95 * Z95) / denominator;
  const centre = (share + z2 / 2) / (1 + z2);
  const half = (Z95 / (1 + z2)) * Math.sqrt((share * (1 - share)) / denominator + z2 / (4 * denominator));
  // At the ends the bound is the share itself, which rounding would miss by a hair.
  return [
    numerator === 0 ? 0 : Math.max(0, centre - half),
    numerator === denominator ? 1 : Math.min(1, centre + half),
  ];
}

/** A rate with its interval (metrics.md "Rates"). */
export function rate(numerator: number, denominator: number): Rate {
  return {
    numerator,
    denominator,
    value: denominator === 0 ? null : numerator / denominator,
    ci95: wilson(numerator, denominator),
  };
}

/** A rate whose trials depend on each other, so that no interval is given (attendance). */
export function plainRate(numerator: number, denominator: number): Rate {
  return { ...rate(numerator, denominator), ci95: null };
}
