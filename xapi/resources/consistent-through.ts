import { setTimeout } from 'node:timers/promises';
import type { StatementStore } from '../../src/storage/ports/statement-store.ts';

/** How long reading waits for those who write, in ms. */
const PATIENCE = 20;

/**
 * The instant (ms) up to which every statement, stored or still to be, can be read (xAPI 1.0.3 Communication 2.1.3).
 * The store is asked to mark the present. When it is too busy writing to do so soon, or cannot write, the instant of the
 * newest statement will do: `stored` grows with every commit, and that of a busy store is hardly older.
 */
export async function consistentThrough(statements: Pick<StatementStore, 'mark' | 'head'>): Promise<number> {
  const done = new AbortController();
  const marked = await Promise.race([
    statements.mark().catch(() => null),
    setTimeout(PATIENCE, null, { signal: done.signal }).catch(() => null),
  ]);
  done.abort();
  return marked === null ? (await statements.head()).stored : marked - 1;
}
