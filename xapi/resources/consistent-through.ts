import type { StatementStore } from '../../src/storage/ports/statement-store.ts';

/** Whose empty write marks the instant. */
const NOBODY = { keyId: '', standings: false, voidsAny: false };

/**
 * The instant (ms) up to which every statement, stored or still to be, can be read (xAPI 1.0.3 Communication 2.1.3).
 * Writes are committed one after another and `stored` never falls: once an empty write has come through, what it would
 * have been stored at lies ahead of all that is committed and not after anything to come. When the store cannot be
 * written to, the newest statement's instant is known at least.
 */
export async function consistentThrough(
  statements: Pick<StatementStore, 'append' | 'head'>,
  org: string,
): Promise<number> {
  try {
    const marked = await statements.append(org, NOBODY, []);
    if (marked.kind === 'stored') return marked.stored - 1;
  } catch {
    // Reading does not depend on writing.
  }
  return (await statements.head()).stored;
}
