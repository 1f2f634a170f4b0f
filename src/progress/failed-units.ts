import type { Frame } from './enrolments.ts';
import { evidenceOf } from './evidence.ts';
import type { KnownFact } from './fact.ts';
import type { LearnerProgress } from './learner-progress.ts';
import { sessionIds } from './sessions.ts';
import { currentFrom } from './spells.ts';
import { factsByUnit } from './unit-facts.ts';
import { passedSpells } from './unit-spells.ts';

/**
 * Units to be passed that were attempted and are not passed (metrics.md "Passed"), among those still demanded; by id.
 * @param facts of all the learner's identities
 */
export function failedUnits(
  { definition }: Frame,
  { enrolment, units }: LearnerProgress,
  facts: readonly KnownFact[],
): readonly string[] {
  const open = definition.units.filter((unit, index) => {
    const standing = units[index];
    const demanded = standing?.required && !standing.waived && standing.satisfiedAt === null;
    return demanded && unit.satisfiedBy.includes('Passed');
  });
  if (open.length === 0) return [];
  const factsOf = factsByUnit(evidenceOf(enrolment, facts, null, sessionIds(definition)));
  return open
    .filter((unit) => {
      const told = factsOf(unit.id);
      const tried = told.attempts.some(({ score, success }) => score !== null || success !== null);
      return tried && currentFrom(passedSpells(unit, told)) === null;
    })
    .map(({ id }) => id);
}
