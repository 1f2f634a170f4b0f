/** A fault of the store itself: what it is of, and what is wrong. */
export interface StoreFault {
  readonly of: string;
  readonly fault: string;
}

/** An attachment that is kept. */
export interface AttachmentPlace {
  readonly org: string;
  readonly sha2: string;
  /** Bytes. */
  readonly length: number;
}

/** Looks whether the store is whole, as far as that can be told without recomputing anything. */
export interface StoreCheck {
  /** Faults of the database: its pages and indexes, statements that no index finds or that are found by no statement. */
  faults(): Promise<readonly StoreFault[]>;
  /** Attachments of an organisation, by digest, after one ('' for the first). */
  attachments(org: string, after: string, limit: number): Promise<readonly AttachmentPlace[]>;
}
