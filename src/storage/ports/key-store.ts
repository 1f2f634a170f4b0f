/** Scopes of a key (xAPI 1.0.3 Communication 4.2), and `cohorts`: the right to configure and to change standings. */
export const KEY_SCOPES = [
  'statements/write',
  'statements/read/mine',
  'statements/read',
  'state',
  'define',
  'profile',
  'all/read',
  'all',
  'cohorts',
] as const;

export type KeyScope = (typeof KEY_SCOPES)[number];

/** How much a key may ask in a minute; null: no limit. */
export interface KeyLimits {
  readonly requestsPerMinute: number | null;
  readonly statementsPerMinute: number | null;
}

/** The one learner, and the one registration where it is not null, that a key for browser content is about. */
export interface KeyBounds {
  /** Inverse functional identifier (xapi/statement/ifi.ts). */
  readonly actor: string;
  /** UUID, lower case. */
  readonly registration: string | null;
}

/** What a batch with statements that are not valid comes to: nothing is kept, or the good ones are. */
export const ON_INVALID = ['refuse', 'skip'] as const;

export type OnInvalid = (typeof ON_INVALID)[number];

/** A credential for the LRS and the API. The secret is shown once and kept only as a hash. */
export interface AccessKey {
  readonly id: string;
  readonly org: string;
  /** The Basic auth user name. */
  readonly key: string;
  readonly secretHash: string;
  readonly name: string;
  readonly scopes: readonly KeyScope[];
  /** ms since the epoch. */
  readonly createdAt: number;
  readonly lastUsedAt: number | null;
  readonly revokedAt: number | null;
  /** The first instant at which it is of no use any more; null: never. */
  readonly expiresAt: number | null;
  readonly limits: KeyLimits;
  /** Null: about whomever. */
  readonly boundTo: KeyBounds | null;
  /** Address of the platform (LMS) whose plugin holds this key: of that platform it may change standings. */
  readonly trustedPlatform: string | null;
  readonly onInvalid: OnInvalid;
}

/** `standing`: made to stay; `content`: bound to a learner, made for one piece of content in one browser. */
export type KeyKind = 'standing' | 'content';

export interface KeyStore {
  insert(key: AccessKey): Promise<void>;
  /** The key with this user name, revoked or not. */
  find(key: string): Promise<AccessKey | null>;
  /** The key with this id, revoked or not. */
  byId(id: string): Promise<AccessKey | null>;
  /** Oldest first, revoked and expired ones included. */
  list(org: string, kind: KeyKind): Promise<readonly AccessKey[]>;
  /** False when there is no such key in the organisation. */
  revoke(org: string, key: string, at: number): Promise<boolean>;
  /** Notes the last use; may lag by a minute. */
  touch(id: string, at: number): Promise<void>;
}
