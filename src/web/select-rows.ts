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

/** What a column is sorted by, the first that differs deciding; worked out once for a row, not at every comparison. */
const keys: Readonly<Record<SortColumn, (row: LearnerRow) => readonly number[]>> = {
  attention: (row) => [-row.alerts.length, time(row.lastActAt)],
  name: () => [],
  state: (row) => [STATES.indexOf(row.state)],
  since: (row) => [time(row.since)],
  progress: (row) => [row.progress ?? -1],
  lastAct: (row) => [time(row.lastActAt)],
};

interface Sortable {
  readonly row: LearnerRow;
  readonly key: readonly number[];
  readonly name: string;
}

/** By key, then by name, then by enrolment. */
function compare(a: Sortable, b: Sortable): number {
  for (const [index, one] of a.key.entries()) {
    const other = b.key[index] ?? one;
    // Infinity minus infinity is no number, hence no subtraction.
    if (one !== other) return one < other ? -1 : 1;
  }
  const [idA, idB] = [a.row.enrolmentId, b.row.enrolmentId];
  return collator.compare(a.name, b.name) || (idA < idB ? -1 : idA > idB ? 1 : 0);
}

/** The rows that match the query, in its order; equal ones by name, then by enrolment, so that the order is total. */
export function matchRows(rows: readonly LearnerRow[], query: CohortQuery): readonly LearnerRow[] {
  const { state, alert, q } = query;
  const wanted = q === undefined ? null : plain(q);
  const { column, descending } = readSort(query.sort);
  const keyOf = keys[column];
  const sign = descending ? -1 : 1;
  return rows
    .filter(
      (row) =>
        (state === undefined || row.state === state) &&
        (alert === undefined || (alert === 'any' ? row.alerts.length > 0 : row.alerts.includes(alert))) &&
        (wanted === null || plain(nameOf(row)).includes(wanted)),
    )
    .map((row) => ({ row, key: keyOf(row), name: nameOf(row) }))
    .sort((a, b) => sign * compare(a, b))
    .map(({ row }) => row);
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
