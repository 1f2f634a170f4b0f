/** Attached data on its way into the store, with the statements that it was sent with (xAPI 1.0.3 Data 2.4.11). */
export interface NewAttachment {
  /** SHA-2 of the bytes, lower-case hexadecimal: what it is kept under. */
  readonly sha2: string;
  /** Octets. */
  readonly length: number;
  /** In memory, or in a file of this process that is open for reading. */
  readonly bytes: Uint8Array | { readonly fd: number };
  readonly usedBy: readonly AttachmentUse[];
}

/** A statement of the same batch that has the attachment, and the media type that it gives it. */
export interface AttachmentUse {
  /** UUID, lower case. */
  readonly statementId: string;
  readonly contentType: string;
}

export interface KeptAttachment {
  readonly sha2: string;
  readonly contentType: string;
}

/**
 * Attached data, kept once per organisation and hash. It comes in with its statements (`StatementStore.append`), in one
 * transaction: there is none without a statement that it was sent with.
 */
export interface AttachmentStore {
  /** What was sent with these statements: each hash once, in the order of the ids. */
  sentWith(org: string, statementIds: readonly string[]): Promise<readonly KeptAttachment[]>;
  /** The bytes, in chunks of 1 MiB at most; throws `not-found` where there are none. */
  read(org: string, sha2: string): AsyncIterable<Uint8Array>;
}
