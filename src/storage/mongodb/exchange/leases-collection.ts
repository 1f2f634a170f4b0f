import { Schema } from 'mongoose';
import { type CollectionDefinition, SCHEMA_OPTIONS } from '../collection.ts';

/** An epoch of a lease; `_id` is of what is leased and the epoch. Only its holder ever changes it. */
export interface LeaseFields {
  readonly _id: string;
  /** What is leased. */
  readonly of: string;
  readonly epoch: number;
  readonly holder: string;
  /** ms since the epoch; 0 once it was released. */
  readonly until: number;
}

const schema = new Schema<LeaseFields>(
  { _id: String, of: String, epoch: Number, holder: String, until: Number },
  SCHEMA_OPTIONS,
);
schema.index({ of: 1, epoch: 1 });

export const LEASES: CollectionDefinition<LeaseFields> = { name: 'leases', schema };
