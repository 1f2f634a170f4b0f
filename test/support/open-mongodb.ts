import mongoose from 'mongoose';
import { openMongo } from '../../src/storage/mongodb/open-mongodb.ts';
import type { Opened } from '../storage/contract/subject.ts';
import { type MongoServer, newDatabase } from './mongodb-server.ts';

/** Drops the database that a URI names. */
export async function dropDatabase(uri: string): Promise<void> {
  const connection = await mongoose.createConnection(uri).asPromise();
  await connection.dropDatabase();
  await connection.close();
}

/** A storage over a database of its own. */
export async function openOn(server: MongoServer): Promise<Opened> {
  const uri = newDatabase(server);
  let open = openMongo({ uri });
  return {
    storage: open,
    reopen: async () => {
      await open.close();
      open = openMongo({ uri });
      return open;
    },
    destroy: async () => {
      await open.close();
      await dropDatabase(uri);
    },
  };
}
