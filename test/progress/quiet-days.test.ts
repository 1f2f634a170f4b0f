import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayOfSilence, firstSilentDay, mergePauses, silentDays } from '../../src/progress/quiet-days.ts';

describe('silence counts days outside breaks and suspensions', () => {
  it('days d with after < d <= upTo', () => {
    expect(silentDays(3, 10, [])).toBe(7);
    expect(silentDays(10, 10, [])).toBe(0);
    expect(silentDays(12, 10, [])).toBe(0);
  });
  it('a pause counts nothing, however it lies', () => {
    expect(silentDays(3, 10, [[5, 7]])).toBe(4);
    expect(silentDays(3, 10, [[-5, 5]])).toBe(5);
    expect(silentDays(3, 10, [[9, 99]])).toBe(5);
    expect(silentDays(3, 10, [[0, 99]])).toBe(0);
  });
  it('overlapping pauses are not counted twice', () => {
    const pauses = mergePauses([
      [6, 8],
      [5, 6],
      [8, 7],
    ]);
    expect(pauses).toEqual([[5, 8]]);
    expect(silentDays(3, 10, pauses)).toBe(3);
  });
  it('the drop day is the day after, or the first after the break that follows', () => {
    expect(firstSilentDay(3, [])).toBe(4);
    expect(firstSilentDay(3, [[4, 9]])).toBe(10);
    expect(firstSilentDay(3, [[5, 9]])).toBe(4);
    expect(
      firstSilentDay(
        3,
        mergePauses([
          [4, 9],
          [10, 12],
        ]),
      ),
    ).toBe(13);
  });
  it('always: counting day by day gives the same', () => {
    const day = fc.integer({ min: -20, max: 40 });
    const pauses = fc.array(
      fc.tuple(day, fc.nat({ max: 9 })).map(([from, more]) => [from, from + more] as const),
    );
    fc.assert(
      fc.property(day, day, pauses, fc.integer({ min: 1, max: 20 }), (after, upTo, raw, length) => {
        const merged = mergePauses(raw);
        const silent = (d: number) => !raw.some(([from, to]) => from <= d && d <= to);
        let counted = 0;
        for (let d = after + 1; d <= upTo; d += 1) if (silent(d)) counted += 1;
        expect(silentDays(after, upTo, merged)).toBe(counted);
        const reached = dayOfSilence(after, length, merged);
        expect(silentDays(after, reached, merged)).toBe(length);
        expect(silentDays(after, reached - 1, merged)).toBe(length - 1);
      }),
    );
  });
});
