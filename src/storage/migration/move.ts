import type { Row, SqlValue } from '../embedded/connection.ts';
import type { CollectionDefinition } from '../mongodb/collection.ts';
import type { MongoContext } from '../mongodb/context.ts';
import { insertNew } from '../mongodb/insert.ts';
import type { Source } from './source.ts';

/** Where to go on in a table: the values of its key. */
export type Cursor = readonly (string | number)[];

/** Records of one collection. */
export interface Puts {
  readonly collection: string;
  readonly records: readonly { readonly _id: string | number }[];
  /** Inserts those that are not there. */
  insert(context: MongoContext): Promise<unknown>;
}

/** Some rows, and what they become. */
export interface Page {
  readonly rows: number;
  readonly next: Cursor;
  readonly puts: readonly Puts[];
  /** What else is to be done once they are inserted; it may be repeated. */
  work?(context: MongoContext): Promise<void>;
}

/** What is moved from one place to another: the same rows make the same records, however often. */
export interface Move {
  /** As people call it. */
  readonly name: string;
  /** Tables that it reads all of. */
  readonly tables: readonly string[];
  total(source: Source): number;
  pages(source: Source, after: Cursor | null): Iterable<Page>;
}

/** Records for a collection. */
export function puts<Fields extends { readonly _id: string | number }>(
  definition: CollectionDefinition<Fields>,
  records: readonly Fields[],
): Puts {
  return {
    collection: definition.name,
    records,
    insert: (context) => insertNew(context.model(definition), records),
  };
}

/** A table whose rows are read in the order of a key. */
interface Table {
  readonly name: string;
  /** Or what is selected from; then `tables` names those that it reads. */
  readonly table: string;
  readonly tables?: readonly string[];
  /** Columns that order the rows and tell them apart. */
  readonly key: readonly string[];
  /** What is read; all columns where absent. */
  readonly columns?: string;
  /** A condition that rows must meet. */
  readonly where?: string;
  /** Rows at a time. */
  readonly size?: number;
  records(rows: readonly Row[]): readonly Puts[];
  /** What else is to be done of these rows. */
  work?(rows: readonly Row[], context: MongoContext): Promise<void>;
}

const SIZE = 500;

/** A move of a table, page by page. */
export function tableMove(given: Table): Move {
  const {
    name,
    table,
    tables = [table],
    key,
    columns = '*',
    where = 'true',
    size = SIZE,
    records,
    work,
  } = given;
  const places = key.map((_, index) => `${key[index]} AS place_${index}`).join(', ');
  const order = key.join(', ');
  const beyond = `(${order}) > (${key.map(() => '?').join(', ')})`;
  return {
    name,
    tables,
    total: (source) => Number(source.all(`SELECT count(*) AS n FROM ${table} WHERE ${where}`)[0]?.n),
    pages: function* (source, after) {
      for (let from = after; ; ) {
        const rows = source.all(
          `SELECT ${columns}, ${places} FROM ${table} WHERE ${where} ${from === null ? '' : `AND ${beyond}`} ` +
            `ORDER BY ${order} LIMIT ?`,
          ...(from ?? []),
          size,
        );
        const last = rows.at(-1);
        if (last === undefined) return;
        from = key.map((_, index) => cursorValue(last[`place_${index}`]));
        yield {
          rows: rows.length,
          next: from,
          puts: records(rows),
          ...(work ? { work: (context: MongoContext) => work(rows, context) } : {}),
        };
      }
    },
  };
}

function cursorValue(value: SqlValue | undefined): string | number {
  return typeof value === 'number' ? value : String(value);
}

/** A text of a row; '' where it is null. */
export const text = (row: Row, column: string): string => String(row[column] ?? '');

export const number = (row: Row, column: string): number => Number(row[column]);

export const textOrNull = (row: Row, column: string): string | null =>
  row[column] === null || row[column] === undefined ? null : String(row[column]);

export const numberOrNull = (row: Row, column: string): number | null =>
  row[column] === null || row[column] === undefined ? null : Number(row[column]);

/** The JSON that a row keeps as `value`. */
export function json<Value>(row: Row): Value {
  return JSON.parse(text(row, 'value'));
}

export function bytes(row: Row, column: string): Uint8Array {
  const value: unknown = row[column];
  if (value instanceof Uint8Array) return value;
  return value instanceof ArrayBuffer ? new Uint8Array(value) : new Uint8Array();
}
