/** A signing key of ours. The private half is kept encrypted with an authenticated cipher. */
export interface ToolKey {
  readonly kid: string;
  /** The public half, JWK as JSON. */
  readonly publicJwk: string;
  /** The private half, sealed (src/base/seal.ts). */
  readonly sealedPrivateJwk: string;
  /** ms since the epoch. */
  readonly createdAt: number;
}

/** Records that ltijs keeps through its database plugin (access tokens and the like), already sealed where secret. */
export interface LtijsRecord {
  readonly collection: string;
  /** Canonical JSON of the fields that identify the record. */
  readonly key: string;
  readonly value: string;
  readonly createdAt: number;
}

export interface ToolKeyStore {
  insert(key: ToolKey): Promise<void>;
  /** Newest first. */
  list(): Promise<readonly ToolKey[]>;
  /** Without effect when there is none. */
  remove(kid: string): Promise<void>;
}

export interface LtijsRecordStore {
  /** Inserts once; false when the key is taken. */
  insert(record: LtijsRecord): Promise<boolean>;
  replace(record: LtijsRecord): Promise<void>;
  list(collection: string): Promise<readonly LtijsRecord[]>;
  remove(collection: string, key: string): Promise<void>;
}
