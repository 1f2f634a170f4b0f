import { Schema } from 'mongoose';
import { type CollectionDefinition, SCHEMA_OPTIONS } from '../collection.ts';

/**
 * That a statement refers to another one, directly or through others (xAPI 1.0.3 Communication 2.1.4 "StatementRefs"):
 * one for each of them, with what the target is found by, so that no query has to look from one to the other.
 */
export interface ReferenceFields {
  /** Of organisation, `from` and `to`. */
  readonly _id: string;
  readonly org: string;
  /** Ids of the statements. */
  readonly from: string;
  readonly to: string;
  /** 1: directly. */
  readonly step: number;
  /** Of the statement that refers. */
  readonly seq: number;
  readonly stored: number;
  readonly keyId: string;
  /** Whether it voids the other one, where it may. */
  readonly voids: boolean;
  readonly voidsAny: boolean;
  /** Of the other one, as soon as it is there. */
  readonly verb?: string;
  readonly registration?: string | null;
  readonly agents?: readonly string[];
  readonly activities?: readonly string[];
  /** Of a void that counts: the position at which both were there. */
  readonly voidedFrom?: number;
}

const schema = new Schema<ReferenceFields>(
  {
    _id: String,
    org: String,
    from: String,
    to: String,
    step: Number,
    seq: Number,
    stored: Number,
    keyId: String,
    voids: Boolean,
    voidsAny: Boolean,
    verb: String,
    registration: String,
    agents: { type: [String], default: undefined },
    activities: { type: [String], default: undefined },
    voidedFrom: Number,
  },
  SCHEMA_OPTIONS,
);
schema.index({ org: 1, to: 1 });
schema.index({ org: 1, from: 1 });
schema.index({ org: 1, agents: 1, seq: 1 });
schema.index({ org: 1, activities: 1, seq: 1 });
schema.index({ org: 1, verb: 1, seq: 1 });
schema.index({ org: 1, registration: 1, seq: 1 });
schema.index({ org: 1, voidedFrom: 1 });

export const REFERENCES: CollectionDefinition<ReferenceFields> = { name: 'references', schema };
