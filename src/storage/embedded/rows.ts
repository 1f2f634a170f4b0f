import type { Connection, Row, SqlValue } from './connection.ts';

/** Rows a statement takes: few sizes, so that each is prepared once. */
const SIZES = [64, 48, 32, 16, 8, 4, 2, 1];

/**
 * Inserts many rows with few statements. `into` is such as `INSERT INTO t (a, b)`, `width` the number of its columns,
 * `values` the rows one after the other; `after` what follows the rows.
 */
export function insertRows(
  db: Connection,
  into: string,
  width: number,
  values: readonly SqlValue[],
  after: string,
): void {
  for (const { sql, own } of insertsOf(into, width, values, after)) db.run(sql, ...own);
}

/** The same, with the rows answered that `after` asks for by RETURNING. */
export function insertedRows(
  db: Connection,
  into: string,
  width: number,
  values: readonly SqlValue[],
  after: string,
): readonly Row[] {
  return insertsOf(into, width, values, after).flatMap(({ sql, own }) => db.all(sql, ...own));
}

function insertsOf(into: string, width: number, values: readonly SqlValue[], after: string) {
  return runsOf(values.length / width).map(({ from, size }) => {
    const row = `(${Array(width).fill('?').join(',')})`;
    return {
      sql: `${into} VALUES ${Array(size).fill(row).join(',')} ${after}`,
      own: values.slice(from * width, (from + size) * width),
    };
  });
}

/** Rows of `select` whose last condition is completed to `IN (…)` with any number of values; `before` are its other values. */
export function selectIn(
  db: Connection,
  select: string,
  before: readonly SqlValue[],
  values: readonly SqlValue[],
) {
  return runsOf(values.length).flatMap(({ from, size }) =>
    db.all(
      `${select} IN (${Array(size).fill('?').join(',')})`,
      ...before,
      ...values.slice(from, from + size),
    ),
  );
}

/** Cuts so many rows into runs of the sizes that are prepared. */
export function runsOf(count: number): readonly { readonly from: number; readonly size: number }[] {
  const runs: { readonly from: number; readonly size: number }[] = [];
  let from = 0;
  for (const size of SIZES) for (; count - from >= size; from += size) runs.push({ from, size });
  return runs;
}
