import { Schema } from 'mongoose';
import { type CollectionDefinition, SCHEMA_OPTIONS } from '../collection.ts';

/** A grant; that it was taken back is a decision. */
export interface GrantFields {
  readonly _id: string;
  readonly org: string;
  readonly registrationId: string;
  readonly sub: string;
  readonly grantedAt: number;
  /** The grant as JSON. */
  readonly value: string;
}

const schema = new Schema<GrantFields>(
  { _id: String, org: String, registrationId: String, sub: String, grantedAt: Number, value: String },
  SCHEMA_OPTIONS,
);
schema.index({ org: 1, registrationId: 1, sub: 1 });

export const GRANTS: CollectionDefinition<GrantFields> = { name: 'grants', schema };
