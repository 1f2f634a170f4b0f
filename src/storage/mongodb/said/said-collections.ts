import { Schema } from 'mongoose';
import { type CollectionDefinition, SCHEMA_OPTIONS } from '../collection.ts';

/** The canonical definition of an activity; `_id` is of organisation and activity. */
export interface ActivityFields {
  readonly _id: string;
  readonly org: string;
  readonly id: string;
  readonly definition: string;
  /** Grows with every change. */
  readonly revision: number;
}

const activitySchema = new Schema<ActivityFields>(
  { _id: String, org: String, id: String, definition: String, revision: Number },
  SCHEMA_OPTIONS,
);
activitySchema.index({ org: 1, id: 1 });

export const ACTIVITIES: CollectionDefinition<ActivityFields> = {
  name: 'activities',
  schema: activitySchema,
};

/** A name that an agent was given; `_id` is of all of it. */
export interface AgentNameFields {
  readonly _id: string;
  readonly org: string;
  readonly actor: string;
  readonly name: string;
}

const nameSchema = new Schema<AgentNameFields>(
  { _id: String, org: String, actor: String, name: String },
  SCHEMA_OPTIONS,
);
nameSchema.index({ org: 1, actor: 1, name: 1 });

export const AGENT_NAMES: CollectionDefinition<AgentNameFields> = { name: 'agent_names', schema: nameSchema };

/** A mailbox that statements name, found by its digests (xapi/statement/mail-digests.ts). */
export interface MailboxFields {
  /** Of organisation and actor key. */
  readonly _id: string;
  readonly org: string;
  readonly actor: string;
  readonly digests: readonly string[];
}

const mailboxSchema = new Schema<MailboxFields>(
  { _id: String, org: String, actor: String, digests: [String] },
  SCHEMA_OPTIONS,
);
mailboxSchema.index({ org: 1, digests: 1 });

export const MAILBOXES: CollectionDefinition<MailboxFields> = { name: 'mailboxes', schema: mailboxSchema };
