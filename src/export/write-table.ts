import { csvLine } from '../web/csv-text.ts';
import type { ExportTable, Format, WriteOptions } from './table.ts';

/** How many characters are handed on at a time, at least. */
const PIECE = 64_000;

/** A table in a format, piece by piece. Libraries of a format are loaded where it is asked for. */
export async function* writeTable<Row>(
  table: ExportTable<Row>,
  format: Format,
  options: WriteOptions,
): AsyncIterable<string | Uint8Array> {
  if (format === 'ndjson') yield* textOf(table, (row) => `${table.line(row)}\n`, '', options);
  else if (format === 'csv') {
    const head = `${options.bom ? '\uFEFF' : ''}${csvLine(table.columns.map(({ name }) => name))}\r\n`;
    const line = (row: Row) => `${csvLine(table.columns.map(({ of }) => of(row)))}\r\n`;
    yield* textOf(table, line, head, options);
  } else if (format === 'parquet') {
    const { writeParquet } = await import('./write-parquet.ts');
    yield* writeParquet(table, options);
  } else {
    const { writeXlsx } = await import('./write-xlsx.ts');
    yield* writeXlsx(table, options);
  }
}

async function* textOf<Row>(
  { rows }: ExportTable<Row>,
  line: (row: Row) => string,
  head: string,
  { onProgress }: WriteOptions,
): AsyncIterable<string> {
  let piece = head;
  let count = 0;
  for await (const row of rows) {
    piece += line(row);
    count += 1;
    if (piece.length < PIECE) continue;
    yield piece;
    piece = '';
    onProgress(count);
  }
  if (piece !== '') yield piece;
  onProgress(count);
}
