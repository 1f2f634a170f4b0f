import type { CohortDefinition, Unit } from '../../config/cohort-definition.ts';
import type { Texts } from './intl.ts';

/** A unit's title, or "Étape 3" after its place when it has none. */
export function unitTitle(definition: CohortDefinition, unit: Unit, texts: Texts): string {
  if (unit.title !== undefined) return texts.pick(unit.title);
  return texts.t('unit.untitled', { n: definition.units.indexOf(unit) + 1 });
}

/** What satisfies a unit, in words (metrics.md "A unit is satisfied"). */
export function satisfiedByWords(unit: Unit, texts: Texts): string {
  const { t, wholePercent } = texts;
  const { satisfiedBy, minProgress, minScore, minAttendance } = unit;
  if (satisfiedBy === 'Attended')
    return t('satisfiedBy.Attended', { share: wholePercent(minAttendance ?? 0.8) });
  if (satisfiedBy === 'Completed' && minProgress !== undefined)
    return t('satisfiedBy.progress', { share: wholePercent(minProgress) });
  if (satisfiedBy === 'Passed' && minScore !== undefined)
    return t('satisfiedBy.score', { share: wholePercent(minScore) });
  return t(`satisfiedBy.${satisfiedBy}`);
}
