import type { CohortDefinition } from '../../../config/cohort-definition.ts';
import type { Texts } from '../intl.ts';
import { daysBetween, localDate } from '../local-date.ts';

interface CohortFactsProps {
  readonly definition: CohortDefinition;
  readonly asOf: string;
  readonly final: boolean;
  readonly texts: Texts;
}

function dayWords({ definition, asOf, final, texts }: CohortFactsProps): string {
  const { startsOn, endsOn, timezone } = definition;
  const day = daysBetween(startsOn, localDate(asOf, timezone));
  if (final) return texts.t('cohort.closed');
  if (day < 0) return texts.t('cohort.startsIn', { days: -day });
  if (endsOn === undefined) return texts.t('cohort.day', { day });
  // In the days of grace the day number runs on past the planned length.
  const length = daysBetween(startsOn, endsOn);
  return day > length ? texts.t('cohort.day', { day }) : texts.t('cohort.dayOf', { day, length });
}

/** One line under the heading: kind, dates, day number. */
export function CohortFacts(props: CohortFactsProps) {
  const { definition, texts } = props;
  const from = texts.date(definition.startsOn, definition.timezone, 'long');
  return (
    <ul class="facts">
      <li>{texts.t(`kind.${definition.kind}`)}</li>
      <li>
        {definition.endsOn === undefined
          ? texts.t('cohort.from', { from })
          : texts.t('cohort.period', {
              from,
              to: texts.date(definition.endsOn, definition.timezone, 'long'),
            })}
      </li>
      <li>{dayWords(props)}</li>
    </ul>
  );
}
