import { ByteWriter, type ColumnSource, ParquetWriter } from 'hyparquet-writer';
import type { Cell, Column, ColumnType, ExportTable, WriteOptions } from './table.ts';

type Schema = ConstructorParameters<typeof ParquetWriter>[0]['schema'];
type Element = Schema[number];

/** Rows of a row group: they are in memory together. */
const GROUP = 5_000;
/** How much is gathered before it is handed on, in bytes. */
const PIECE = 1_000_000;

const TYPES: Readonly<Record<ColumnType, Omit<Element, 'name'>>> = {
  text: { type: 'BYTE_ARRAY', converted_type: 'UTF8' },
  integer: { type: 'INT32' },
  number: { type: 'DOUBLE' },
  boolean: { type: 'BOOLEAN' },
  instant: { type: 'INT64', converted_type: 'TIMESTAMP_MILLIS' },
};

/** A table as Parquet, compressed with Snappy: instants are timestamps in UTC. */
export async function* writeParquet<Row>(
  { columns, rows }: ExportTable<Row>,
  { onProgress }: WriteOptions,
): AsyncIterable<Uint8Array> {
  const bytes = new PieceWriter();
  const schema: Schema = [
    { name: 'root', num_children: columns.length },
    ...columns.map(({ name, type }): Element => ({ name, repetition_type: 'OPTIONAL', ...TYPES[type] })),
  ];
  const file = new ParquetWriter({ writer: bytes, schema, createdBy: 'assidu' });
  let group: Row[] = [];
  let count = 0;
  const flush = () => {
    file.write({ columnData: columns.map((column) => sourceOf(column, group)), rowGroupSize: GROUP });
    count += group.length;
    group = [];
    onProgress(count);
  };
  for await (const row of rows) {
    group.push(row);
    if (group.length < GROUP) continue;
    flush();
    yield* bytes.taken();
  }
  if (group.length > 0) flush();
  file.finish();
  bytes.finish();
  yield* bytes.taken();
}

function sourceOf<Row>({ name, type, of }: Column<Row>, rows: readonly Row[]): ColumnSource {
  const values = rows.map((row) => storedValue(type, of(row)));
  return { name, data: values };
}

function storedValue(type: ColumnType, cell: Cell): Cell | Date {
  return type === 'instant' && typeof cell === 'string' ? new Date(cell) : cell;
}

/** Bytes in pieces that are given away: the whole file never is in memory. */
class PieceWriter extends ByteWriter {
  readonly #pieces: Uint8Array[] = [];

  override ensure(size: number): void {
    if (this.index > PIECE) this.#cut();
    super.ensure(size);
  }

  override finish(): void {
    this.#cut();
  }

  *taken(): Iterable<Uint8Array> {
    yield* this.#pieces.splice(0);
  }

  #cut(): void {
    if (this.index === 0) return;
    this.#pieces.push(new Uint8Array(this.buffer.slice(0, this.index)));
    this.index = 0;
  }
}
