import { setTimeout as pause } from 'node:timers/promises';
import type { Uploads } from '../attachments/uploads.ts';
import { byKeys } from '../by-keys.ts';
import type { MongoContext } from '../context.ts';
import { insertNew } from '../insert.ts';
import type { KeepSaid } from '../said/keep-said.ts';
import { BATCHES, batchId } from './batches-collection.ts';
import { holds, keysOf, type PlacedEntry, recordsOf } from './entry.ts';
import type { Horizons } from './horizon.ts';
import type { Journal, OpenBatch } from './journal.ts';
import type { References } from './references.ts';
import { STATEMENTS } from './statements-collection.ts';

/** How long to wait for an earlier batch before looking again, ms. */
const AGAIN_AFTER = 5;
/** Keys in one question at most. */
const TOGETHER = 1_000;

/** What finishing a batch is made of. */
export interface FinishParts {
  readonly journal: Journal;
  readonly horizons: Horizons;
  readonly references: References;
  readonly said: KeepSaid;
  readonly uploads: Uploads;
}

/** What became of an entry of a batch. */
export interface EntryOutcome {
  /** Indexes of statements whose ids were kept already: then nothing of the entry is. Empty: all of it is kept. */
  readonly known: readonly number[];
}

/** Finishes a batch; answers what became of its entries. */
export type Finish = (batch: OpenBatch) => Promise<readonly EntryOutcome[]>;

/**
 * Does what a batch says, and closes it. Every step may be repeated, and done by several instances at once: which entries
 * are kept follows from what is kept before it, the same for whoever looks.
 */
export function createFinish({ model }: MongoContext, parts: FinishParts): Finish {
  const { journal, horizons, references, said, uploads } = parts;
  const batches = model(BATCHES);
  const statements = model(STATEMENTS);

  /** Earlier batches with statements of the same ids have to be closed first; they wait for none of ours. */
  const awaitEarlier = async (n: number, keys: readonly string[]): Promise<void> => {
    for (let from = 0; from < keys.length; from += TOGETHER) {
      const among = { $in: keys.slice(from, from + TOGETHER) };
      for (;;) {
        const { n: closed } = horizons.known();
        if (closed >= n - 1) return;
        const between = { $gt: batchId(closed), $lt: batchId(n) };
        if ((await batches.findOne({ _id: between, state: 'open', keys: among }, { n: 1 })) === null) break;
        await pause(AGAIN_AFTER);
      }
    }
  };

  /** Of each entry the statements whose ids are kept already, by an earlier batch or an earlier entry of this one. */
  const judge = async (entries: readonly PlacedEntry[]): Promise<readonly EntryOutcome[]> => {
    const keys = [...new Set(entries.flatMap(keysOf))];
    const found = await byKeys(statements, keys, ['seq']);
    const seqs = new Map(found.map(({ _id, seq }) => [_id, seq]));
    const taken = new Set<string>();
    return entries.map((entry) => {
      const own = keysOf(entry);
      const known = own.flatMap((key, index) => {
        const seq = seqs.get(key);
        // What this very entry has inserted, when it was finished in part, is not known before it.
        return taken.has(key) || (seq !== undefined && !holds(entry, seq)) ? [index] : [];
      });
      if (known.length === 0) for (const key of own) taken.add(key);
      return { known };
    });
  };

  const keep = async (entries: readonly PlacedEntry[]): Promise<void> => {
    const records = entries.flatMap(recordsOf);
    await insertNew(statements, records);
    const orgs = [...new Set(entries.map(({ org }) => org))];
    await Promise.all([
      ...orgs.map((org) =>
        references.note(
          org,
          records.filter((record) => record.org === org),
        ),
      ),
      inOrder(entries, (entry) => said.keep(entry)),
      inOrder(entries, (entry) => uploads.keep(entry)),
    ]);
  };

  return async (batch) => {
    const { n, entries } = batch;
    await awaitEarlier(n, entries.flatMap(keysOf));
    const outcomes = await judge(entries);
    const kept = entries.filter((_, index) => outcomes[index]?.known.length === 0);
    await keep(kept);
    await inOrder(entries, (entry) => uploads.drop(entry));
    const last = kept.filter((entry) => entry.statements.length > 0).at(-1);
    await journal.end(batch, last ? last.first + last.statements.length - 1 : null);
    return outcomes;
  };
}

/** Later ones have the last word. */
async function inOrder(
  entries: readonly PlacedEntry[],
  work: (entry: PlacedEntry) => Promise<void>,
): Promise<void> {
  for (const entry of entries) await work(entry);
}
