import type { Enrolment } from './enrolments.ts';
import type { KnownFact } from './fact.ts';

/**
 * The facts that count for an enrolment (metrics.md "evidence"): told by `knownAt` and not voided by then, within the
 * window, the same event once; in the order of their timestamps.
 */
export function evidenceOf(
  enrolment: Enrolment,
  facts: readonly KnownFact[],
  knownAt: number | null,
): readonly KnownFact[] {
  const told = new Map<string, KnownFact>();
  for (const fact of facts) {
    if (knownAt !== null && fact.stored > knownAt) continue;
    if (fact.voidedAt !== null && (knownAt === null || fact.voidedAt <= knownAt)) continue;
    if (fact.at < enrolment.window.from || fact.at > enrolment.window.to) continue;
    told.set(fact.sameness, fact);
  }
  return [...told.values()].sort((a, b) => a.at - b.at || (a.sameness < b.sameness ? -1 : 1));
}
