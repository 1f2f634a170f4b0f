import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { AssiduError } from '../../base/errors.ts';
import { type Connection, openConnection, type Row, type SqlValue } from '../embedded/connection.ts';
import { isNewest } from '../embedded/migrations.ts';

/** An embedded store as it was when it was opened, which nothing here changes. */
export interface Source {
  all(sql: string, ...values: readonly SqlValue[]): readonly Row[];
  count(table: string): number;
  /** The same for the same store, whatever was added since. */
  readonly identity: string;
  /** Another one when anything was added or removed. */
  readonly stamp: string;
  /** Throws `conflict` when the store was changed since it was opened. */
  checkUnchanged(): void;
  close(): void;
}

/** What grows with nearly every change; leases are whose turn it is, facts can be made again. */
const NOT_COUNTED = new Set(['leases', 'fact_pages', 'fold_positions', 'people_revisions']);

function digest(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex');
}

const plain = (rows: readonly Row[], columns: readonly string[]) =>
  rows.map((row) => columns.map((column) => row[column]));

function identityOf(db: Connection): string {
  return digest([
    plain(db.all('SELECT org, id, stored FROM statements ORDER BY seq LIMIT 1'), ['org', 'id', 'stored']),
    plain(db.all('SELECT kid FROM tool_keys ORDER BY created_at, kid LIMIT 1'), ['kid']),
    plain(db.all('SELECT id FROM keys ORDER BY created_at, id LIMIT 1'), ['id']),
  ]);
}

function stampOf(db: Connection): string {
  const tables = plain(
    db.all(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' " +
        "AND name NOT LIKE '%links' AND name NOT IN ('statement_agents', 'statement_activities') ORDER BY name",
    ),
    ['name'],
  ).map(([name]) => String(name));
  return digest([
    plain(db.all('SELECT name, seq FROM sqlite_sequence ORDER BY name'), ['name', 'seq']),
    plain(db.all('SELECT org, n FROM people_revisions ORDER BY org'), ['org', 'n']),
    tables
      .filter((name) => !NOT_COUNTED.has(name))
      .map((name) => [name, Number(db.get(`SELECT count(*) AS n FROM ${name}`)?.n)]),
  ]);
}

/**
 * Opens the store of a folder for reading, all of it as of now. Throws `not-found` where there is none, `conflict` where
 * an older or newer version made it.
 */
export function openSource(folder: string): Source {
  const file = join(folder, 'assidu.sqlite');
  if (!existsSync(file)) throw new AssiduError('not-found', `no embedded store in ${folder}`);
  const db = openConnection(file, 'read');
  try {
    if (!isNewest(db))
      throw new AssiduError(
        'conflict',
        'another version made this store: bring it up to date with assidu migrate',
      );
    // Whatever is written from now on is not seen.
    db.exec('BEGIN');
    const stamp = stampOf(db);
    return {
      all: db.all,
      count: (table) => Number(db.get(`SELECT count(*) AS n FROM ${table}`)?.n),
      identity: identityOf(db),
      stamp,
      checkUnchanged: () => {
        const now = openConnection(file, 'read');
        try {
          if (stampOf(now) === stamp) return;
        } finally {
          now.close();
        }
        throw new AssiduError(
          'conflict',
          'the store was written to meanwhile: stop what uses it and begin anew',
        );
      },
      close: db.close,
    };
  } catch (error) {
    db.close();
    throw error;
  }
}
