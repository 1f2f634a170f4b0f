import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mean, quantile } from '../../src/metrics/quantile.ts';
import { plainRate, rate, wilson } from '../../src/metrics/rate.ts';

describe('a rate', () => {
  it('has the Wilson score interval at 95 %', () => {
    // Newcombe, Statistics in Medicine 17 (1998) 857-872, table I, method 3.
    const known: readonly [number, number, number, number][] = [
      [81, 263, 0.2553, 0.3662],
      [15, 148, 0.0624, 0.1605],
      [0, 20, 0, 0.1611],
      [1, 29, 0.0061, 0.1718],
    ];
    for (const [numerator, denominator, low, high] of known) {
      const [lo, hi] = wilson(numerator, denominator) ?? [Number.NaN, Number.NaN];
      expect(lo).toBeCloseTo(low, 4);
      expect(hi).toBeCloseTo(high, 4);
    }
    // One of two by hand: z²/n = 1.920729, centre 0.5, half 0.405471.
    expect(wilson(1, 2)?.[0]).toBeCloseTo(0.0945312, 6);
    expect(wilson(1, 2)?.[1]).toBeCloseTo(0.9054688, 6);
  });
  it('of nothing is null, and so is its interval', () => {
    expect(rate(0, 0)).toEqual({ numerator: 0, denominator: 0, value: null, ci95: null });
    expect(plainRate(3, 4)).toEqual({ numerator: 3, denominator: 4, value: 0.75, ci95: null });
  });
  it('always lies within its interval, and that within 0..1', () => {
    fc.assert(
      fc.property(fc.nat({ max: 5_000 }), fc.nat({ max: 5_000 }), (numerator, more) => {
        const { value, ci95 } = rate(numerator, numerator + more);
        if (value === null || ci95 === null) expect(numerator + more).toBe(0);
        else {
          expect(ci95[0]).toBeLessThanOrEqual(value);
          expect(ci95[1]).toBeGreaterThanOrEqual(value);
          expect(ci95[0]).toBeGreaterThanOrEqual(0);
          expect(ci95[1]).toBeLessThanOrEqual(1);
        }
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('medians and quartiles are interpolated', () => {
  it('the median of an even count is the mean of the middle two', () => {
    expect(quantile([4, 1, 3, 2], 0.5)).toBe(2.5);
    expect(quantile([9, 1, 5], 0.5)).toBe(5);
  });
  it('quartiles lie between neighbours', () => {
    expect(quantile([1, 2, 3, 4], 0.25)).toBe(1.75);
    expect(quantile([1, 2, 3, 4], 0.75)).toBe(3.25);
    expect(quantile([7], 0.25)).toBe(7);
  });
  it('sort numbers as numbers, and are null of nothing', () => {
    expect(quantile([10, 9, 100], 0.5)).toBe(10);
    expect(quantile([], 0.5)).toBeNull();
    expect(mean([])).toBeNull();
    expect(mean([1, 2])).toBe(1.5);
  });
});
