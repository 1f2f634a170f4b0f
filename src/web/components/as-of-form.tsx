import { queryHref } from '../cohort-query.ts';
import { localDate } from '../local-date.ts';
import type { CohortView } from '../views.ts';
import { HiddenQuery } from './hidden-query.tsx';

/** Asks for the figures as of another date. */
export function AsOfForm({ view }: { view: CohortView }) {
  const { texts, path, query, metrics, definition, now } = view;
  const { t } = texts;
  return (
    <form class="as-of-form" method="get" action={path}>
      <HiddenQuery query={query} change={{ asOf: undefined }} />
      <label for="asOf">{t('asOf.label')}</label>
      <input
        id="asOf"
        type="date"
        name="asOf"
        value={localDate(metrics.asOf, definition.timezone)}
        max={localDate(now, definition.timezone)}
      />
      <button type="submit">{t('asOf.submit')}</button>
      {query.asOf !== undefined && (
        <a href={queryHref(path, query, { asOf: undefined, page: undefined })}>{t('asOf.today')}</a>
      )}
    </form>
  );
}
