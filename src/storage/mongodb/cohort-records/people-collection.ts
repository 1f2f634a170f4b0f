import { Schema } from 'mongoose';
import type { Identity, Learner } from '../../ports/identity.ts';
import { type CollectionDefinition, SCHEMA_OPTIONS } from '../collection.ts';
import type { NumberedFields } from '../numbered.ts';

/** `_id` is of organisation and id. */
export interface LearnerFields extends Learner {
  readonly _id: string;
}

export const LEARNERS: CollectionDefinition<LearnerFields> = {
  name: 'learners',
  schema: new Schema<LearnerFields>({ _id: String, org: String, id: String, name: String }, SCHEMA_OPTIONS),
};

/**
 * An identifier; `_id` is of organisation and actor, so that whoever inserts it first has made the learner. The learner's
 * own record follows, and can be made of this one.
 */
export interface IdentityFields extends Identity {
  readonly _id: string;
  /** The learner's name when they were made. */
  readonly name: string | null;
  /** Digests by which a mailbox is found (xapi/statement/mail-digests.ts). */
  readonly mails: readonly string[];
}

const identities = new Schema<IdentityFields>(
  {
    _id: String,
    org: String,
    actor: String,
    learnerId: String,
    recordedAt: Number,
    name: String,
    mails: [String],
  },
  SCHEMA_OPTIONS,
);
identities.index({ org: 1, learnerId: 1 });
identities.index({ org: 1, mails: 1 });

export const IDENTITIES: CollectionDefinition<IdentityFields> = { name: 'identities', schema: identities };

/** Links told at once, numbered within the organisation. */
export interface LinkFields extends NumberedFields {
  readonly org: string;
  /** Of whom each of the links is. */
  readonly learnerIds: readonly string[];
  readonly others: readonly string[];
  /** Each as JSON, in their order. */
  readonly links: readonly string[];
}

const links = new Schema<LinkFields>(
  {
    _id: String,
    within: String,
    n: Number,
    org: String,
    learnerIds: [String],
    others: [String],
    links: [String],
  },
  SCHEMA_OPTIONS,
);
links.index({ within: 1, n: 1 });
links.index({ org: 1, learnerIds: 1 });
links.index({ org: 1, others: 1 });

export const LINKS: CollectionDefinition<LinkFields> = { name: 'identity_links', schema: links };

/** A rule that was given or taken back, numbered within the organisation. */
export interface RuleFields extends NumberedFields {
  readonly value: string;
}

const rules = new Schema<RuleFields>(
  { _id: String, within: String, n: Number, value: String },
  SCHEMA_OPTIONS,
);
rules.index({ within: 1, n: 1 });

export const RULES: CollectionDefinition<RuleFields> = { name: 'identity_rules', schema: rules };
