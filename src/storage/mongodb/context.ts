import type { Connection, Model } from 'mongoose';
import { type CollectionDefinition, modelOf } from './collection.ts';

/** What a port is made of. */
export interface MongoContext {
  readonly model: <Fields>(definition: CollectionDefinition<Fields>) => Model<Fields>;
  /** ms since the epoch. */
  readonly clock: () => number;
  /** ms since some instant of this process: what measures how long something took. */
  readonly elapsed: () => number;
  readonly newId: () => string;
  /** Names this instance among those over the same database. */
  readonly instance: string;
}

export function contextOver(connection: Connection, clock: () => number, newId: () => string): MongoContext {
  return {
    model: (definition) => modelOf(connection, definition),
    clock,
    elapsed: () => performance.now(),
    newId,
    instance: newId(),
  };
}
