export type DocumentKind = 'state' | 'activity-profile' | 'agent-profile';

/** What a document hangs on. A part that its kind does not have is ''. */
export interface DocumentContext {
  readonly org: string;
  readonly kind: DocumentKind;
  /** Activity id. */
  readonly activity: string;
  /** Inverse functional identifier (xapi/statement/ifi.ts). */
  readonly agent: string;
  /** UUID, lower case; '' for a state without registration. */
  readonly registration: string;
}

export interface DocumentKey extends DocumentContext {
  readonly id: string;
}

/** Documents of one context; of every registration, and of none, where it is null. */
export interface DocumentScope extends Omit<DocumentContext, 'registration'> {
  readonly registration: string | null;
}

export interface StoredDocument {
  /** Content-Type, as it was sent. */
  readonly contentType: string;
  readonly content: Uint8Array;
  /** Entity tag, in its quotes. */
  readonly etag: string;
  /** ms since the epoch; grows with every change of the document. */
  readonly updatedAt: number;
}

/** What must be kept for a change to happen: the content with this tag, nothing, or whatever it is. */
export type ExpectedDocument = { readonly etag: string } | 'absent' | 'anything';

/** State, activity profile and agent profile documents (xAPI 1.0.3 Communication 2.2). */
export interface DocumentStore {
  get(key: DocumentKey): Promise<StoredDocument | null>;
  /** Durable when it resolves. Answers `changed`, and does nothing, when another content is kept than expected. */
  write(
    key: DocumentKey,
    document: StoredDocument,
    expected: ExpectedDocument,
  ): Promise<'written' | 'changed'>;
  /** As `write`; what is not there is removed already. */
  remove(key: DocumentKey, expected: ExpectedDocument): Promise<'removed' | 'changed'>;
  /** Ids by alphabet, each once, with their last change; only those changed after `since` (ms) unless it is null. */
  list(
    scope: DocumentScope,
    since: number | null,
  ): Promise<readonly { readonly id: string; readonly updatedAt: number }[]>;
  removeAll(scope: DocumentScope): Promise<void>;
}
