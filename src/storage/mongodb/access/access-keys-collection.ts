import { Schema } from 'mongoose';
import { type CollectionDefinition, SCHEMA_OPTIONS } from '../collection.ts';

/** A key; `_id` is its user name. Its revocation is a decision, its last use is kept apart. */
export interface AccessKeyFields {
  readonly _id: string;
  readonly id: string;
  readonly org: string;
  /** The one learner it is about; null: about whomever. */
  readonly boundActor: string | null;
  readonly createdAt: number;
  /** The key as JSON, as it was inserted. */
  readonly value: string;
}

const schema = new Schema<AccessKeyFields>(
  { _id: String, id: String, org: String, boundActor: String, createdAt: Number, value: String },
  SCHEMA_OPTIONS,
);
schema.index({ id: 1 });
schema.index({ org: 1, boundActor: 1, createdAt: 1, id: 1 });

export const ACCESS_KEYS: CollectionDefinition<AccessKeyFields> = { name: 'access_keys', schema };

/** When a key was last used, ms; `_id` is its id. */
export interface KeyUseFields {
  readonly _id: string;
  readonly at: number;
}

export const KEY_USES: CollectionDefinition<KeyUseFields> = {
  name: 'key_uses',
  schema: new Schema<KeyUseFields>({ _id: String, at: Number }, SCHEMA_OPTIONS),
};
