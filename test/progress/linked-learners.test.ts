import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unitedEpisodes } from '../../src/progress/linked-learners.ts';
import { at, enrolled } from '../support/scene.ts';

/** Times in which somebody was enrolled; a few of no length, a few of no end. */
const times = fc.array(
  fc.tuple(fc.nat(6), fc.oneof({ weight: 3, arbitrary: fc.nat(4) }, fc.constant(null))),
  { maxLength: 6 },
);
const enrolments = fc
  .tuple(times, fc.shuffledSubarray(['a', 'b', 'c', 'd', 'e', 'f'], { minLength: 6 }))
  .map(([all, names]) =>
    all.map(([from, length], index) =>
      enrolled(names[index], {
        enrolledAt: at(from),
        endedAt: length === null ? null : at(from + length),
        reason: length === null ? null : 'withdrawn',
      }),
    ),
  );

describe('the episodes of linked learners', () => {
  it('are one where each begins before the other ends, and only there, whatever they are called', () => {
    fc.assert(
      fc.property(enrolments, (changes) => {
        const end = ({ endedAt }: { readonly endedAt: number | null }) => endedAt ?? Number.POSITIVE_INFINITY;
        const episodes = unitedEpisodes('a', changes);
        for (const one of episodes)
          for (const other of episodes)
            if (one !== other) expect(one.enrolledAt < end(other) && other.enrolledAt < end(one)).toBe(false);
        const joined = episodes.flatMap(({ parts }) => parts.filter(() => parts.length > 1));
        const overlapping = changes.filter((one) =>
          changes.some(
            (other) => one !== other && one.enrolledAt < end(other) && other.enrolledAt < end(one),
          ),
        );
        expect(new Set(joined)).toEqual(new Set(overlapping));
      }),
      { numRuns: 500 },
    );
  });
});
