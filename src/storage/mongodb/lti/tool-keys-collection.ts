import { Schema } from 'mongoose';
import type { LtijsRecord, ToolKey } from '../../ports/tool-key-store.ts';
import { type CollectionDefinition, SCHEMA_OPTIONS } from '../collection.ts';

/** A signing key of ours; `_id` is its kid. */
export interface ToolKeyFields extends Omit<ToolKey, 'kid'> {
  readonly _id: string;
}

export const TOOL_KEYS: CollectionDefinition<ToolKeyFields> = {
  name: 'tool_keys',
  schema: new Schema<ToolKeyFields>(
    { _id: String, publicJwk: String, sealedPrivateJwk: String, createdAt: Number },
    SCHEMA_OPTIONS,
  ),
};

/** A record of ltijs; `_id` is of its collection and key. */
export interface LtijsRecordFields extends Omit<LtijsRecord, 'collection'> {
  readonly _id: string;
  readonly of: string;
}

const schema = new Schema<LtijsRecordFields>(
  { _id: String, of: String, key: String, value: String, createdAt: Number },
  SCHEMA_OPTIONS,
);
schema.index({ of: 1 });

export const LTIJS_RECORDS: CollectionDefinition<LtijsRecordFields> = { name: 'ltijs_records', schema };
