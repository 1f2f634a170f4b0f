import type { LearnerRow } from '../../metrics/types.ts';
import { queryHref, readSort, type SortColumn } from '../cohort-query.ts';
import type { Texts } from '../intl.ts';
import { learnerPath } from '../paths.ts';
import { pseudonymCode } from '../pseudonym.ts';
import type { CohortView } from '../views.ts';
import { AlertList } from './alert-list.tsx';
import { Bar } from './bar.tsx';
import { StateChip } from './state-chip.tsx';

/** The name, or where the platform hides names a pseudonym that stays the same. */
export function learnerName(row: LearnerRow, texts: Texts): string {
  return row.name ?? texts.t('learners.pseudonym', { code: pseudonymCode(row.enrolmentId) });
}

function SortHeader({ column, label, view }: { column: SortColumn; label: string; view: CohortView }) {
  const { path, query } = view;
  const now = readSort(query.sort);
  const current = now.column === column;
  const target = current && !now.descending ? (`-${column}` as const) : column;
  // "attention" begins with the most alerts, so its plain order runs downwards.
  const downwards = now.descending !== (column === 'attention');
  return (
    <th scope="col" aria-sort={current ? (downwards ? 'descending' : 'ascending') : undefined}>
      <a class="sort" href={`${queryHref(path, query, { sort: target, page: undefined })}#learners`}>
        {label}
        {current && (
          <span class="arrow" aria-hidden="true">
            {downwards ? '↓' : '↑'}
          </span>
        )}
      </a>
    </th>
  );
}

function Row({
  row,
  labels,
  view,
}: {
  row: LearnerRow;
  labels: Readonly<Record<string, string>>;
  view: CohortView;
}) {
  const { texts, definition } = view;
  const learnerId = view.learnerOf?.get(row.enrolmentId);
  const none = texts.t('value.none');
  return (
    <tr>
      <th scope="row">
        {learnerId === undefined ? (
          learnerName(row, texts)
        ) : (
          <a href={`${learnerPath(view.launchId, definition.id, learnerId)}?lang=${texts.locale}`}>
            {learnerName(row, texts)}
          </a>
        )}
      </th>
      <td data-label={labels.state}>
        <StateChip state={row.state} texts={texts} />
      </td>
      <td class="date" data-label={labels.since}>
        {texts.date(row.since, definition.timezone)}
      </td>
      <td data-label={labels.progress}>
        {row.progress === null ? (
          none
        ) : (
          <span class="progress">
            <Bar share={row.progress} />
            <span class="num">{texts.wholePercent(row.progress)}</span>
          </span>
        )}
      </td>
      <td class="date" data-label={labels.lastAct}>
        {row.lastActAt === null ? (
          <span class="quiet">{texts.t('learners.never')}</span>
        ) : (
          texts.date(row.lastActAt, definition.timezone)
        )}
      </td>
      <td data-label={labels.attention}>
        <AlertList alerts={row.alerts} context={view} />
      </td>
    </tr>
  );
}

/** The learners of one page of the list. */
export function LearnersTable({ view }: { view: CohortView }) {
  const { t } = view.texts;
  const labels: Readonly<Record<SortColumn, string>> = {
    name: t('learners.name'),
    state: t('learners.state'),
    since: t('learners.since'),
    progress: t('learners.progress'),
    lastAct: t('learners.lastAct'),
    attention: t('learners.alerts'),
  };
  const columns: readonly SortColumn[] = ['name', 'state', 'since', 'progress', 'lastAct', 'attention'];
  return (
    <table class="stack learners">
      <thead>
        <tr data-label={t('learners.sortBy')}>
          {columns.map((column) => (
            <SortHeader key={column} column={column} label={labels[column]} view={view} />
          ))}
        </tr>
      </thead>
      <tbody>
        {view.rows.map((row) => (
          <Row key={row.enrolmentId} row={row} labels={labels} view={view} />
        ))}
      </tbody>
    </table>
  );
}
