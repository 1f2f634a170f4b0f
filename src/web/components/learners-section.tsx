import { queryHref } from '../cohort-query.ts';
import type { CohortView } from '../views.ts';
import { isFiltered, LearnerFilter } from './learner-filter.tsx';
import { LearnersTable } from './learners-table.tsx';
import { Pager } from './pager.tsx';

function Empty({ title, text }: { title: string; text: string }) {
  return (
    <div class="empty">
      <p>
        <strong>{title}</strong>
      </p>
      <p>{text}</p>
    </div>
  );
}

/** The learners with their filter, their pages and their file; or why there is none to show. */
export function LearnersSection({ view }: { view: CohortView }) {
  const { texts, path, query, rows, totalRows } = view;
  const { t } = texts;
  const nobodyYet = totalRows === 0 && !isFiltered(query);
  return (
    <section class="card" aria-labelledby="learners">
      <div class="section-head">
        <h2 id="learners">{t('learners.title')}</h2>
        {!nobodyYet && <p class="quiet">{t('learners.count', { n: totalRows })}</p>}
      </div>
      {nobodyYet ? (
        <Empty title={t('learners.empty.title')} text={t('learners.empty.text')} />
      ) : (
        <>
          <LearnerFilter view={view} />
          {rows.length === 0 ? (
            <Empty title={t('learners.nobody.title')} text={t('learners.nobody.text')} />
          ) : (
            <LearnersTable view={view} />
          )}
          <div class="section-foot">
            <Pager view={view} />
            {rows.length > 0 && (
              <a class="download" href={queryHref(`${path}/learners.csv`, query, { page: undefined })}>
                {t('learners.csv')}
              </a>
            )}
          </div>
        </>
      )}
    </section>
  );
}
