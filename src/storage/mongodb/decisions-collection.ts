import { Schema } from 'mongoose';
import { type CollectionDefinition, SCHEMA_OPTIONS } from './collection.ts';

/** That something happened which happens once: a login was used, a key revoked. The first record is the truth. */
export interface Decision {
  /** What happened, and to what (keys.ts). */
  readonly _id: string;
  /** ms since the epoch. */
  readonly at: number;
  /** Who did it, or what came of it. */
  readonly by?: string;
  /** When nobody asks any more, ms; absent: it is kept for good. */
  readonly expiresAt?: number;
}

const schema = new Schema<Decision>(
  { _id: String, at: Number, by: String, expiresAt: Number },
  SCHEMA_OPTIONS,
);
schema.index({ expiresAt: 1 }, { sparse: true });

export const DECISIONS: CollectionDefinition<Decision> = { name: 'decisions', schema };
