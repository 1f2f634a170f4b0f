/** What a column holds: `instant` is ISO 8601 in UTC. */
export type ColumnType = 'text' | 'integer' | 'number' | 'boolean' | 'instant';

export type Cell = string | number | boolean | null;

/** A column of an export. */
export interface Column<Row> {
  readonly name: string;
  readonly type: ColumnType;
  of(row: Row): Cell;
  /** Too long for a cell of a spreadsheet. */
  readonly long?: boolean;
}

/** What can be exported in every format: rows that are read as they are written. */
export interface ExportTable<Row> {
  readonly columns: readonly Column<Row>[];
  readonly rows: AsyncIterable<Row>;
  /** The row as one line of JSON, without its end. */
  line(row: Row): string;
}

export const FORMATS = ['ndjson', 'csv', 'parquet', 'xlsx'] as const;
export type Format = (typeof FORMATS)[number];

export interface WriteOptions {
  /** A byte order mark before CSV, for spreadsheets. */
  readonly bom: boolean;
  readonly onProgress: (rows: number) => void;
}
