import type { Unit } from '../../config/cohort-definition.ts';
import type { KnownFact } from './fact.ts';
import { type Spell, spellsOf } from './spells.ts';

/** Shares are compared with this tolerance (metrics.md "Rates"). */
export const TOLERANCE = 1e-9;

/** Facts on a unit, in the order of their timestamps, and how each bears on it. */
export interface UnitFacts {
  /** On the unit itself. */
  readonly own: readonly KnownFact[];
  /** On the unit, or on an attempt or submission with the unit as parent. */
  readonly attempts: readonly KnownFact[];
}

/** Facts of one unit out of a learner's evidence. */
export function factsOfUnit(unit: Unit, evidence: readonly KnownFact[]): UnitFacts {
  const bears = (fact: KnownFact, ...bearings: string[]) =>
    fact.units.some((each) => each.unit === unit.id && bearings.includes(each.bearing));
  return {
    own: evidence.filter((fact) => bears(fact, 'self')),
    attempts: evidence.filter((fact) => bears(fact, 'self', 'attempt')),
  };
}

/** Spells during which the unit is Completed (metrics.md "Completed"). */
export function completedSpells(unit: Unit, { own }: UnitFacts): readonly Spell[] {
  const said = own.filter((fact) => fact.completion !== null);
  const watched = watchedShares(unit, own);
  const points = [...said.map(({ at }) => at), ...watched.map(({ at }) => at)];
  return spellsOf(points, (instant) => {
    if (said.some((fact) => fact.completion === true && !fact.derived && fact.at <= instant)) return true;
    if (watched.some(({ at, share }) => at <= instant && share >= (unit.minProgress ?? 2) - TOLERANCE))
      return true;
    return lastConclusion(said, instant);
  });
}

/** What the LMS concluded last: of equal timestamps, completed wins (vocabulary.md "view completion"). */
function lastConclusion(said: readonly KnownFact[], instant: number): boolean {
  let at = Number.NEGATIVE_INFINITY;
  let completed = false;
  for (const fact of said) {
    if (fact.at > instant || (!fact.derived && fact.completion === true)) continue;
    if (fact.at > at) completed = fact.completion === true;
    else completed ||= fact.completion === true;
    at = fact.at;
  }
  return completed;
}

/** Progress told so far, as shares; for videos the union of played segments over the length. */
function watchedShares(
  unit: Unit,
  own: readonly KnownFact[],
): readonly { readonly at: number; readonly share: number }[] {
  if (unit.minProgress === undefined) return [];
  const played: (readonly [number, number])[] = [];
  return own.flatMap((fact) => {
    if (fact.played) {
      played.push(...fact.played.segments);
      return [{ at: fact.at, share: unionLength(played) / fact.played.length }];
    }
    return fact.progress === null ? [] : [{ at: fact.at, share: fact.progress }];
  });
}

/** Total length of intervals, overlaps counted once. */
export function unionLength(intervals: readonly (readonly [number, number])[]): number {
  let total = 0;
  let reached = Number.NEGATIVE_INFINITY;
  for (const [from, to] of [...intervals].sort((a, b) => a[0] - b[0])) {
    total += Math.max(0, to - Math.max(from, reached));
    reached = Math.max(reached, to);
  }
  return total;
}

/** Spells during which the unit is Passed (metrics.md "Passed"). */
export function passedSpells(unit: Unit, { attempts }: UnitFacts): readonly Spell[] {
  const results = attempts.flatMap((fact) => {
    const passed = outcome(unit, fact);
    return passed === null ? [] : [{ at: fact.at, passed }];
  });
  return spellsOf(
    results.map(({ at }) => at),
    (instant) => {
      const known = results.filter(({ at }) => at <= instant);
      if (unit.attempts === 'best') return known.some(({ passed }) => passed);
      const latest = Math.max(...known.map(({ at }) => at));
      return known.some(({ at, passed }) => at === latest && passed);
    },
  );
}

/** Passed, failed, or null when the fact is no attempt. With minScore only the score counts, whatever the verb. */
function outcome(unit: Unit, fact: KnownFact): boolean | null {
  if (unit.minScore === undefined) return fact.success;
  if (fact.score !== null) return fact.score >= unit.minScore - TOLERANCE;
  return fact.success === null ? null : false;
}
