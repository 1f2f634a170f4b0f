import { isNarrowed, todayHref } from '../today-query.ts';
import type { TodayView } from '../today-view.ts';
import { TodayFilter } from './today-filter.tsx';
import { TodayTable } from './today-table.tsx';

function Empty({ title, text, good = false }: { title: string; text: string; good?: boolean }) {
  return (
    <div class={good ? 'empty good-news' : 'empty'}>
      <p>
        <strong>{title}</strong>
      </p>
      <p>{text}</p>
    </div>
  );
}

/** Why there is nobody to show: filters, an empty or closed cohort, or good news. */
function Nobody({ view }: { view: TodayView }) {
  const { texts, query, counts, final } = view;
  const { t } = texts;
  if (isNarrowed(query)) return <Empty title={t('today.noMatchTitle')} text={t('today.noMatch')} />;
  if (counts.enrolled === 0) return <Empty title={t('today.nobodyTitle')} text={t('today.nobody')} />;
  if (final) return <Empty title={t('today.closedTitle')} text={t('today.closed')} />;
  return <Empty title={t('today.goodTitle')} text={t('today.good')} good />;
}

function Pages({ view }: { view: TodayView }) {
  const { texts, path, query, page, pageSize, totalRows } = view;
  if (totalRows <= pageSize) return null;
  const { t } = texts;
  const to = Math.min(page * pageSize, totalRows);
  const href = (target: number) => `${todayHref(path, query, { page: target })}#list`;
  return (
    <nav class="pager" aria-label={t('today.pager')}>
      {page > 1 && (
        <a rel="prev" href={href(page - 1)}>
          {t('pager.previous')}
        </a>
      )}
      <span>{t('pager.range', { from: (page - 1) * pageSize + 1, to, total: totalRows })}</span>
      {to < totalRows && (
        <a rel="next" href={href(page + 1)}>
          {t('pager.next')}
        </a>
      )}
    </nav>
  );
}

/** What each reason means in this cohort, and in which order people come. */
function About({ view }: { view: TodayView }) {
  const { texts, definition } = view;
  const { t, days } = texts;
  const { warnAfterDays, startWithinDays, dropAfterDays } = definition.dropout;
  return (
    <details class="legend">
      <summary>{t('reason.about')}</summary>
      <ul class="bullets">
        <li>{t('reason.about.inactivity', { days: days(warnAfterDays) })}</li>
        <li>{t('reason.about.overdueUnit')}</li>
        <li>{t('reason.about.missedSession')}</li>
        <li>{t('reason.about.notStartedYet', { days: days(startWithinDays) })}</li>
        {dropAfterDays !== null && <li>{t('reason.about.dropped', { days: days(dropAfterDays) })}</li>}
        <li>{t('reason.about.contact')}</li>
        <li>{t('reason.about.order')}</li>
      </ul>
    </details>
  );
}

/** The people to see, with their filter, their pages and their file. */
export function TodayList({ view }: { view: TodayView }) {
  const { texts, path, query, rows, totalRows, counts } = view;
  const { t } = texts;
  return (
    <section class="card" aria-labelledby="list">
      <div class="section-head">
        <h2 id="list">{t('today.list')}</h2>
        {totalRows > 0 && <p class="quiet">{t('today.count', { n: totalRows })}</p>}
      </div>
      {counts.enrolled > 0 && <TodayFilter view={view} />}
      {rows.length === 0 ? <Nobody view={view} /> : <TodayTable view={view} />}
      <div class="section-foot">
        <Pages view={view} />
        {rows.length > 0 && (
          <a class="download" href={todayHref(`${path}.csv`, query, { page: undefined })}>
            {t('today.csv')}
          </a>
        )}
      </div>
      <About view={view} />
    </section>
  );
}
