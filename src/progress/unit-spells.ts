import type { Unit } from '../../config/cohort-definition.ts';
import type { Fact } from './fact.ts';
import { type Spell, spellsTold } from './spells.ts';
import type { UnitFacts } from './unit-facts.ts';

/** Shares are compared with this tolerance (metrics.md "Rates"). */
export const TOLERANCE = 1e-9;

/**
 * Spells during which the unit is Completed (metrics.md "Completed"). Who says it without being an LMS says it for good;
 * of what LMSs conclude, the latest holds, and of equal timestamps completed (vocabulary.md "view completion").
 */
export function completedSpells(unit: Unit, { own }: UnitFacts): readonly Spell[] {
  const { minProgress } = unit;
  const progressOf = watching();
  let forGood = false;
  let concluded = false;
  const telling = own.filter(
    ({ completion, progress, played }) =>
      completion !== null || (minProgress !== undefined && (progress !== null || played !== null)),
  );
  return spellsTold(telling, (facts) => {
    let conclusion: boolean | null = null;
    for (const fact of facts) {
      if (fact.completion === true && !fact.derived) forGood = true;
      else if (fact.completion !== null) conclusion = conclusion === true || fact.completion;
      if (minProgress !== undefined && progressOf(fact) >= minProgress - TOLERANCE) forGood = true;
    }
    concluded = conclusion ?? concluded;
    return forGood || concluded;
  });
}

/** Progress told by one fact after the other, 0..1; of a video the union of all played segments over its length. */
function watching(): (fact: Fact) => number {
  const played: (readonly [number, number])[] = [];
  let length: number | null = null;
  return (fact) => {
    length = fact.played?.length ?? length;
    played.push(...(fact.played?.segments ?? []));
    const said = fact.progress ?? Number.NEGATIVE_INFINITY;
    if (fact.played === null || length === null) return said;
    const bound = length;
    const watched = unionLength(played.map(([from, to]) => [from, Math.min(to, bound)])) / bound;
    // Who tells a length and no segments tells the progress itself.
    return fact.played.segments.length === 0 ? Math.max(watched, said) : watched;
  };
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
  const outcomes = attempts.flatMap((fact) => {
    const outcome = outcomeOf(unit, fact);
    return outcome === null ? [] : [{ at: fact.at, outcome }];
  });
  let passed = false;
  return spellsTold(outcomes, (told) => {
    passed = told.some(({ outcome }) => outcome) || (unit.attempts === 'best' && passed);
    return passed;
  });
}

/**
 * Passed, failed, or null when the fact is no attempt. With minScore only the score counts, whatever the verb; what an
 * LMS concludes from an attempt is no other attempt.
 */
function outcomeOf(unit: Unit, fact: Fact): boolean | null {
  if (unit.minScore === undefined) return fact.success;
  if (fact.score !== null) return fact.score >= unit.minScore - TOLERANCE;
  return fact.success === null || fact.derived ? null : false;
}
