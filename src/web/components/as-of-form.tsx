import { queryHref } from '../cohort-query.ts';
import { daysBetween, localDate, plusDays } from '../local-date.ts';
import type { CohortView } from '../views.ts';
import { HiddenQuery } from './hidden-query.tsx';

/** The last day on which figures change: today, or of a closed cohort the day after its closing. */
function lastDay({ definition, now }: CohortView): number {
  const { startsOn, endsOn, graceDays, timezone } = definition;
  const today = daysBetween(startsOn, localDate(now, timezone));
  if (endsOn === undefined) return today;
  return Math.min(today, daysBetween(startsOn, plusDays(endsOn, graceDays)) + 1);
}

/** Asks for the figures as of another date; a script shows the slider (assets/as-of-slider.js). */
export function AsOfForm({ view }: { view: CohortView }) {
  const { texts, path, query, metrics, definition, now } = view;
  const { t } = texts;
  const { startsOn, timezone } = definition;
  const date = localDate(metrics.asOf, timezone);
  const last = lastDay(view);
  return (
    <form class="as-of-form" method="get" action={path}>
      <HiddenQuery query={query} change={{ asOf: undefined }} />
      <label for="asOf">{t('asOf.label')}</label>
      <input id="asOf" type="date" name="asOf" value={date} max={localDate(now, timezone)} />
      <button type="submit">{t('asOf.submit')}</button>
      {query.asOf !== undefined && (
        <a href={queryHref(path, query, { asOf: undefined, page: undefined })}>{t('asOf.today')}</a>
      )}
      {last > 0 && (
        <div class="as-of-slider" data-day={t('asOf.day', { day: '#' })} hidden>
          <label for="asOf-slider">{t('asOf.slide')}</label>
          <input
            id="asOf-slider"
            type="range"
            min="0"
            max={last}
            value={Math.min(last, Math.max(0, daysBetween(startsOn, date)))}
            data-from={startsOn}
          />
          <output for="asOf-slider" />
        </div>
      )}
    </form>
  );
}
