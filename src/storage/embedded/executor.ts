import type { Connection } from './connection.ts';
import type { Operation, OperationContext } from './operation.ts';
import { createSeen } from './seen.ts';
import { createTermNumbers } from './terms.ts';

interface Pending {
  readonly operation: Operation<unknown, unknown>;
  readonly input: unknown;
  resolve(output: unknown): void;
  reject(error: unknown): void;
}

/** Runs operations over one connection. */
export interface Executor {
  submit(operation: Operation<unknown, unknown>, input: unknown): Promise<unknown>;
  /** Runs what is pending, then closes the connection. */
  close(): void;
}

/**
 * Reads run at once, each over one state of the database. Writes that arrive together share one transaction: the disk
 * is forced once for all of them, and none is answered before that. A write that fails is undone alone.
 * Two transactions never share a `stored`: "stored after X" must not miss what a later commit stores at X.
 */
export function createExecutor(db: Connection, clock: () => number): Executor {
  const terms = createTermNumbers(db);
  const seen = createSeen(db);
  let pending: Pending[] = [];
  let scheduled = false;
  let lastStored = 0;
  let stored: number | null = null;

  const context: OperationContext = {
    db,
    terms,
    seen,
    stored: () => {
      if (stored === null) {
        const newest = db.get('SELECT stored FROM statements ORDER BY seq DESC LIMIT 1');
        stored = Math.max(clock(), Number(newest?.stored ?? 0) + 1);
        lastStored = stored;
      }
      return stored;
    },
  };

  const runOne = (item: Pending): (() => void) => {
    db.exec('SAVEPOINT one');
    try {
      const output = item.operation.run(context, item.input);
      db.exec('RELEASE one');
      return () => item.resolve(output);
    } catch (error) {
      db.exec('ROLLBACK TO one');
      db.exec('RELEASE one');
      terms.forget();
      seen.forget();
      return () => item.reject(error);
    }
  };

  const flush = () => {
    scheduled = false;
    const group = pending;
    pending = [];
    if (group.length === 0) return;
    stored = null;
    try {
      db.exec('BEGIN IMMEDIATE');
      seen.begin();
      const answers = group.map(runOne);
      db.exec('COMMIT');
      for (const answer of answers) answer();
    } catch (error) {
      rollback(db);
      terms.forget();
      seen.forget();
      for (const item of group) item.reject(error);
    }
  };

  const runRead = (operation: Pending['operation'], input: unknown): unknown => {
    db.exec('BEGIN');
    try {
      return operation.run(context, input);
    } finally {
      rollback(db);
    }
  };

  const schedule = () => {
    if (scheduled) return;
    scheduled = true;
    // One transaction a millisecond at most keeps `stored` from running ahead of the clock.
    if (clock() <= lastStored) setTimeout(flush, 1);
    else setImmediate(flush);
  };

  return {
    submit: (operation, input) => {
      if (operation.access === 'read') {
        return new Promise((resolve) => {
          resolve(runRead(operation, input));
        });
      }
      return new Promise((resolve, reject) => {
        pending.push({ operation, input, resolve, reject });
        schedule();
      });
    },
    close: () => {
      flush();
      db.close();
    },
  };
}

function rollback(db: Connection): void {
  try {
    db.exec('ROLLBACK');
  } catch {
    // There is nothing to undo: BEGIN itself failed, or SQLite undid it all at the error.
  }
}
