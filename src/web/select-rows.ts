import type { LearnerRow } from '../metrics/types.ts';
import { STATES } from '../metrics/types.ts';
import { type CohortQuery, readSort, type SortColumn } from './cohort-query.ts';
import { pseudonymCode } from './pseudonym.ts';

export const PAGE_SIZE = 50;

export interface SelectedRows {
  /** The rows of the asked page. */
  readonly rows: readonly LearnerRow[];
  /** How many rows match, on all pages. */
  readonly total: number;
  /** From 1; the last page when a later one was asked for. */
  readonly page: number;
  readonly pageSize: number;
}

const collator = new Intl.Collator('fr', { sensitivity: 'base', numeric: true });

/** Letters without accents or case, so that "helene" finds "Hélène". */
export function plain(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLocaleLowerCase('fr');
}

function nameOf(row: LearnerRow): string {
  return row.name ?? pseudonymCode(row.enrolmentId);
}

/** Instants of different offsets compare as times; an absent one comes first. */
function time(instant: string | null): number {
  return instant === null ? Number.NEGATIVE_INFINITY : Date.parse(instant);
}

/** Infinity minus infinity is no number, hence no subtraction. */
function ascending(a: number, b: number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

const comparators: Readonly<Record<SortColumn, (a: LearnerRow, b: LearnerRow) => number>> = {
  attention: (a, b) =>
    ascending(b.alerts.length, a.alerts.length) || ascending(time(a.lastActAt), time(b.lastActAt)),
  name: () => 0,
  state: (a, b) => ascending(STATES.indexOf(a.state), STATES.indexOf(b.state)),
  since: (a, b) => ascending(time(a.since), time(b.since)),
  progress: (a, b) => ascending(a.progress ?? -1, b.progress ?? -1),
  lastAct: (a, b) => ascending(time(a.lastActAt), time(b.lastActAt)),
};

function byNameThenId(a: LearnerRow, b: LearnerRow): number {
  const [nameA, nameB] = [nameOf(a), nameOf(b)];
  return (
    collator.compare(nameA, nameB) ||
    (a.enrolmentId < b.enrolmentId ? -1 : a.enrolmentId > b.enrolmentId ? 1 : 0)
  );
}

/** The rows that match the query, in its order; equal ones by name, then by enrolment, so that the order is total. */
export function matchRows(rows: readonly LearnerRow[], query: CohortQuery): readonly LearnerRow[] {
  const { state, alert, q } = query;
  const wanted = q === undefined ? null : plain(q);
  const { column, descending } = readSort(query.sort);
  const compare = comparators[column];
  const sign = descending ? -1 : 1;
  return rows
    .filter(
      (row) =>
        (state === undefined || row.state === state) &&
        (alert === undefined || (alert === 'any' ? row.alerts.length > 0 : row.alerts.includes(alert))) &&
        (wanted === null || plain(nameOf(row)).includes(wanted)),
    )
    .sort((a, b) => sign * (compare(a, b) || byNameThenId(a, b)));
}

/** One page of the rows that match the query. Pure: the rows handed in are not touched. */
export function selectRows(
  rows: readonly LearnerRow[],
  query: CohortQuery,
  pageSize: number = PAGE_SIZE,
): SelectedRows {
  const matching = matchRows(rows, query);
  const pages = Math.max(1, Math.ceil(matching.length / pageSize));
  const page = Math.min(query.page, pages);
  return {
    rows: matching.slice((page - 1) * pageSize, page * pageSize),
    total: matching.length,
    page,
    pageSize,
  };
}
