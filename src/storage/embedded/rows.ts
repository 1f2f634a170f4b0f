import type { Connection, SqlValue } from './connection.ts';

/** Rows a statement takes: few sizes, so that each is prepared once. */
const SIZES = [64, 16, 4, 1];

/**
 * Inserts many rows with few statements. `into` is such as `INSERT INTO t (a, b)`, `width` the number of its columns,
 * `values` the rows one after the other; `after` what follows the rows.
 */
export function insertRows(
  db: Connection,
  into: string,
  width: number,
  values: readonly SqlValue[],
  after = '',
): void {
  for (const { from, size } of runsOf(values.length / width)) {
    const row = `(${Array(width).fill('?').join(',')})`;
    db.run(
      `${into} VALUES ${Array(size).fill(row).join(',')} ${after}`,
      ...values.slice(from * width, (from + size) * width),
    );
  }
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

function runsOf(count: number): readonly { readonly from: number; readonly size: number }[] {
  const runs: { readonly from: number; readonly size: number }[] = [];
  let from = 0;
  for (const size of SIZES) for (; count - from >= size; from += size) runs.push({ from, size });
  return runs;
}
