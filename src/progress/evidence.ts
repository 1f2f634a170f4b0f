import type { Enrolment } from './enrolments.ts';
import type { Fact, KnownFact } from './fact.ts';

/**
 * The facts that count for an enrolment (metrics.md "evidence"): told by `knownAt` and not voided by then, within the
 * window, the same event once; in the order of their timestamps.
 */
export function evidenceOf(
  { window }: Pick<Enrolment, 'window'>,
  facts: readonly KnownFact[],
  knownAt: number | null,
): readonly Fact[] {
  const counted = facts
    .filter(({ at, stored, voidedAt }) => {
      if (at < window.from || at > window.to) return false;
      if (knownAt === null) return voidedAt === null;
      return stored <= knownAt && (voidedAt === null || voidedAt > knownAt);
    })
    .sort((a, b) => a.at - b.at || (a.sameness < b.sameness ? -1 : a.sameness > b.sameness ? 1 : 0));
  const evidence: Fact[] = [];
  for (const fact of counted) {
    const last = evidence.at(-1);
    if (last?.sameness === fact.sameness) evidence[evidence.length - 1] = merged(last, fact);
    else evidence.push(fact);
  }
  return evidence;
}

/**
 * One event told twice: same actor, meaning, object, timestamp and result, but perhaps another context. Whatever either
 * says counts, so that the order in which they came does not matter.
 */
function merged(a: Fact, b: Fact): Fact {
  const units = new Map([...a.units, ...b.units].map((each) => [`${each.bearing} ${each.unit}`, each]));
  return {
    ...a,
    act: a.act || b.act,
    derived: a.derived && b.derived,
    units: [...units.values()],
    course: a.course || b.course,
    completion: a.completion ?? b.completion,
    success: a.success ?? b.success,
    played: (a.played?.length ?? 0) >= (b.played?.length ?? 0) ? a.played : b.played,
  };
}
