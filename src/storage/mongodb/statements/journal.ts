import { setTimeout as pause } from 'node:timers/promises';
import { AssiduError } from '../../../base/errors.ts';
import type { MongoContext } from '../context.ts';
import { insertNew, insertOnce } from '../insert.ts';
import { BATCH_PARTS, BATCHES, type BatchFields, batchId } from './batches-collection.ts';
import { type Entry, keysOf, type PlacedEntry, placed } from './entry.ts';
import { STATEMENTS } from './statements-collection.ts';

/** How long to wait for what another one has just inserted, ms. */
const AGAIN_AFTER = 5;
/** Bytes of JSON in one record: the server takes 16 MB at most. */
const PART = 8 * 1024 * 1024;
/**
 * How old what is known of the last batch may be, ms. Batches are removed when they have been done for twice as long
 * (sweeper.ts), so that nobody takes a number again that was another's.
 */
export const KNOWN_FOR = 30_000;

/** All of a batch but what is to be done. */
export const BATCH_HEAD = { payload: 0, keys: 0 } as const;
export type BatchHead = Omit<BatchFields, keyof typeof BATCH_HEAD>;

/** The last batch there is, as far as it is known here. */
interface Tail {
  readonly n: number;
  readonly last: number;
  readonly stored: number;
  /** When that was read, by `elapsed`. */
  readonly readAt: number;
}

/** Batches of statements on their way into the store. */
export interface Journal {
  /** Writes a batch: from then on it is accepted. */
  begin(entries: readonly Entry[]): Promise<OpenBatch>;
  /** Writes a batch of nothing, done at once: what comes after it is stored later than now. */
  mark(): Promise<void>;
  /** What another one has begun; null when it is done. */
  resume(n: number): Promise<OpenBatch | null>;
  /** Closes a batch; `kept` is the greatest position at which something was kept. May be repeated. */
  end(batch: OpenBatch, kept: number | null): Promise<void>;
}

/** A batch, and what is to be done. */
export interface OpenBatch {
  readonly n: number;
  readonly stored: number;
  readonly entries: readonly PlacedEntry[];
  /** Under what its parts are; null where it has none. */
  readonly parts: string | null;
}

export function createJournal({ model, clock, elapsed, newId, instance }: MongoContext): Journal {
  const batches = model(BATCHES);
  const parts = model(BATCH_PARTS);
  const statements = model(STATEMENTS);
  let tail: Tail | null = null;

  const tailOf = ({ n, last, stored }: BatchHead, readAt: number): Tail => ({ n, last, stored, readAt });
  const readTail = async (): Promise<Tail> => {
    const readAt = elapsed();
    const batch = await batches.findOne({}, BATCH_HEAD).sort({ _id: -1 }).lean<BatchHead | null>();
    if (batch) return tailOf(batch, readAt);
    // A database that was restored without its journal: go on behind what it holds.
    const last = await statements
      .findOne({}, { seq: 1, stored: 1 })
      .sort({ seq: -1 })
      .lean<{ readonly seq: number; readonly stored: number } | null>();
    return { n: 0, last: last?.seq ?? 0, stored: last?.stored ?? 0, readAt };
  };
  const knownTail = async (): Promise<Tail> => {
    if (tail === null || elapsed() - tail.readAt > KNOWN_FOR) tail = await readTail();
    return tail;
  };

  /** What is to be done as it is written: with the batch while there is room, else before it. */
  const write = async (entries: readonly Entry[]): Promise<Pick<BatchFields, 'payload' | 'parts' | 'by'>> => {
    const payload = JSON.stringify(entries);
    const by = instance;
    if (payload.length <= PART / 3) return { payload, by };
    const bytes = Buffer.from(payload);
    if (bytes.length <= PART) return { payload, by };
    const batch = `${instance}/${newId()}`;
    const count = Math.ceil(bytes.length / PART);
    for (let part = 0; part < count; part += 1)
      await insertNew(parts, [
        {
          _id: `${batch}/${part}`,
          batch,
          at: clock(),
          bytes: bytes.subarray(part * PART, (part + 1) * PART),
        },
      ]);
    return { parts: count, by: batch };
  };
  const read = async (batch: BatchFields): Promise<readonly Entry[]> => {
    if (batch.payload !== undefined) return JSON.parse(batch.payload);
    const bytes: Uint8Array[] = [];
    for (let part = 0; part < (batch.parts ?? 0); part += 1) {
      const found = await parts.findOne({ _id: `${batch.by}/${part}` });
      if (!found) throw new AssiduError('storage', `batch ${batch.n} lacks a part of it`);
      bytes.push(found.bytes);
    }
    return JSON.parse(Buffer.concat(bytes).toString('utf8'));
  };

  const opened = (batch: BatchFields, entries: readonly Entry[]): OpenBatch => ({
    n: batch.n,
    stored: batch.stored,
    entries: placed(entries, batch.first, batch.stored),
    parts: batch.parts === undefined ? null : batch.by,
  });

  /** Inserts the batch under the number after the last one; the next time another one has it. */
  const attempt = async (
    count: number,
    written: Pick<BatchFields, 'payload' | 'parts' | 'by' | 'keys' | 'state' | 'kept'>,
  ): Promise<BatchFields | null> => {
    const before = await knownTail();
    const n = before.n + 1;
    const now = elapsed();
    const batch: BatchFields = {
      _id: batchId(n),
      n,
      first: before.last + 1,
      last: before.last + count,
      stored: Math.max(clock(), before.stored + 1),
      ...written,
    };
    if (!(await insertOnce(batches, batch))) {
      const other = await batches.findOne({ _id: batchId(n) }, BATCH_HEAD).lean<BatchHead | null>();
      tail = other && tailOf(other, now);
      // Taken, but not yet to be read by majority.
      if (!other) await pause(AGAIN_AFTER);
      return null;
    }
    if (elapsed() - before.readAt > 2 * KNOWN_FOR) {
      // So late that the number may have been another's, and be forgotten.
      await batches.deleteOne({ _id: batchId(n), by: batch.by });
      tail = null;
      return null;
    }
    tail = tailOf(batch, now);
    return batch;
  };

  return {
    begin: async (entries) => {
      const keys = entries.flatMap(keysOf);
      const written = { ...(await write(entries)), keys, state: 'open' } as const;
      const count = entries.reduce((sum, { statements: some }) => sum + some.length, 0);
      for (;;) {
        const batch = await attempt(count, written);
        if (batch) return opened(batch, entries);
      }
    },
    mark: async () => {
      while ((await attempt(0, { by: instance, state: 'done', kept: null })) === null);
    },
    resume: async (n) => {
      const batch = await batches.findOne({ _id: batchId(n) }).lean<BatchFields | null>();
      return batch?.state === 'open' ? opened(batch, await read(batch)) : null;
    },
    end: async ({ n, parts: batch }, kept) => {
      await batches.updateOne(
        { _id: batchId(n) },
        { $set: { state: 'done', kept }, $unset: { payload: '', keys: '', parts: '' } },
      );
      if (batch !== null) await parts.deleteMany({ batch });
    },
  };
}
