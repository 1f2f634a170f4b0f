import { Schema } from 'mongoose';
import { type CollectionDefinition, SCHEMA_OPTIONS } from '../collection.ts';

/** How far the facts of a version of a cohort follow the statements; `_id` is of organisation, cohort and version. */
export interface FoldPositionFields {
  readonly _id: string;
  readonly org: string;
  readonly cohortId: string;
  readonly version: number;
  readonly seq: number;
  /** Of whose facts it is the position; another one after a forgetting. */
  readonly generation: string;
}

const positionSchema = new Schema<FoldPositionFields>(
  { _id: String, org: String, cohortId: String, version: Number, seq: Number, generation: String },
  SCHEMA_OPTIONS,
);
positionSchema.index({ org: 1, cohortId: 1, version: 1 });

export const FOLD_POSITIONS: CollectionDefinition<FoldPositionFields> = {
  name: 'fold_positions',
  schema: positionSchema,
};

/** Facts of the statements after one position, up to another one; never changed, only joined with its neighbours. */
export interface FactPageFields {
  /** Of its generation and `from`, so that what follows a position is told once. */
  readonly _id: string;
  readonly org: string;
  readonly cohortId: string;
  readonly version: number;
  readonly generation: string;
  readonly from: number;
  readonly seq: number;
  /** Lines, and how many characters they have. */
  readonly facts: string;
  readonly size: number;
}

const pageSchema = new Schema<FactPageFields>(
  {
    _id: String,
    org: String,
    cohortId: String,
    version: Number,
    generation: String,
    from: Number,
    seq: Number,
    facts: String,
    size: Number,
  },
  SCHEMA_OPTIONS,
);
pageSchema.index({ generation: 1, seq: 1 });
pageSchema.index({ org: 1, cohortId: 1, version: 1 });

export const FACT_PAGES: CollectionDefinition<FactPageFields> = { name: 'fact_pages', schema: pageSchema };
