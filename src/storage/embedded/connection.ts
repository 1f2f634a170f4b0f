import Libsql from 'libsql';

export type SqlValue = string | number | null | Uint8Array;
export type Row = Readonly<Record<string, SqlValue>>;

/** What an operation may do with the database. Statements are prepared once and kept. */
export interface Connection {
  all(sql: string, ...values: readonly SqlValue[]): readonly Row[];
  get(sql: string, ...values: readonly SqlValue[]): Row | undefined;
  /** Number of rows changed. */
  run(sql: string, ...values: readonly SqlValue[]): number;
  exec(sql: string): void;
  close(): void;
}

/** How long a writer waits for another process's transaction, in ms. */
const BUSY_TIMEOUT = 20_000;
/** How long to wait before asking again for what does not wait by itself, in ms. */
const RETRY_AFTER = 20;
/** To what size the write-ahead log is cut back after a large transaction, in bytes. */
const LOG_LIMIT = 64 * 1024 * 1024;
/** Bytes of a page: most statements fit, and a commit takes fewer writes than with the usual 4 kB. */
const PAGE_SIZE = 8_192;
/** After how many pages the log is copied into the file: pages written often are copied once. */
const CHECKPOINT_EVERY = 4_000;

/** Pages kept in memory, in kB: those to be written are changed again and again; those read are in the system's memory too. */
const CACHE = { write: 8_000, read: 4_000 };

/**
 * Opens a SQLite file for writing, or for reading only (by `query_only`: libsql does not enforce `readonly`).
 * WAL with synchronous=FULL: what a commit has answered survives a crash of process and machine.
 */
export function openConnection(file: string, access: 'read' | 'write'): Connection {
  const database = new Libsql(file);
  database.exec(`PRAGMA busy_timeout = ${BUSY_TIMEOUT}`);
  database.exec(`PRAGMA page_size = ${PAGE_SIZE}`);
  if (access === 'write') useWriteAheadLog(database);
  database.exec('PRAGMA synchronous = FULL');
  database.exec(`PRAGMA journal_size_limit = ${LOG_LIMIT}`);
  database.exec(`PRAGMA wal_autocheckpoint = ${CHECKPOINT_EVERY}`);
  database.exec('PRAGMA foreign_keys = ON');
  database.exec(`PRAGMA cache_size = -${CACHE[access]}`);
  database.exec('PRAGMA temp_store = MEMORY');
  if (access === 'read') database.exec('PRAGMA query_only = ON');

  type Prepared = ReturnType<typeof database.prepare>;
  const prepared = new Map<string, Prepared>();
  const using = <Result>(sql: string, work: (statement: Prepared) => Result): Result => {
    const known = prepared.get(sql);
    const statement = known ?? database.prepare(sql);
    if (!known) prepared.set(sql, statement);
    try {
      return work(statement);
    } catch (error) {
      // libsql 0.5 would run it again with the values that failed, whatever values it is given.
      prepared.delete(sql);
      throw error;
    }
  };
  // Values go as one array: libsql takes a single null for an object of named values.
  return {
    all: (sql, ...values) => using(sql, (statement) => statement.all(values)) as Row[],
    get: (sql, ...values) => using(sql, (statement) => statement.get(values)) as Row | undefined,
    run: (sql, ...values) => using(sql, (statement) => statement.run(values)).changes,
    exec: (sql) => {
      database.exec(sql);
    },
    close: () => {
      prepared.clear();
      database.close();
    },
  };
}

/** Turns the write-ahead log on. While other processes open a new file too, SQLite refuses that at once, timeout or not. */
function useWriteAheadLog(database: Libsql.Database): void {
  for (let waited = 0; ; waited += RETRY_AFTER) {
    try {
      database.exec('PRAGMA journal_mode = WAL');
      return;
    } catch (error) {
      const busy = error instanceof Error && 'code' in error && error.code === 'SQLITE_BUSY';
      if (!busy || waited >= BUSY_TIMEOUT) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, RETRY_AFTER);
    }
  }
}
