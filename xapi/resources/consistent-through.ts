import { setTimeout } from 'node:timers/promises';
import type { StatementStore } from '../../src/storage/ports/statement-store.ts';

/** The header that says so. */
export const THROUGH_HEADER = 'X-Experience-API-Consistent-Through';

/** How long reading waits for those who write, in ms. */
const PATIENCE = 20;
/** How old what is known may be before it is asked for again, and before that is waited for, in ms. */
const FRESH = 1_000;
const RECENT = 10_000;

/** The instant up to which every statement, stored or still to be, can be read (xAPI 1.0.3 Communication 2.1.3). */
export interface Consistency {
  /** Asks the store: nothing that was stored before this was called lies after it. ISO 8601. */
  now(): Promise<string>;
  /**
   * What was known lately, for answers that return no statements: nobody waits for it while statements come in. Null
   * when the store does not say.
   */
  lately(): Promise<string | null>;
}

/**
 * The store is asked to mark the present. When it is too busy writing to do so soon, or cannot write, the instant of the
 * newest statement will do: `stored` grows with every commit, and that of a busy store is hardly older.
 */
export function createConsistency(
  statements: Pick<StatementStore, 'mark' | 'head'>,
  clock: () => number,
): Consistency {
  let known: { readonly through: string; readonly at: number } | null = null;
  let asking: Promise<string | null> | null = null;

  const now = async (): Promise<string> => {
    const at = clock();
    const done = new AbortController();
    const marked = await Promise.race([
      statements.mark().catch(() => null),
      setTimeout(PATIENCE, null, { signal: done.signal }).catch(() => null),
    ]);
    done.abort();
    const through = new Date(marked === null ? (await statements.head()).stored : marked - 1).toISOString();
    known = { through, at };
    return through;
  };

  const askOnce = (): Promise<string | null> => {
    asking ??= now()
      .catch(() => known?.through ?? null)
      .finally(() => {
        asking = null;
      });
    return asking;
  };

  return {
    now,
    lately: async () => {
      const age = known === null ? Number.POSITIVE_INFINITY : Math.abs(clock() - known.at);
      if (known !== null && age <= FRESH) return known.through;
      const asked = askOnce();
      return known !== null && age <= RECENT ? known.through : asked;
    },
  };
}
