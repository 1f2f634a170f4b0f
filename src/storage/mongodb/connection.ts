import mongoose, { type Connection } from 'mongoose';
import { COLLECTIONS } from './collections.ts';

/** How long to look for a server before giving up, ms; whoever asks then looks anew. */
const SELECTION = 10_000;

/**
 * A connection of its own to the database that the URI names; nothing is sent yet. What is acknowledged is on the disks
 * of most members, and what is read was.
 */
export function newConnection(): Connection {
  return mongoose.createConnection();
}

/** Connects; what the URI says about read and write concerns does not count. */
export async function connect(connection: Connection, uri: string): Promise<void> {
  await connection.openUri(uri, {
    autoIndex: false,
    autoCreate: false,
    ...(uri.includes('serverSelectionTimeoutMS=') ? {} : { serverSelectionTimeoutMS: SELECTION }),
    writeConcern: { w: 'majority', journal: true },
    readConcern: { level: 'majority' },
  });
}

/** Creates the indexes that are missing, of all collections; safe when several processes do so at once. */
export async function ensureIndexes(connection: Connection): Promise<void> {
  await Promise.all(COLLECTIONS.map((collection) => collection.ensure(connection)));
}
