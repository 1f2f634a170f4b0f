import { ENTRIES } from '../../xapi/vocabulary/event.ts';
import type { Enrolment } from './enrolments.ts';
import type { Fact, KnownFact } from './fact.ts';

const NO_SESSIONS: ReadonlySet<string> = new Set();

/**
 * The facts that count for an enrolment (metrics.md "evidence"): told by `knownAt` and not voided by then, within the
 * window, the same event once; in the order of their timestamps.
 * @param sessions units of which only the register entry recorded last is an act
 */
export function evidenceOf(
  { window }: Pick<Enrolment, 'window'>,
  facts: readonly KnownFact[],
  knownAt: number | null,
  sessions: ReadonlySet<string> = NO_SESSIONS,
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
  return withoutSuperseded(evidence, sessions);
}

/**
 * One event told twice: same actor, meaning, object, timestamp and result, but perhaps another context. Whatever either
 * says counts, so that the order in which they came does not matter.
 */
function merged(a: Fact, b: Fact): Fact {
  const units = new Map([...a.units, ...b.units].map((each) => [`${each.bearing} ${each.unit}`, each]));
  const later = isRecordedLater(b, a) ? b : a;
  return {
    ...later,
    act: a.act || b.act,
    derived: a.derived && b.derived,
    units: [...units.values()],
    course: a.course || b.course,
    completion: a.completion ?? b.completion,
    success: a.success ?? b.success,
    played: (a.played?.length ?? 0) >= (b.played?.length ?? 0) ? a.played : b.played,
  };
}

/** Of two register entries the later recordedAt holds; ties are settled by content, never by arrival. */
export function isRecordedLater(a: Fact, b: Fact): boolean {
  if (a.stored !== b.stored) return a.stored > b.stored;
  if (a.sameness !== b.sameness) return a.sameness > b.sameness;
  return a.statementId > b.statementId;
}

/** The sessions that a register entry is about. */
function sessionsOf(fact: Fact, sessions: ReadonlySet<string>): readonly string[] {
  if (fact.entry === undefined || !ENTRIES.has(fact.meaning)) return [];
  return fact.units.flatMap(({ unit, bearing }) => (bearing === 'self' && sessions.has(unit) ? [unit] : []));
}

/** Who is told to be present by an entry that another one corrects has not come because of it. */
function withoutSuperseded(evidence: readonly Fact[], sessions: ReadonlySet<string>): readonly Fact[] {
  const holding = new Map<string, Fact>();
  for (const fact of evidence)
    for (const session of sessionsOf(fact, sessions)) {
      const held = holding.get(session);
      if (held === undefined || isRecordedLater(fact, held)) holding.set(session, fact);
    }
  if (holding.size === 0) return evidence;
  return evidence.map((fact) =>
    fact.act && sessionsOf(fact, sessions).some((session) => holding.get(session) !== fact)
      ? { ...fact, act: false }
      : fact,
  );
}
