import { contentId } from '../base/content-id.ts';
import type { EnrolmentChange } from '../storage/ports/cohort-store.ts';
import type { Cohort } from './definitions.ts';

/** When an enrolment is said to begin and end, ms; null: not said, or not ended. */
export interface ToldTime {
  readonly enrolledAt: number | null;
  readonly endedAt: number | null;
}

/**
 * Of a learner's episodes the one that is spoken of; undefined for a new one. What is told of an overlapping time is
 * told of the same episode. Without a beginning it is the one open now, or the last that had begun by the ending told.
 * An excluded person stays excluded, whatever is told.
 */
export function heldEpisode(
  known: readonly EnrolmentChange[],
  { enrolledAt, endedAt }: ToldTime,
  now: number,
): EnrolmentChange | undefined {
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

/** Whether two changes say the same of an episode. */
export function isSame(a: EnrolmentChange, b: EnrolmentChange): boolean {
  return (
    a.enrolledAt === b.enrolledAt &&
    a.enrolledAtSource === b.enrolledAtSource &&
    a.endedAt === b.endedAt &&
    a.reason === b.reason
  );
}

/** Id of a learner's episode after so many earlier ones: two tabs, or two instances, that enrol at once agree on it. */
export function episodeId(cohort: Cohort, learnerId: string, earlier: number): string {
  return contentId([cohort.org, cohort.id, learnerId, earlier].join('\n'));
}

/** The first change of a learner's episode after so many earlier ones: open, told by the API unless said otherwise. */
export function firstOfEpisode(
  cohort: Cohort,
  learnerId: string,
  earlier: number,
  { enrolledAt, recordedAt }: { readonly enrolledAt: number; readonly recordedAt: number },
): EnrolmentChange {
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
    source: 'api',
    recordedAt,
  };
}

/** What is told now is recorded after what is held, even within the same millisecond or when the clock went back. */
export function laterThan(held: EnrolmentChange, now: number): number {
  return Math.max(now, held.recordedAt + 1);
}
