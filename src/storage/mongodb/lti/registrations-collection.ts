import { Schema } from 'mongoose';
import type { WaitingDeployment } from '../../ports/registration-store.ts';
import { type CollectionDefinition, SCHEMA_OPTIONS } from '../collection.ts';

/** A change of the registrations; `_id` is its number, over all organisations: issuer and client id are unique in all. */
export interface RegistrationChangeFields {
  readonly _id: number;
  /** Registrations made or replaced, as JSON; all there are, where it is a whole. */
  readonly saved: readonly string[];
  /** Ids of those removed. */
  readonly removed: readonly string[];
  /** Whether what was before it need not be read. */
  readonly whole: boolean;
}

const changes = new Schema<RegistrationChangeFields>(
  { _id: Number, saved: [String], removed: [String], whole: Boolean },
  SCHEMA_OPTIONS,
);
changes.index({ whole: 1, _id: 1 });

export const REGISTRATION_CHANGES: CollectionDefinition<RegistrationChangeFields> = {
  name: 'registration_changes',
  schema: changes,
};

/** `_id` is of both. */
export interface WaitingFields extends WaitingDeployment {
  readonly _id: string;
}

const waiting = new Schema<WaitingFields>(
  { _id: String, registrationId: String, deployment: String, seenAt: Number },
  SCHEMA_OPTIONS,
);
waiting.index({ registrationId: 1, seenAt: -1 });

export const WAITING: CollectionDefinition<WaitingFields> = { name: 'waiting_deployments', schema: waiting };
