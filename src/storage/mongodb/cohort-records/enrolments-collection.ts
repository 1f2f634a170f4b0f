import { Schema } from 'mongoose';
import { type CollectionDefinition, SCHEMA_OPTIONS } from '../collection.ts';
import type { NumberedFields } from '../numbered.ts';

/** Enrolment changes told at once of a cohort: all of them are kept or none, in an order that all instances agree on. */
export interface EnrolmentFields extends NumberedFields {
  readonly org: string;
  readonly cohortId: string;
  /** Of whom each of the changes is. */
  readonly learnerIds: readonly string[];
  /** Each as JSON, in their order. */
  readonly changes: readonly string[];
}

const schema = new Schema<EnrolmentFields>(
  {
    _id: String,
    within: String,
    n: Number,
    org: String,
    cohortId: String,
    learnerIds: [String],
    changes: [String],
  },
  SCHEMA_OPTIONS,
);
schema.index({ within: 1, n: 1 });
schema.index({ org: 1, learnerIds: 1 });

export const ENROLMENTS: CollectionDefinition<EnrolmentFields> = { name: 'enrolment_changes', schema };
