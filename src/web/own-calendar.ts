import type { Unit } from '../../config/cohort-definition.ts';
import type { CohortFigures } from '../cohorts/figures.ts';
import type { LearnerRow } from '../metrics/types.ts';
import { type CalendarEntry, calendarFile } from './calendar-file.ts';
import type { Texts } from './intl.ts';
import { learnerSteps, STILL_POSSIBLE, type Step } from './learner-steps.ts';
import { unitTitle } from './unit-words.ts';

/** A learner's sessions, and the due dates of what they have not done yet, as a calendar file. `now` is ISO 8601. */
export function ownCalendar(
  { definition, metrics }: Pick<CohortFigures, 'definition' | 'metrics'>,
  row: LearnerRow,
  texts: Texts,
  now: string,
): string {
  const course = texts.pick(definition.title);
  const steps = learnerSteps(definition, row, { asOf: metrics.asOf, final: metrics.final });
  const entryOf = ({ unit, status }: Step): readonly CalendarEntry[] => {
    const when = whenOf(unit, STILL_POSSIBLE.includes(status));
    if (when === null || status === 'waived') return [];
    const title = unitTitle(definition, unit, texts);
    return [
      {
        uid: `${row.enrolmentId}-${definition.units.indexOf(unit) + 1}@assidu`,
        summary: 'on' in when ? texts.t('calendar.due', { title }) : title,
        description: `${course} · ${texts.t(`modality.${unit.modality}`)}`,
        ...(/^https?:/.test(unit.id) ? { url: unit.id } : {}),
        when,
        cancelled: unit.cancelled,
      },
    ];
  };
  return calendarFile(course, steps.all.flatMap(entryOf), now);
}

function whenOf({ startsAt, endsAt, dueOn }: Unit, possible: boolean): CalendarEntry['when'] | null {
  if (startsAt !== undefined) return { from: startsAt, to: endsAt ?? startsAt };
  return dueOn !== undefined && possible ? { on: dueOn } : null;
}
