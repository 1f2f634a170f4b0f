import { Schema } from 'mongoose';
import { type CollectionDefinition, SCHEMA_OPTIONS } from '../collection.ts';

/**
 * A batch of statements, written whole before any of them is: from then on it is accepted, and whoever comes by finishes
 * it. Batches are numbered without gaps, in the order in which they were begun.
 */
export interface BatchFields {
  /** `batchId` of the number. */
  readonly _id: string;
  readonly n: number;
  /** Positions of its statements, both inclusive; `last` is `first - 1` where there are none. */
  readonly first: number;
  readonly last: number;
  /** ms; later than that of the batch before. */
  readonly stored: number;
  /** The instance that began it. */
  readonly by: string;
  readonly state: 'open' | 'done';
  /** While it is open: the keys of its statements, and what is to be done, as JSON or in so many parts (batch_parts). */
  readonly keys?: readonly string[];
  readonly payload?: string;
  readonly parts?: number;
  /** Once it is done: the greatest position at which something was kept; null: nothing was. */
  readonly kept?: number | null;
}

const schema = new Schema<BatchFields>(
  {
    _id: String,
    n: Number,
    first: Number,
    last: Number,
    stored: Number,
    by: String,
    state: String,
    keys: { type: [String], default: undefined },
    payload: String,
    parts: Number,
    kept: Number,
  },
  SCHEMA_OPTIONS,
);
schema.index({ state: 1, _id: 1 });

export const BATCHES: CollectionDefinition<BatchFields> = { name: 'batches', schema };

/** A part of the JSON of a batch that is too long for one record. */
export interface BatchPartFields {
  /** Of the batch's token and the number of the part. */
  readonly _id: string;
  readonly batch: string;
  /** When it was written, ms. */
  readonly at: number;
  readonly bytes: Uint8Array;
}

const partSchema = new Schema<BatchPartFields>(
  { _id: String, batch: String, at: Number, bytes: Buffer },
  SCHEMA_OPTIONS,
);
partSchema.index({ batch: 1 });
partSchema.index({ at: 1 });

export const BATCH_PARTS: CollectionDefinition<BatchPartFields> = { name: 'batch_parts', schema: partSchema };

/** Digits of a number: its text sorts as it does. */
const DIGITS = 16;

/** `_id` of the batch with a number. */
export function batchId(n: number): string {
  return String(n).padStart(DIGITS, '0');
}
