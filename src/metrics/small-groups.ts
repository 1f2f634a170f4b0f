import { SMALLEST_GROUP } from './portfolio-types.ts';

/** A count for people outside: `few` stands for what would tell of a group of 1 to 4. */
export type Masked = number | 'few';

/** True for 1 to 4 people: nobody at all is no group. */
export function isFew(count: number): boolean {
  return count > 0 && count < SMALLEST_GROUP;
}

/** A count on its own. */
export function mask(count: number): Masked {
  return isFew(count) ? 'few' : count;
}

/** A part of a whole that is told beside it: neither the part nor the rest may be few. */
export function maskPart(count: number, whole: number): Masked {
  return isFew(count) || isFew(whole - count) ? 'few' : count;
}

/**
 * Counts that add up to a total that is told: the small ones, and besides as many of the next larger as it takes that
 * what is hidden is more than one count and not few in all.
 */
export function maskPartition(counts: readonly number[]): readonly Masked[] {
  const hidden = new Set(counts.flatMap((count, index) => (isFew(count) ? [index] : [])));
  const next = counts
    .map((count, index) => ({ count, index }))
    .filter(({ count }) => count >= SMALLEST_GROUP)
    .sort((a, b) => a.count - b.count || a.index - b.index);
  const inAll = () => [...hidden].reduce((sum, index) => sum + (counts[index] ?? 0), 0);
  while (hidden.size > 0 && (hidden.size < 2 || inAll() < SMALLEST_GROUP)) {
    const other = next.shift();
    if (other === undefined) break;
    hidden.add(other.index);
  }
  return counts.map((count, index) => (hidden.has(index) ? 'few' : count));
}

/** Counts of groups within each other, after those that are told already: none may differ from one told by a few. */
export function maskNested(counts: readonly number[], told: readonly number[]): readonly Masked[] {
  const shown = [...told];
  return counts.map((count) => {
    if (isFew(count) || shown.some((other) => isFew(Math.abs(other - count)))) return 'few';
    shown.push(count);
    return count;
  });
}
