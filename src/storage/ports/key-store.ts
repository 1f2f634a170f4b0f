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
}

export interface KeyStore {
  insert(key: AccessKey): Promise<void>;
  /** The key with this user name, revoked or not. */
  find(key: string): Promise<AccessKey | null>;
  list(org: string): Promise<readonly AccessKey[]>;
  /** False when there is no such key in the organisation. */
  revoke(org: string, key: string, at: number): Promise<boolean>;
  /** Notes the last use; may lag by a minute. */
  touch(id: string, at: number): Promise<void>;
}
