import { queryHref } from '../cohort-query.ts';
import type { CohortView } from '../views.ts';

/** Which rows of how many are shown, and the ways to the page before and after. */
export function Pager({ view, anchor = 'learners' }: { view: CohortView; anchor?: string }) {
  const { texts, path, query, page, pageSize, totalRows } = view;
  if (totalRows <= pageSize) return null;
  const from = (page - 1) * pageSize + 1;
  const to = Math.min(page * pageSize, totalRows);
  const href = (target: number) => `${queryHref(path, query, { page: target })}#${anchor}`;
  return (
    <nav class="pager" aria-label={texts.t('pager.label')}>
      {page > 1 && (
        <a rel="prev" href={href(page - 1)}>
          {texts.t('pager.previous')}
        </a>
      )}
      <span>{texts.t('pager.range', { from, to, total: totalRows })}</span>
      {to < totalRows && (
        <a rel="next" href={href(page + 1)}>
          {texts.t('pager.next')}
        </a>
      )}
    </nav>
  );
}
