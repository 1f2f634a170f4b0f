import { Schema } from 'mongoose';
import { type CollectionDefinition, SCHEMA_OPTIONS } from '../collection.ts';
import type { NumberedFields } from '../numbered.ts';

/** A version of a cohort's definition, numbered within the cohort; never changed. */
export interface DefinitionFields extends NumberedFields {
  readonly org: string;
  readonly cohortId: string;
  readonly definition: string;
  readonly removed: boolean;
  readonly recordedAt: number;
  readonly recordedBy: string;
}

const schema = new Schema<DefinitionFields>(
  {
    _id: String,
    within: String,
    n: Number,
    org: String,
    cohortId: String,
    definition: String,
    removed: Boolean,
    recordedAt: Number,
    recordedBy: String,
  },
  SCHEMA_OPTIONS,
);
schema.index({ within: 1, n: 1 });
schema.index({ org: 1, cohortId: 1, n: 1 });

export const DEFINITIONS: CollectionDefinition<DefinitionFields> = { name: 'definitions', schema };
