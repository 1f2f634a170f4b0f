import type { Connection, SqlValue } from './connection.ts';

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
  for (const { from, size } of runsOf(values.length / width)) {
    const row = `(${Array(width).fill('?').join(',')})`;
    db.run(
      `${into} VALUES ${Array(size).fill(row).join(',')} ${after}`,
      ...values.slice(from * width, (from + size) * width),
    );
  }
}

/** Cuts so many rows into runs of the sizes that are prepared. */
export function runsOf(count: number): readonly { readonly from: number; readonly size: number }[] {
  const runs: { readonly from: number; readonly size: number }[] = [];
  let from = 0;
  for (const size of SIZES) for (; count - from >= size; from += size) runs.push({ from, size });
  return runs;
}
