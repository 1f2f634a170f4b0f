import writeExcelFile from 'write-excel-file/node';
import { AssiduError } from '../base/errors.ts';
import type { Cell, ExportTable, WriteOptions } from './table.ts';

/** A workbook is made in memory; beyond this many rows other formats serve better. */
const MOST_ROWS = 100_000;
/** Characters that Excel keeps of a cell. */
const LONGEST = 32_767;

/**
 * A table as a workbook of one sheet: its first row stays in sight, texts are never formulas, instants are ISO 8601 in
 * UTC (cells have no time zone), columns too long for cells are left out. Throws `too-large` beyond 100,000 rows.
 */
export async function* writeXlsx<Row>(
  { columns, rows }: ExportTable<Row>,
  { onProgress }: WriteOptions,
): AsyncIterable<Uint8Array> {
  const shown = columns.filter(({ long }) => long !== true);
  const sheet: Cell[][] = [shown.map(({ name }) => name)];
  for await (const row of rows) {
    if (sheet.length > MOST_ROWS)
      throw new AssiduError(
        'too-large',
        `more than ${MOST_ROWS} rows do not go into a workbook: ask for less, or for csv or parquet`,
      );
    sheet.push(shown.map(({ of }) => fitting(of(row))));
    if (sheet.length % 1_000 === 0) onProgress(sheet.length);
  }
  onProgress(sheet.length - 1);
  yield await writeExcelFile(sheet, { stickyRowsCount: 1 }).toBuffer();
}

function fitting(cell: Cell): Cell {
  return typeof cell === 'string' ? cell.slice(0, LONGEST) : cell;
}
