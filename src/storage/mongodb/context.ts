import type { Model } from 'mongoose';
import type { CollectionDefinition } from './collection.ts';

/** What a port is made of. */
export interface MongoContext {
  readonly model: <Fields>(definition: CollectionDefinition<Fields>) => Model<Fields>;
  /** ms since the epoch. */
  readonly clock: () => number;
  readonly newId: () => string;
  /** Names this instance among those over the same database. */
  readonly instance: string;
}
