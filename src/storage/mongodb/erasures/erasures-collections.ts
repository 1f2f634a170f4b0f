import { Schema } from 'mongoose';
import type { FrozenFigures } from '../../ports/erasure-store.ts';
import { type CollectionDefinition, SCHEMA_OPTIONS } from '../collection.ts';

/** An erasure, under way or done; `_id` is its id. */
export interface ErasureFields {
  readonly _id: string;
  readonly org: string;
  readonly begunAt: number;
  readonly finishedAt: number | null;
  /** Whose, the cohorts and what was removed, as JSON. */
  readonly value: string;
}

const schema = new Schema<ErasureFields>(
  { _id: String, org: String, begunAt: Number, finishedAt: Number, value: String },
  SCHEMA_OPTIONS,
);
schema.index({ org: 1, begunAt: 1 });

export const ERASURES: CollectionDefinition<ErasureFields> = { name: 'erasures', schema };

/** `_id` is of organisation, cohort and erasure. */
export interface FrozenFields extends FrozenFigures {
  readonly _id: string;
}

const frozen = new Schema<FrozenFields>(
  { _id: String, org: String, cohortId: String, erasureId: String, recordedAt: Number, metrics: String },
  SCHEMA_OPTIONS,
);
frozen.index({ org: 1, cohortId: 1, recordedAt: 1, erasureId: 1 });

export const FROZEN: CollectionDefinition<FrozenFields> = { name: 'frozen_figures', schema: frozen };
