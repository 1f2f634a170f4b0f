import { Schema } from 'mongoose';
import type { RosterKnown } from '../../ports/roster-store.ts';
import { type CollectionDefinition, SCHEMA_OPTIONS } from '../collection.ts';
import type { NumberedFields } from '../numbered.ts';

/** A synchronisation, numbered within its cohort: this one record is kept or not, the learners' records follow it. */
export interface RosterFields extends NumberedFields {
  readonly org: string;
  /** What it did, as JSON. */
  readonly record: string;
  /** Where synchronisations stand after it, as JSON. */
  readonly state: string;
  /** Who was newly known or changed; empty once their records say so. */
  readonly known: readonly RosterKnown[];
}

const rosters = new Schema<RosterFields>(
  {
    _id: String,
    within: String,
    n: Number,
    org: String,
    record: String,
    state: String,
    known: { type: [{ learnerId: String, present: Boolean, _id: false }] },
  },
  SCHEMA_OPTIONS,
);
rosters.index({ within: 1, n: 1 });
rosters.index({ org: 1 });

export const ROSTERS: CollectionDefinition<RosterFields> = { name: 'rosters', schema: rosters };

/** `_id` is of organisation, cohort and learner, `within` of the first two. */
export interface RosterKnownFields extends RosterKnown {
  readonly _id: string;
  readonly within: string;
  readonly org: string;
  /** Of the synchronisation that told it. */
  readonly n: number;
}

const known = new Schema<RosterKnownFields>(
  { _id: String, within: String, org: String, learnerId: String, present: Boolean, n: Number },
  SCHEMA_OPTIONS,
);
known.index({ within: 1, learnerId: 1 });
known.index({ org: 1, learnerId: 1 });

export const ROSTER_KNOWN: CollectionDefinition<RosterKnownFields> = { name: 'roster_known', schema: known };
