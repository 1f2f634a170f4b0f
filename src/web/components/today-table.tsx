import { sessionIds } from '../../progress/sessions.ts';
import { readTodaySort, type TodaySortColumn, todayHref } from '../today-query.ts';
import type { TodayView } from '../today-view.ts';
import { TodayListRow } from './today-list-row.tsx';

const COLUMNS: readonly TodaySortColumn[] = [
  'name',
  'attention',
  'state',
  'lastAct',
  'progress',
  'missed',
  'contact',
];
/** Columns that begin with their largest value: the most reasons, the most sessions missed. */
const LARGEST_FIRST: ReadonlySet<TodaySortColumn> = new Set<TodaySortColumn>(['attention', 'missed']);

function SortHeader({ column, view }: { column: TodaySortColumn; view: TodayView }) {
  const { path, query, texts } = view;
  const now = readTodaySort(query.sort);
  const current = now.column === column;
  const target = current && !now.descending ? (`-${column}` as const) : column;
  const downwards = now.descending !== LARGEST_FIRST.has(column);
  return (
    <th scope="col" aria-sort={current ? (downwards ? 'descending' : 'ascending') : undefined}>
      <a class="sort" href={`${todayHref(path, query, { sort: target, page: undefined })}#list`}>
        {texts.t(`today.column.${column}`)}
        {current && (
          <span class="arrow" aria-hidden="true">
            {downwards ? '↓' : '↑'}
          </span>
        )}
      </a>
    </th>
  );
}

/** The people of one page of the list of the day. */
export function TodayTable({ view }: { view: TodayView }) {
  const sessions = sessionIds(view.definition).size > 0;
  return (
    <table class="stack learners today-list">
      <thead>
        <tr data-label={view.texts.t('today.sortBy')}>
          {COLUMNS.filter((column) => column !== 'missed' || sessions).map((column) => (
            <SortHeader key={column} column={column} view={view} />
          ))}
        </tr>
      </thead>
      <tbody>
        {view.rows.map((row, index) => (
          <TodayListRow
            key={row.learner.enrolment.id}
            row={row}
            place={index + 1}
            sessions={sessions}
            view={view}
          />
        ))}
      </tbody>
    </table>
  );
}
