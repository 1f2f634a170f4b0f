import type { Connection } from 'mongoose';
import { AssiduError } from '../../base/errors.ts';
import { createDigest } from './digest.ts';
import type { Move } from './move.ts';
import type { Source } from './source.ts';

/** A collection that holds what it should, and nothing else. */
export interface MovedCollection {
  readonly collection: string;
  readonly records: number;
  /** Of its records, in whatever order. */
  readonly digest: string;
}

/** Records read between two reports. */
const EVERY = 2_000;

/**
 * Compares what the store should have become with what the database holds: counts, and digests of every record.
 * Throws `storage`, naming each collection that differs.
 */
export async function compare(
  source: Source,
  moves: readonly Move[],
  connection: Connection,
  onRecords: (collection: string, done: number, total: number) => Promise<void>,
): Promise<readonly MovedCollection[]> {
  const expected = new Map<string, ReturnType<typeof createDigest>>();
  for (const move of moves) {
    const total = move.total(source);
    let read = 0;
    for (const page of move.pages(source, null)) {
      for (const { collection, records } of page.puts) {
        const digest = expected.get(collection) ?? createDigest();
        expected.set(collection, digest);
        for (const record of records) digest.add(record);
      }
      read += page.rows;
      await onRecords(move.name, read, total);
    }
  }
  const compared: MovedCollection[] = [];
  const problems: { readonly path: string; readonly message: string }[] = [];
  for (const [collection, digest] of expected) {
    const should = digest.result();
    const found = createDigest();
    let done = 0;
    for await (const record of connection.collection(collection).find({})) {
      found.add(record);
      done += 1;
      if (done % EVERY === 0) await onRecords(collection, done, should.records);
    }
    const is = found.result();
    if (is.records !== should.records || is.digest !== should.digest)
      problems.push({ path: collection, message: `${is.records} records where ${should.records} should be` });
    compared.push({ collection, ...is });
  }
  if (problems.length > 0)
    throw new AssiduError('storage', 'what was moved is not what it should be', { problems });
  return compared;
}
