import { Schema } from 'mongoose';
import type { Session } from '../../ports/launch-store.ts';
import { type CollectionDefinition, SCHEMA_OPTIONS } from '../collection.ts';

/** A login that awaits its launch; `_id` is its state. That it was used is a decision. */
export interface LoginFields {
  readonly _id: string;
  readonly registrationId: string;
  readonly expiresAt: number;
  /** The login as JSON. */
  readonly value: string;
}

const logins = new Schema<LoginFields>(
  { _id: String, registrationId: String, expiresAt: Number, value: String },
  SCHEMA_OPTIONS,
);
logins.index({ expiresAt: 1 });
logins.index({ registrationId: 1 });

export const LOGINS: CollectionDefinition<LoginFields> = { name: 'logins', schema: logins };

/** `_id` is the hash. */
export interface SessionFields extends Omit<Session, 'hash'> {
  readonly _id: string;
}

const sessions = new Schema<SessionFields>(
  { _id: String, org: String, registrationId: String, sub: String, createdAt: Number, expiresAt: Number },
  SCHEMA_OPTIONS,
);
sessions.index({ expiresAt: 1 });
sessions.index({ org: 1, registrationId: 1, sub: 1 });

export const SESSIONS: CollectionDefinition<SessionFields> = { name: 'sessions', schema: sessions };

export interface LaunchFields {
  readonly _id: string;
  readonly sessionHash: string;
  /** When it is to be looked next whether its session lives, ms. */
  readonly lookAt: number;
  readonly org: string;
  readonly registrationId: string;
  readonly sub: string;
  /** Lower case; null where the platform told none. */
  readonly email: string | null;
  /** `sub`s of others whom it names: mentees, the person whose work is reviewed. */
  readonly named: readonly string[];
  /** The launch as JSON: it has names with dots. */
  readonly value: string;
}

const launches = new Schema<LaunchFields>(
  {
    _id: String,
    sessionHash: String,
    lookAt: Number,
    org: String,
    registrationId: String,
    sub: String,
    email: String,
    named: [String],
    value: String,
  },
  SCHEMA_OPTIONS,
);
launches.index({ sessionHash: 1 });
launches.index({ lookAt: 1 });
launches.index({ org: 1, registrationId: 1, sub: 1 });
launches.index({ org: 1, registrationId: 1, named: 1 });
launches.index({ org: 1, email: 1 });

export const LAUNCHES: CollectionDefinition<LaunchFields> = { name: 'launches', schema: launches };
