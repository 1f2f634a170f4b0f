import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Connection } from 'mongoose';
import { AssiduError } from '../../base/errors.ts';
import { openConnection } from '../embedded/connection.ts';
import { migrate, versionOf } from '../embedded/migrations.ts';
import { COLLECTIONS } from '../mongodb/collections.ts';
import { connect, newConnection } from '../mongodb/connection.ts';

/** What was missing and is there now; nothing where all was there. */
export interface BroughtUpToDate {
  readonly store: string;
  /** Steps of the schema, or indexes as `collection.index`. */
  readonly made: readonly string[];
}

/** Brings the schema of the embedded store in a folder up to date; makes the store where there is none. */
export function bringEmbeddedUpToDate(folder: string): BroughtUpToDate {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const connection = openConnection(join(folder, 'assidu.sqlite'), 'write');
  try {
    const before = versionOf(connection);
    migrate(connection);
    const made = Array.from(
      { length: versionOf(connection) - before },
      (_, index) => `schema ${before + index + 1}`,
    );
    return { store: `sqlite:${folder}`, made };
  } finally {
    connection.close();
  }
}

/** Creates the indexes that a MongoDB database lacks. Throws `storage` when it does not answer or refuses one. */
export async function bringMongoUpToDate(uri: string): Promise<BroughtUpToDate> {
  const connection = newConnection();
  try {
    await connect(connection, uri);
    const made: string[] = [];
    for (const collection of COLLECTIONS) {
      const before = new Set(await indexesOf(connection, collection.name));
      await collection.ensure(connection);
      const after = await indexesOf(connection, collection.name);
      made.push(...after.filter((name) => !before.has(name)).map((name) => `${collection.name}.${name}`));
    }
    return { store: `mongodb:${connection.name}`, made };
  } catch (error) {
    throw new AssiduError('storage', 'the database did not do what it was asked', { cause: error });
  } finally {
    await connection.close();
  }
}

/** Server's code of a collection that is not there yet. */
const NO_COLLECTION = 26;

async function indexesOf(connection: Connection, collection: string): Promise<readonly string[]> {
  try {
    const indexes = await connection.collection(collection).indexes();
    return indexes.flatMap(({ name }) => (name === undefined ? [] : [name]));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === NO_COLLECTION) return [];
    throw error;
  }
}
