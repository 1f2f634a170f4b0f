import { ALERTS, STATES } from '../../metrics/types.ts';
import { queryHref } from '../cohort-query.ts';
import type { CohortView } from '../views.ts';
import { alertWords } from './alert-list.tsx';
import { HiddenQuery } from './hidden-query.tsx';

/** True when the query narrows the list. */
export function isFiltered({ state, alert, q }: CohortView['query']): boolean {
  return state !== undefined || alert !== undefined || q !== undefined;
}

/** Narrows the list of learners by state, alert and name. */
export function LearnerFilter({ view }: { view: CohortView }) {
  const { texts, path, query } = view;
  const { t } = texts;
  const cleared = { state: undefined, alert: undefined, q: undefined };
  return (
    <search aria-label={t('learners.filter')}>
      <form class="filter" method="get" action={`${path}#learners`}>
        <HiddenQuery query={query} change={cleared} />
        <div class="field">
          <label for="filter-state">{t('learners.state')}</label>
          <select id="filter-state" name="state">
            <option value="">{t('learners.any')}</option>
            {STATES.map((state) => (
              <option key={state} value={state} selected={state === query.state}>
                {t(`state.${state}`)}
              </option>
            ))}
          </select>
        </div>
        <div class="field">
          <label for="filter-alert">{t('learners.alert')}</label>
          <select id="filter-alert" name="alert">
            <option value="">{t('learners.noFilter')}</option>
            <option value="any" selected={query.alert === 'any'}>
              {t('learners.anyAlert')}
            </option>
            {ALERTS.map((alert) => (
              <option key={alert} value={alert} selected={alert === query.alert}>
                {alertWords(alert, view)}
              </option>
            ))}
          </select>
        </div>
        <div class="field">
          <label for="filter-q">{t('learners.search')}</label>
          <input id="filter-q" type="search" name="q" value={query.q ?? ''} maxLength={200} />
        </div>
        <div class="actions">
          <button type="submit">{t('learners.submit')}</button>
          {isFiltered(query) && (
            <a href={`${queryHref(path, query, { ...cleared, page: undefined })}#learners`}>
              {t('learners.reset')}
            </a>
          )}
        </div>
      </form>
    </search>
  );
}
