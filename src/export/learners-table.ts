import { actorKey } from '../../xapi/statement/ifi.ts';
import type { CohortFigures } from '../cohorts/figures.ts';
import type { LearnerRow } from '../metrics/types.ts';
import type { Cell, Column, ColumnType, ExportTable } from './table.ts';

const column = (name: string, type: ColumnType, of: (row: LearnerRow) => Cell): Column<LearnerRow> => ({
  name,
  type,
  of,
});

/** The learners of a cohort, a row each enrolment; one column a unit (satisfiedAt) and one a session (status). */
export function learnersTable(
  { rows, metrics, definition }: Pick<CohortFigures, 'rows' | 'metrics' | 'definition'>,
  chosen: readonly LearnerRow[] = rows,
): ExportTable<LearnerRow> {
  const sessions = [...new Set(rows.flatMap((row) => row.sessions.map(({ id }) => id)))];
  return {
    columns: [
      column('cohortId', 'text', () => metrics.cohortId),
      column('asOf', 'instant', () => metrics.asOf),
      column('enrolmentId', 'text', (row) => row.enrolmentId),
      column('actor', 'text', (row) => actorKey(row.actor)),
      column('name', 'text', (row) => row.name),
      column('enrolledAt', 'instant', (row) => row.enrolledAt),
      column('endedAt', 'instant', (row) => row.endedAt),
      column('state', 'text', (row) => row.state),
      column('since', 'text', (row) => row.since),
      column('alerts', 'text', (row) => row.alerts.join(' ')),
      column('progress', 'number', (row) => row.progress),
      column('realisation', 'number', (row) => row.realisation),
      column('firstActAt', 'instant', (row) => row.firstActAt),
      column('lastActAt', 'instant', (row) => row.lastActAt),
      column('lastSeenAt', 'instant', (row) => row.lastSeenAt),
      column('completedAt', 'instant', (row) => row.completedAt),
      ...definition.units.map(({ id }) =>
        column(`satisfiedAt ${id}`, 'instant', (row) => unitOf(row, id)?.satisfiedAt ?? null),
      ),
      ...sessions.map((id) =>
        column(`session ${id}`, 'text', (row) => row.sessions.find((each) => each.id === id)?.status ?? null),
      ),
    ],
    rows: each(chosen),
    line: (row) => JSON.stringify(row),
  };
}

function unitOf(row: LearnerRow, id: string) {
  return row.units.find((each) => each.id === id);
}

/** Rows that are there already. */
export async function* each<Row>(rows: readonly Row[]): AsyncIterable<Row> {
  yield* rows;
}
