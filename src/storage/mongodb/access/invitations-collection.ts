import { Schema } from 'mongoose';
import type { Invitation } from '../../ports/invitation-store.ts';
import { type CollectionDefinition, SCHEMA_OPTIONS } from '../collection.ts';

/** An invitation but for its use, which is a decision; `_id` is the hash. */
export interface InvitationFields extends Omit<Invitation, 'hash' | 'usedAt' | 'usedBy'> {
  readonly _id: string;
}

const schema = new Schema<InvitationFields>(
  { _id: String, org: String, createdAt: Number, expiresAt: Number, firstDeployment: Boolean },
  SCHEMA_OPTIONS,
);

export const INVITATIONS: CollectionDefinition<InvitationFields> = { name: 'invitations', schema };
