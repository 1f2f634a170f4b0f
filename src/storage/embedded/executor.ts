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

/** The last position and the last `stored` there are. */
interface Newest {
  seq: number;
  stored: number;
}

/**
 * Reads run at once, each over one state of the database. Writes that arrive together share one transaction: the disk
 * is forced once for all of them, and none is answered before that. A write that fails is undone alone.
 * Two transactions never share a `stored`: "stored after X" must not miss what a later commit stores at X.
 */
export function createExecutor(db: Connection, clock: () => number): Executor {
  const terms = createTermNumbers(db);
  const seen = createSeen();
  let pending: Pending[] = [];
  let scheduled = false;
  let lastStored = 0;
  /** `stored` of the transaction under way, once something asked for it. */
  let stored: number | null = null;
  /** Null when somebody else may have written since it was read. */
  let newest: Newest | null = null;
  let version: unknown;

  const newestNow = (): Newest => {
    newest ??= {
      seq: Number(db.get("SELECT seq FROM sqlite_sequence WHERE name = 'statements'")?.seq ?? 0),
      stored: Number(db.get('SELECT stored FROM statements ORDER BY seq DESC LIMIT 1')?.stored ?? 0),
    };
    return newest;
  };
  const context: OperationContext = {
    db,
    terms,
    seen,
    stored: () => {
      if (stored === null) {
        const latest = newestNow();
        stored = Math.max(clock(), latest.stored + 1);
        lastStored = stored;
      }
      return stored;
    },
    nextSeq: (count) => {
      const latest = newestNow();
      const first = latest.seq + 1;
      latest.seq += count;
      latest.stored = context.stored();
      return first;
    },
    forget: () => {
      terms.forget();
      seen.forget();
    },
  };

  const forget = () => {
    terms.forget();
    seen.forget();
    newest = null;
    stored = null;
  };
  const begin = () => {
    db.exec('BEGIN IMMEDIATE');
    stored = null;
    const now = db.get('PRAGMA data_version')?.data_version;
    if (now !== version) {
      context.forget();
      newest = null;
    }
    version = now;
  };

  /** All of them, nothing but an error where one fails. */
  const together = (group: readonly Pending[]): readonly (() => void)[] =>
    likeNeighbours(group).flatMap(({ operation, items }) => {
      const outputs =
        operation.runTogether?.(
          context,
          items.map(({ input }) => input),
        ) ?? items.map(({ input }) => operation.run(context, input));
      return items.map(
        ({ resolve }, index) =>
          () =>
            resolve(outputs[index]),
      );
    });
  /** Each under a savepoint of its own, so that one that fails is undone alone. */
  const apart = (group: readonly Pending[]): readonly (() => void)[] =>
    group.map((item) => {
      const before = stored;
      db.exec('SAVEPOINT one');
      try {
        const output = item.operation.run(context, item.input);
        db.exec('RELEASE one');
        return () => item.resolve(output);
      } catch (error) {
        db.exec('ROLLBACK TO one');
        db.exec('RELEASE one');
        forget();
        stored = before;
        return () => item.reject(error);
      }
    });
  const commit = (group: readonly Pending[], run: typeof together) => {
    begin();
    const answers = run(group);
    db.exec('COMMIT');
    for (const answer of answers) answer();
  };

  const flush = () => {
    scheduled = false;
    const group = pending;
    pending = [];
    if (group.length === 0) return;
    try {
      commit(group, together);
    } catch {
      rollback(db);
      forget();
      try {
        commit(group, apart);
      } catch (error) {
        rollback(db);
        forget();
        for (const item of group) item.reject(error);
      }
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

/** Neighbours that are the same operation, in the order they came. */
function likeNeighbours(
  group: readonly Pending[],
): readonly { readonly operation: Pending['operation']; readonly items: readonly Pending[] }[] {
  const runs: { operation: Pending['operation']; items: Pending[] }[] = [];
  for (const item of group) {
    const last = runs.at(-1);
    if (last?.operation === item.operation) last.items.push(item);
    else runs.push({ operation: item.operation, items: [item] });
  }
  return runs;
}

function rollback(db: Connection): void {
  try {
    db.exec('ROLLBACK');
  } catch {
    // There is nothing to undo: BEGIN itself failed, or SQLite undid it all at the error.
  }
}
