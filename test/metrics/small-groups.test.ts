import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isFew, maskNested, maskPart, maskPartition } from '../../src/metrics/small-groups.ts';

const counts = fc.array(fc.nat({ max: 30 }), { minLength: 1, maxLength: 8 });

describe('counts that add up to a total', () => {
  it('hide nothing where no group is small; nobody at all is no group', () => {
    expect(maskPartition([5, 0, 20])).toEqual([5, 0, 20]);
  });

  it('hide besides a small one the next larger, which would tell it by subtraction', () => {
    expect(maskPartition([20, 2, 0, 7])).toEqual([20, 'few', 0, 'few']);
  });

  it('hide small ones until they are no small group together', () => {
    expect(maskPartition([30, 1, 1, 6])).toEqual([30, 'few', 'few', 'few']);
    expect(maskPartition([30, 3, 4, 6])).toEqual([30, 'few', 'few', 6]);
  });

  it('always hide no or several groups, of five people at least in all, where there are as many', () => {
    fc.assert(
      fc.property(counts, (given) => {
        const told = maskPartition(given);
        const hidden = given.filter((_, index) => told[index] === 'few');
        const inAll = hidden.reduce((sum, count) => sum + count, 0);
        for (const count of told) if (count !== 'few') expect(isFew(count)).toBe(false);
        const everybody = given.filter((count) => count > 0).length === hidden.length;
        expect(hidden.length === 0 || (hidden.length > 1 && inAll >= 5) || everybody).toBe(true);
      }),
    );
  });
});

describe('a part of a whole', () => {
  it('is hidden where the part or the rest is small', () => {
    expect([maskPart(4, 60), maskPart(57, 60), maskPart(0, 60), maskPart(60, 60), maskPart(30, 60)]).toEqual([
      'few',
      'few',
      0,
      60,
      30,
    ]);
  });
});

describe('groups within each other', () => {
  it('never differ by a few from one that is told', () => {
    expect(maskNested([55, 52, 40], [60])).toEqual([55, 'few', 40]);
    fc.assert(
      fc.property(counts, counts, (given, before) => {
        const told = maskNested(given, before);
        const shown = told.filter((count) => count !== 'few');
        for (const [index, one] of shown.entries())
          for (const other of [...before, ...shown.slice(0, index)])
            expect(isFew(Math.abs(Number(one) - Number(other)))).toBe(false);
      }),
    );
  });
});
