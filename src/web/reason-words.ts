import type { CohortDefinition } from '../../config/cohort-definition.ts';
import type { Reason } from '../progress/reasons.ts';
import type { Texts } from './intl.ts';
import { unitTitle } from './unit-words.ts';

/** Units named in one reason; the others are counted. */
const NAMED = 3;

interface Context {
  readonly texts: Texts;
  readonly definition: CohortDefinition;
}

/** A reason in words: how long, or which steps and when they were due or took place. */
export function reasonWords(reason: Reason, { texts, definition }: Context): string {
  const { t } = texts;
  if (!('units' in reason)) return t(`reason.${reason.kind}`, { days: texts.days(reason.days) });
  return t(`reason.${reason.kind}`, {
    n: reason.units.length,
    units: unitList(reason.units, { texts, definition }),
  });
}

/** Units by title, `dated` with their due date or the day of the session; the first few by name. */
export function unitList(
  ids: readonly string[],
  { texts, definition }: Context,
  { dated = true }: { readonly dated?: boolean } = {},
): string {
  const named = ids.slice(0, NAMED).map((id) => {
    const unit = definition.units.find((each) => each.id === id);
    if (unit === undefined) return id;
    const when = unit.satisfiedBy === 'Attended' ? unit.startsAt : unit.dueOn;
    const title = unitTitle(definition, unit, texts);
    if (when === undefined || !dated) return title;
    return texts.t('reason.unitOf', {
      unit: title,
      date: texts.date(when, definition.timezone, 'short'),
    });
  });
  const others = ids.length - named.length;
  return texts.list(others === 0 ? named : [...named, texts.t('reason.others', { n: others })]);
}
