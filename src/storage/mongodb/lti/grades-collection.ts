import { Schema } from 'mongoose';
import { type CollectionDefinition, SCHEMA_OPTIONS } from '../collection.ts';

/** A grade column; `_id` is of organisation, cohort and key, `within` of the first two. */
export interface GradeLineFields {
  readonly _id: string;
  readonly within: string;
  readonly key: string;
  /** The line as JSON. */
  readonly value: string;
}

const lines = new Schema<GradeLineFields>(
  { _id: String, within: String, key: String, value: String },
  SCHEMA_OPTIONS,
);
lines.index({ within: 1, key: 1 });

export const GRADE_LINES: CollectionDefinition<GradeLineFields> = { name: 'grade_lines', schema: lines };

/** The score of one person in one line; `_id` is of organisation, cohort, line and `sub`. */
export interface GradeSentFields {
  readonly _id: string;
  readonly within: string;
  readonly org: string;
  readonly line: string;
  readonly sub: string;
  /** What was sent as JSON. */
  readonly value: string;
}

const sent = new Schema<GradeSentFields>(
  { _id: String, within: String, org: String, line: String, sub: String, value: String },
  SCHEMA_OPTIONS,
);
sent.index({ within: 1, line: 1, sub: 1 });
sent.index({ org: 1, sub: 1 });

export const GRADES_SENT: CollectionDefinition<GradeSentFields> = { name: 'grades_sent', schema: sent };
