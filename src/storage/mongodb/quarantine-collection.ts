import { Schema } from 'mongoose';
import type { QuarantinedStatement } from '../ports/quarantine-store.ts';
import { type CollectionDefinition, SCHEMA_OPTIONS } from './collection.ts';

/** An entry; `_id` is of organisation and id. */
export interface QuarantineFields extends QuarantinedStatement {
  readonly _id: string;
}

const schema = new Schema<QuarantineFields>(
  {
    _id: String,
    org: String,
    id: String,
    keyId: String,
    receivedAt: Number,
    lastReceivedAt: Number,
    times: Number,
    version: String,
    code: String,
    problems: { type: [{ path: String, message: String, _id: false }] },
    resolvedAt: Number,
    resolution: String,
    text: String,
  },
  SCHEMA_OPTIONS,
);
schema.index({ org: 1, receivedAt: 1, id: 1 });
schema.index({ org: 1, resolvedAt: 1, receivedAt: 1, id: 1 });

export const QUARANTINE: CollectionDefinition<QuarantineFields> = { name: 'quarantine', schema };
