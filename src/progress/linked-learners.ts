import type { EnrolmentChange } from '../storage/ports/cohort-store.ts';
import { byBeginning, type Episode } from './episode.ts';

/**
 * The episodes of one person out of what was recorded of their learners: those that overlap (each begins before the other
 * ends) are one, from the earliest beginning, open if any is open, else until the last ending with its reason; suspensions
 * united; the id is that of the earliest. Excluded ones stay by themselves.
 */
export function unitedEpisodes(person: string, changes: readonly EnrolmentChange[]): readonly Episode[] {
  const groups: EnrolmentChange[][] = [];
  let end: number | null = Number.NEGATIVE_INFINITY;
  for (const change of [...changes].sort(inTurn)) {
    const last = groups.at(-1);
    if (change.reason === 'excluded') continue;
    if (last && (end === null || change.enrolledAt < end)) last.push(change);
    else {
      groups.push([change]);
      end = Number.NEGATIVE_INFINITY;
    }
    end = end === null || change.endedAt === null ? null : Math.max(end, change.endedAt);
  }
  const excluded = changes.filter(({ reason }) => reason === 'excluded').map((each) => [each]);
  return [...groups, ...excluded].flatMap((parts) => united(person, parts)).sort(byBeginning);
}

/** @param parts of overlapping times, by their beginning */
function united(learnerId: string, parts: readonly EnrolmentChange[]): readonly Episode[] {
  const [first, second] = parts;
  if (first === undefined) return [];
  if (second === undefined) return [{ ...first, learnerId, parts }];
  const deciding = parts.reduce((a, b) => (endOf(b) > endOf(a) ? b : a));
  return [
    {
      ...first,
      learnerId,
      endedAt: deciding.endedAt,
      reason: deciding.reason,
      source: deciding.source,
      suspensions: parts.flatMap(({ suspensions }) => suspensions),
      recordedAt: Math.max(...parts.map(({ recordedAt }) => recordedAt)),
      parts,
    },
  ];
}

/** By beginning; what ended as it began comes before what lasts, since it overlaps none that begins then. */
function inTurn(a: EnrolmentChange, b: EnrolmentChange): number {
  return a.enrolledAt - b.enrolledAt || lasts(a) - lasts(b) || byBeginning(a, b);
}

function lasts(change: EnrolmentChange): number {
  return endOf(change) > change.enrolledAt ? 1 : 0;
}

function endOf({ endedAt }: EnrolmentChange): number {
  return endedAt ?? Number.POSITIVE_INFINITY;
}
