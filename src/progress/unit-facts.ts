import type { Fact } from './fact.ts';

/** Facts on a unit, in the order of their timestamps, and how each bears on it. */
export interface UnitFacts {
  /** On the unit itself. */
  readonly own: readonly Fact[];
  /** On the unit, or on an attempt or submission with the unit as parent. */
  readonly attempts: readonly Fact[];
  /** Any act on the unit or on something below it. */
  readonly reached: boolean;
}

const NONE: UnitFacts = { own: [], attempts: [], reached: false };

/** Looks up the facts of a unit in a learner's evidence, which is gone through once. */
export function factsByUnit(evidence: readonly Fact[]): (unitId: string) => UnitFacts {
  const byUnit = new Map<string, { own: Fact[]; attempts: Fact[]; reached: boolean }>();
  for (const fact of evidence)
    for (const { unit, bearing } of fact.units) {
      const facts = byUnit.get(unit) ?? { own: [], attempts: [], reached: false };
      byUnit.set(unit, facts);
      if (bearing === 'self') facts.own.push(fact);
      if (bearing !== 'below') facts.attempts.push(fact);
      if (fact.act) facts.reached = true;
    }
  return (unitId) => byUnit.get(unitId) ?? NONE;
}
