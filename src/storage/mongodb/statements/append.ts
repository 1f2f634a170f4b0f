import { setTimeout as pause } from 'node:timers/promises';
import { AssiduError } from '../../../base/errors.ts';
import type { NewAttachment } from '../../ports/attachment-store.ts';
import type { AppendResult, KnownStatement, NewStatement, Writer } from '../../ports/statement-store.ts';
import type { Uploads } from '../attachments/uploads.ts';
import { byKeys } from '../by-keys.ts';
import type { MongoContext } from '../context.ts';
import { keyOf } from '../keys.ts';
import type { Entry } from './entry.ts';
import type { Finish } from './finish.ts';
import type { Horizons } from './horizon.ts';
import type { Journal } from './journal.ts';
import { STATEMENTS } from './statements-collection.ts';

/** So many statements, and so many characters of them, share a batch at most; one call may bring more. */
const MOST = 4_096;
const LARGEST = 4_000_000;
/** Bytes of one statement's text at most: a record takes 16 MB, with what it is found by. */
const LONGEST_TEXT = 12_000_000;
/** How long an answer waits for earlier batches of other instances, ms, and how long between two looks. */
const PATIENCE = 30_000;
const LONGEST_PAUSE = 20;

/** What became of an entry, and in which batch. */
interface Done {
  readonly n: number;
  readonly stored: number;
  readonly lastSeq: number;
  readonly known: readonly number[];
}

interface Waiting {
  readonly entry: Entry;
  resolve(done: Done): void;
  reject(error: unknown): void;
}

interface AppendParts {
  readonly journal: Journal;
  readonly horizons: Horizons;
  readonly finish: Finish;
  readonly uploads: Uploads;
}

export type Append = (
  org: string,
  writer: Writer,
  statements: readonly NewStatement[],
  attachments: readonly NewAttachment[],
) => Promise<AppendResult>;

/**
 * Appends by batches: what comes while one is under way goes into the next one together. The answer leaves when the batch
 * and all earlier ones, of whatever instance, are finished: whoever has it finds the statements everywhere.
 */
export function createAppend({ model, elapsed }: MongoContext, parts: AppendParts): Append {
  const { journal, horizons, finish, uploads } = parts;
  const statements = model(STATEMENTS);
  let waiting: readonly Waiting[] = [];
  let busy = false;

  const gather = (): readonly Waiting[] => {
    let [count, size] = [0, 0];
    const end = waiting.findIndex(({ entry }, index) => {
      count += entry.statements.length;
      size += entry.statements.reduce((sum, { text }) => sum + text.length, 0);
      return index > 0 && (count > MOST || size > LARGEST);
    });
    const group = end < 0 ? waiting : waiting.slice(0, end);
    waiting = waiting.slice(group.length);
    return group;
  };
  const commit = async (group: readonly Waiting[]): Promise<readonly Done[]> => {
    const entries = group.map(({ entry }) => entry);
    const batch = await journal.begin(entries);
    const outcomes = await finish(batch);
    return batch.entries.map((entry, index) => ({
      n: batch.n,
      stored: batch.stored,
      lastSeq: entry.first + entry.statements.length - 1,
      known: outcomes[index]?.known ?? [],
    }));
  };
  const work = async (): Promise<void> => {
    if (busy) return;
    busy = true;
    while (waiting.length > 0) {
      const group = gather();
      try {
        const done = await commit(group);
        for (const [index, each] of group.entries()) {
          const mine = done[index];
          if (mine) each.resolve(mine);
        }
      } catch (error) {
        for (const { reject } of group) reject(error);
      }
    }
    busy = false;
  };
  const submit = (entry: Entry): Promise<Done> =>
    new Promise((resolve, reject) => {
      waiting = [...waiting, { entry, resolve, reject }];
      // What arrives in the same turn goes together.
      setImmediate(() => void work());
    });

  const awaitAllUpTo = async (n: number): Promise<void> => {
    const began = elapsed();
    for (let wait = 1; (await horizons.look()).n < n; wait = Math.min(2 * wait, LONGEST_PAUSE)) {
      if (elapsed() - began > PATIENCE)
        throw new AssiduError('storage', 'earlier statements of another instance are not finished');
      await pause(wait);
    }
  };
  const textsOf = async (
    org: string,
    some: readonly NewStatement[],
    indexes: readonly number[],
  ): Promise<readonly KnownStatement[]> => {
    const keys = indexes.map((index) => keyOf(org, some[index]?.id ?? ''));
    const found = await byKeys(statements, keys, ['text']);
    const texts = new Map(found.map(({ _id, text }) => [_id, text]));
    return indexes.flatMap((index, place) => {
      const text = texts.get(keys[place] ?? '');
      return text === undefined ? [] : [{ index, text }];
    });
  };

  return async (org, writer, some, attachments) => {
    if (some.some(({ text }) => text.length > LONGEST_TEXT / 3 && Buffer.byteLength(text) > LONGEST_TEXT))
      throw new AssiduError('too-large', 'a statement is larger than the database takes');
    for (;;) {
      const uploaded = await uploads.write(attachments);
      const { n, stored, lastSeq, known } = await submit({
        org,
        writer,
        statements: some,
        attachments: uploaded,
      });
      await awaitAllUpTo(n);
      if (known.length === 0) return { kind: 'stored', stored, lastSeq };
      const texts = await textsOf(org, some, known);
      // All of them erased meanwhile: then nothing is in the way any more.
      if (texts.length > 0) return { kind: 'known', known: texts };
    }
  };
}
