import { reportHref } from '../report-query.ts';
import { NAMES_SHOWN, type ReportView } from '../report-view.ts';
import { learnerName } from './learners-table.tsx';
import { ReportTable } from './report-table.tsx';

/** Who is enrolled, by name: only when it is asked for, and never for people outside. */
export function ReportNames({ view }: { view: ReportView }) {
  const { texts, names, definition, path, fixed, query } = view;
  const { t } = texts;
  if (names === null) return null;
  const { rows, from, total } = names;
  const date = (instant: string | null) =>
    instant === null ? t('value.none') : texts.date(instant, definition.timezone);
  const href = (page: number) => `${reportHref(path, fixed, texts.locale, page)}#names`;
  return (
    <section class="card report-names" aria-labelledby="names">
      <h2 id="names">{t('report.namesTitle')}</h2>
      <ReportTable
        head={[
          t('learners.name'),
          t('learners.state'),
          t('learners.progress'),
          t('learners.lastAct'),
          t('report.completedAt'),
        ]}
        lines={rows.map((row) => ({
          key: row.enrolmentId,
          head: learnerName(row, texts),
          cells: [
            t(`state.${row.state}`),
            row.progress === null ? t('value.none') : texts.wholePercent(row.progress),
            date(row.lastActAt),
            date(row.completedAt),
          ],
        }))}
      />
      {total > rows.length && (
        <nav class="pager" aria-label={t('pager.label')}>
          {from > 1 && (
            <a rel="prev" href={href(query.page - 1)}>
              {t('report.namesPrevious')}
            </a>
          )}
          <span>{t('report.namesRange', { from, to: from + rows.length - 1, total })}</span>
          {from + NAMES_SHOWN <= total && (
            <a rel="next" href={href(query.page + 1)}>
              {t('report.namesNext')}
            </a>
          )}
        </nav>
      )}
    </section>
  );
}
