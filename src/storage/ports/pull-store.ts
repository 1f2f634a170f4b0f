import type { Leased } from './lease.ts';

/** Another LRS that statements are fetched from. The password is kept sealed (src/base/seal.ts). */
export interface NewPullSource {
  readonly id: string;
  readonly org: string;
  readonly name: string;
  /** The LRS endpoint, without a slash at the end. */
  readonly url: string;
  readonly version: '1.0.3' | '2.0.0';
  readonly username: string;
  readonly sealedSecret: string;
  /** The writer of what comes from there. */
  readonly keyId: string;
  /** Whether what comes from there may change standings (vocabulary.md "Who may say it"). */
  readonly trusted: boolean;
  /** Whether attachments are asked for. */
  readonly attachments: boolean;
  /** ms between two looks. */
  readonly every: number;
  /** Where it begins: an ISO instant; null for the beginning. */
  readonly cursor: string | null;
  /** ms since the epoch. */
  readonly createdAt: number;
}

/** How far a source was read. */
export interface PullProgress {
  /** `stored` of the last statement taken in, as the source wrote it. */
  readonly cursor: string | null;
  /** The greatest `stored` seen by a source that does not answer in order; the cursor once the look is over. */
  readonly reached: string | null;
  /** What goes on an unfinished look. */
  readonly more: string | null;
  /** The cursor at the beginning of that look. */
  readonly lookFrom: string | null;
  /** Statements that were taken in, and refused, since the beginning. */
  readonly taken: number;
  readonly refused: number;
}

export interface PullSource extends NewPullSource, PullProgress {
  /** Failures since the last success. */
  readonly attempts: number;
  /** When it is due, ms; null: at once. */
  readonly nextAttemptAt: number | null;
  readonly lastError: string | null;
  /** When a look last came to its end, ms. */
  readonly lastSuccessAt: number | null;
  readonly paused: boolean;
  readonly removedAt: number | null;
}

/** Sources and how far they were read. */
export interface PullStore extends Leased {
  insert(source: NewPullSource): Promise<void>;
  /** Null when unknown in the organisation or removed. */
  find(org: string, id: string): Promise<PullSource | null>;
  /** Those not removed, oldest first; of all organisations where it is null. */
  list(org: string | null): Promise<readonly PullSource[]>;
  /** Keys of all sources at this endpoint there ever were: what they wrote came from there. */
  keysOf(org: string, url: string): Promise<readonly string[]>;
  /** False when unknown or removed. Resuming makes it due at once. */
  setPaused(org: string, id: string, paused: boolean): Promise<boolean>;
  /** False when unknown or removed. */
  remove(org: string, id: string, at: number): Promise<boolean>;
  /** Notes how far it was read. False, and nothing is done, when another has taken the lease since, or it is removed. */
  progress(id: string, epoch: number, progress: PullProgress): Promise<boolean>;
  /** Notes how a look ended and when the next one is due. False when another has taken the lease since. */
  end(
    id: string,
    epoch: number,
    look: {
      readonly attempts: number;
      readonly nextAttemptAt: number;
      readonly lastError: string | null;
      /** Null when it failed. */
      readonly succeededAt: number | null;
    },
  ): Promise<boolean>;
}
