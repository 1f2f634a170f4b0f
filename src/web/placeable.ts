import type { PlacedLink } from '../../lti/deep-linking.ts';
import { OUR_TAG } from '../../lti/services/line-items.ts';
import type { Cohort } from '../cohorts/definitions.ts';
import { resourceIdOf } from '../cohorts/send-grades.ts';
import type { Texts } from './intl.ts';
import { unitTitle } from './unit-words.ts';

/** Something that can be placed into a course: a cohort, or one of its units. */
export interface Placeable {
  /** Value of the form's field. */
  readonly value: string;
  readonly cohort: Cohort;
  readonly unit: string | null;
  readonly title: string;
}

const SCORE_MAXIMUM = 100;

/** What may be placed of these cohorts, each cohort followed by its units that are not cancelled. */
export function placeablesOf(cohorts: readonly Cohort[], texts: Texts): readonly Placeable[] {
  return cohorts.flatMap((cohort) => {
    const { definition, id } = cohort;
    const units = definition.units.filter(({ cancelled }) => !cancelled);
    return [
      { value: fieldValue(id, null), cohort, unit: null, title: texts.pick(definition.title) },
      ...units.map((unit) => ({
        value: fieldValue(id, unit.id),
        cohort,
        unit: unit.id,
        title: unitTitle(definition, unit, texts),
      })),
    ];
  });
}

function fieldValue(cohort: string, unit: string | null): string {
  return [cohort, ...(unit === null ? [] : [unit])].map(encodeURIComponent).join('/');
}

/** The link that places it, titled in the language of whoever places it. */
export function linkTo({ cohort, unit, title }: Placeable, texts: Texts, withGrades: boolean): PlacedLink {
  return {
    title,
    text: texts.t('placing.itemText'),
    custom: { cohort: cohort.id, ...(unit === null ? {} : { unit }) },
    lineItem: withGrades
      ? { label: title, scoreMaximum: SCORE_MAXIMUM, resourceId: resourceIdOf(cohort.id, unit), tag: OUR_TAG }
      : null,
  };
}
