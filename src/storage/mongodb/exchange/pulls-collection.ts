import { Schema } from 'mongoose';
import { type CollectionDefinition, SCHEMA_OPTIONS } from '../collection.ts';

/** A source as it was inserted. */
export interface PullFields {
  readonly _id: string;
  readonly org: string;
  readonly url: string;
  readonly keyId: string;
  readonly createdAt: number;
  /** The source as JSON. */
  readonly value: string;
}

const pulls = new Schema<PullFields>(
  { _id: String, org: String, url: String, keyId: String, createdAt: Number, value: String },
  SCHEMA_OPTIONS,
);
pulls.index({ org: 1, url: 1 });

export const PULLS: CollectionDefinition<PullFields> = { name: 'pulls', schema: pulls };

/** How far a source was read under one epoch of its lease; `_id` is of both: who has lost the lease writes aside. */
export interface PullProgressFields {
  readonly _id: string;
  readonly source: string;
  readonly epoch: number;
  /** The progress as JSON. */
  readonly value: string;
}

const progress = new Schema<PullProgressFields>(
  { _id: String, source: String, epoch: Number, value: String },
  SCHEMA_OPTIONS,
);
progress.index({ source: 1, epoch: 1 });

export const PULL_PROGRESS: CollectionDefinition<PullProgressFields> = {
  name: 'pull_progress',
  schema: progress,
};
