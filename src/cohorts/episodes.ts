import { contentId } from '../base/content-id.ts';
import type { Episode } from '../progress/episode.ts';
import type { EnrolmentChange } from '../storage/ports/cohort-store.ts';
import type { Cohort } from './definitions.ts';

/** When an enrolment is said to begin and end, ms; null: not said, or not ended. */
export interface ToldTime {
  readonly enrolledAt: number | null;
  readonly endedAt: number | null;
}

/**
 * Of a person's episodes the one that is spoken of; undefined for a new one. What is told of an overlapping time is
 * told of the same episode. Without a beginning it is the one open now, or the last that had begun by the ending told.
 * An excluded person stays excluded, whatever is told.
 */
export function heldEpisode<Held extends EnrolmentChange>(
  known: readonly Held[],
  { enrolledAt, endedAt }: ToldTime,
  now: number,
): Held | undefined {
  const excluded = known.find(({ reason }) => reason === 'excluded');
  if (excluded) return excluded;
  const inOrder = [...known].sort((a, b) => a.enrolledAt - b.enrolledAt);
  if (enrolledAt === null)
    return inOrder.findLast((each) =>
      endedAt === null ? (each.endedAt ?? Number.POSITIVE_INFINITY) > now : each.enrolledAt <= endedAt,
    );
  return (
    inOrder.find((each) => each.enrolledAt === enrolledAt) ??
    inOrder.findLast((each) => overlap(each, { enrolledAt, endedAt }))
  );
}

function overlap(
  held: EnrolmentChange,
  told: { readonly enrolledAt: number; readonly endedAt: number | null },
): boolean {
  return (
    told.enrolledAt < (held.endedAt ?? Number.POSITIVE_INFINITY) &&
    held.enrolledAt < (told.endedAt ?? Number.POSITIVE_INFINITY)
  );
}

/** What an episode is to be. */
export type Terms = Pick<
  EnrolmentChange,
  'enrolledAt' | 'enrolledAtSource' | 'endedAt' | 'reason' | 'suspensions'
>;

/** Whether two say the same of an episode. */
export function isSame(a: Terms, b: Terms): boolean {
  return (
    a.enrolledAt === b.enrolledAt &&
    a.enrolledAtSource === b.enrolledAtSource &&
    a.endedAt === b.endedAt &&
    a.reason === b.reason &&
    JSON.stringify(a.suspensions) === JSON.stringify(b.suspensions)
  );
}

/** By whom and by what way something is recorded, when (ms). */
export interface Recording {
  readonly source: EnrolmentChange['source'];
  readonly recordedBy: string;
  readonly at: number;
}

/**
 * The changes after which an episode is what it is to be: one of each of its parts, where linked learners were enrolled
 * at the same time, so that together they say so and none says otherwise by itself.
 */
export function amended(
  held: Episode,
  terms: Terms,
  { source, recordedBy, at }: Recording,
): readonly EnrolmentChange[] {
  const { endedAt, reason } = terms;
  return held.parts.map((part, index): EnrolmentChange => {
    const decides = part.endedAt === null || part.endedAt === held.endedAt || reason === 'excluded';
    const ends = decides || (endedAt !== null && part.endedAt !== null && part.endedAt > endedAt);
    const enrolledAt = index === 0 ? terms.enrolledAt : Math.max(part.enrolledAt, terms.enrolledAt);
    return {
      ...part,
      enrolledAt: ends && endedAt !== null ? Math.min(enrolledAt, endedAt) : enrolledAt,
      enrolledAtSource: index === 0 ? terms.enrolledAtSource : part.enrolledAtSource,
      endedAt: ends ? endedAt : part.endedAt,
      reason: ends ? reason : part.reason,
      suspensions: index === 0 ? terms.suspensions : [],
      source,
      recordedBy,
      recordedAt: laterThan(held, at),
    };
  });
}

/** Id of a learner's episode after so many earlier ones: two tabs, or two instances, that enrol at once agree on it. */
export function episodeId(cohort: Cohort, learnerId: string, earlier: number): string {
  return contentId([cohort.org, cohort.id, learnerId, earlier].join('\n'));
}

/** The first change of a learner's episode, open, with an id that none of those `taken` has. */
export function firstOfEpisode(
  cohort: Cohort,
  learnerId: string,
  taken: ReadonlySet<string>,
  enrolledAt: number,
  { source, recordedBy, at }: Recording,
): EnrolmentChange {
  let earlier = 0;
  while (taken.has(episodeId(cohort, learnerId, earlier))) earlier += 1;
  return {
    org: cohort.org,
    cohortId: cohort.id,
    enrolmentId: episodeId(cohort, learnerId, earlier),
    learnerId,
    enrolledAt,
    enrolledAtSource: 'stated',
    endedAt: null,
    reason: null,
    suspensions: [],
    source,
    recordedBy,
    recordedAt: at,
  };
}

/** What is told now is recorded after what is held, even within the same millisecond or when the clock went back. */
export function laterThan(held: Pick<EnrolmentChange, 'recordedAt'>, now: number): number {
  return Math.max(now, held.recordedAt + 1);
}
