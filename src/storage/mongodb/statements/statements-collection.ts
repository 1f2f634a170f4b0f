import { Schema } from 'mongoose';
import { type CollectionDefinition, SCHEMA_OPTIONS } from '../collection.ts';

/** A statement with what it is found by; `_id` is of organisation and id. Nothing but `voidedAt` is ever added to it. */
export interface StatementFields {
  readonly _id: string;
  readonly org: string;
  readonly id: string;
  readonly seq: number;
  readonly stored: number;
  readonly timestamp: number;
  /** As accepted, with `stored` and what else the commit decides. */
  readonly text: string;
  readonly verb: string;
  readonly registration: string | null;
  readonly voids: string | null;
  readonly refersTo: string | null;
  readonly keyId: string;
  readonly standings: boolean;
  readonly voidsAny: boolean;
  /** Actor keys and activity ids, marked as direct or related (terms.ts). */
  readonly agents: readonly string[];
  readonly activities: readonly string[];
  /** Whether its timestamp is not believed (ports/flagged.ts). */
  readonly flagged: boolean;
  /** `stored` of the first statement that voids it and may; absent while it stands. */
  readonly voidedAt?: number;
}

const schema = new Schema<StatementFields>(
  {
    _id: String,
    org: String,
    id: String,
    seq: Number,
    stored: Number,
    timestamp: Number,
    text: String,
    verb: String,
    registration: String,
    voids: String,
    refersTo: String,
    keyId: String,
    standings: Boolean,
    voidsAny: Boolean,
    agents: [String],
    activities: [String],
    flagged: Boolean,
    voidedAt: Number,
  },
  SCHEMA_OPTIONS,
);
schema.index({ seq: 1 });
schema.index({ org: 1, seq: 1 });
schema.index({ org: 1, stored: 1, seq: 1 });
schema.index({ org: 1, agents: 1, seq: 1 });
schema.index({ org: 1, activities: 1, seq: 1 });
schema.index({ org: 1, verb: 1, seq: 1 });
schema.index({ org: 1, registration: 1, seq: 1 });
schema.index({ org: 1, flagged: 1, seq: 1 });

export const STATEMENTS: CollectionDefinition<StatementFields> = { name: 'statements', schema };
