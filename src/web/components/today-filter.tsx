import {
  CONTACT_FILTERS,
  isNarrowed,
  OPEN_STATES,
  REASON_KINDS,
  todayHref,
  todayPairs,
} from '../today-query.ts';
import type { TodayView } from '../today-view.ts';
import { unitTitle } from '../unit-words.ts';

interface Option {
  readonly value: string;
  readonly label: string;
}

function Choice({
  name,
  label,
  none,
  options,
  chosen,
}: {
  readonly name: string;
  readonly label: string;
  readonly none: string;
  readonly options: readonly Option[];
  readonly chosen: string | number | undefined;
}) {
  return (
    <div class="field">
      <label for={`filter-${name}`}>{label}</label>
      <select id={`filter-${name}`} name={name}>
        <option value="">{none}</option>
        {options.map(({ value, label: words }) => (
          <option key={value} value={value} selected={value === String(chosen)}>
            {words}
          </option>
        ))}
      </select>
    </div>
  );
}

const CLEARED = { reason: undefined, state: undefined, unit: undefined, q: undefined, contact: undefined };

/** Narrows the list by reason, contact, state, step and name. Closed until it is used, so that the list comes first. */
export function TodayFilter({ view }: { view: TodayView }) {
  const { texts, path, query, definition } = view;
  const { t } = texts;
  const narrowed = isNarrowed(query);
  return (
    <search aria-label={t('today.filter')}>
      <details class="today-filter" open={narrowed}>
        <summary>{t('today.filters')}</summary>
        <form class="filter" method="get" action={`${path}#list`}>
          {todayPairs(query, { ...CLEARED, page: undefined }).map(([name, value]) => (
            <input key={name} type="hidden" name={name} value={value} />
          ))}
          <div class="field">
            <label for="filter-q">{t('today.search')}</label>
            <input id="filter-q" type="search" name="q" value={query.q ?? ''} maxLength={200} />
          </div>
          <Choice
            name="reason"
            label={t('today.reason')}
            none={t('today.anyReason')}
            chosen={query.reason}
            options={[
              ...REASON_KINDS.map((kind) => ({ value: kind, label: t(`reason.kind.${kind}`) })),
              { value: 'all', label: t('today.everyone') },
            ]}
          />
          <Choice
            name="contact"
            label={t('today.contactFilter')}
            none={t('today.anyContact')}
            chosen={query.contact}
            options={CONTACT_FILTERS.map((value) => ({ value, label: t(`today.contact.${value}`) }))}
          />
          <Choice
            name="state"
            label={t('today.state')}
            none={t('today.anyState')}
            chosen={query.state}
            options={OPEN_STATES.map((value) => ({ value, label: t(`state.${value}`) }))}
          />
          <Choice
            name="unit"
            label={t('today.unit')}
            none={t('today.anyUnit')}
            chosen={query.unit}
            options={definition.units.map((unit, index) => ({
              value: String(index + 1),
              label: unitTitle(definition, unit, texts),
            }))}
          />
          <div class="actions">
            <button type="submit">{t('today.submit')}</button>
            {narrowed && (
              <a href={`${todayHref(path, query, { ...CLEARED, page: undefined })}#list`}>
                {t('today.reset')}
              </a>
            )}
          </div>
        </form>
      </details>
    </search>
  );
}
