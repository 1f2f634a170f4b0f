import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { differenceOf } from '../../src/metrics/difference.ts';
import { plainRate, rate } from '../../src/metrics/rate.ts';
import { verdictOf } from '../../src/metrics/verdict.ts';

const rates = fc
  .nat({ max: 300 })
  .chain((denominator) => fc.nat({ max: denominator }).map((numerator) => rate(numerator, denominator)));

describe('the difference of two rates', () => {
  it('is the one of Newcombe’s paper: 56 of 70 and 48 of 80', () => {
    const difference = differenceOf(rate(56, 70), rate(48, 80));
    expect(difference?.value).toBeCloseTo(0.2, 12);
    expect(difference?.ci95[0]).toBeCloseTo(0.0524, 4);
    expect(difference?.ci95[1]).toBeCloseTo(0.3339, 4);
  });

  it('always lies within its interval, which lies within -1 to 1, and turns round with the two', () => {
    fc.assert(
      fc.property(rates, rates, (one, other) => {
        const there = differenceOf(one, other);
        const back = differenceOf(other, one);
        expect(there === null).toBe(back === null);
        if (there === null || back === null) return;
        const [low, high] = there.ci95;
        expect(low).toBeLessThanOrEqual(there.value + 1e-12);
        expect(high).toBeGreaterThanOrEqual(there.value - 1e-12);
        expect(low).toBeGreaterThanOrEqual(-1 - 1e-12);
        expect(high).toBeLessThanOrEqual(1 + 1e-12);
        expect(back.ci95[0]).toBeCloseTo(-high, 12);
      }),
    );
  });
});

describe('what is said of a difference', () => {
  it('is that there is one only where the interval leaves 0 out', () => {
    expect(verdictOf(differenceOf(rate(56, 70), rate(48, 80)))).toBe('above');
    expect(verdictOf(differenceOf(rate(48, 80), rate(56, 70)))).toBe('below');
    expect(verdictOf(differenceOf(rate(7, 30), rate(5, 30)))).toBe('unclear');
  });

  it('is nothing where there is nothing to divide by, or no interval', () => {
    expect(verdictOf(differenceOf(rate(0, 0), rate(5, 30)))).toBe('unknown');
    expect(verdictOf(differenceOf(plainRate(3, 10), plainRate(5, 30)))).toBe('unknown');
  });

  it('is the same for a rate beside itself, whatever it is: no difference can be told', () => {
    fc.assert(
      fc.property(rates, (one) => {
        expect(['unclear', 'unknown']).toContain(verdictOf(differenceOf(one, one)));
      }),
    );
  });
});
