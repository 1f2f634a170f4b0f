import type { DataSubject } from './subject-store.ts';

/** How many of each kind were removed. */
export type Removed = Readonly<Record<string, number>>;

/** An erasure under way, written down before anything is removed, so that any process can finish it. */
export interface OpenErasure {
  readonly id: string;
  readonly org: string;
  /** ms since the epoch. */
  readonly begunAt: number;
  /** Null once all is removed, and only the files are to be overwritten. */
  readonly subject: DataSubject | null;
  /** Cohorts whose figures it changes. */
  readonly cohorts: readonly string[];
}

/** What stays of an erasure that is done: nothing that tells whose. */
export interface ErasureRecord {
  readonly id: string;
  readonly begunAt: number;
  /** Null while it is not finished. */
  readonly finishedAt: number | null;
  readonly cohorts: readonly string[];
  readonly removed: Removed;
}

/** A cohort's figures as they were just before an erasure changed them: a source of their own (metrics.md). */
export interface FrozenFigures {
  readonly org: string;
  readonly cohortId: string;
  readonly erasureId: string;
  /** ms since the epoch; also the instant that the figures are of. */
  readonly recordedAt: number;
  /** JSON of the figures. */
  readonly metrics: string;
}

/** What becomes of statements: some go, others keep their place without the person. */
export interface StatementErasure {
  /** Positions of the statements that go, with what is attached to them alone. */
  readonly removed: readonly number[];
  readonly rewritten: readonly RewrittenStatement[];
  /** Actors that statements are no longer found by. */
  readonly actors: readonly string[];
}

export interface RewrittenStatement {
  readonly seq: number;
  readonly id: string;
  readonly text: string;
  /** Attachments that go, by their SHA-2: a signature signs what was said before. */
  readonly detached: readonly string[];
}

/** Removes what is kept about one person (GDPR article 17). Every call is durable, all or nothing, and may be repeated. */
export interface ErasureStore {
  begin(erasure: OpenErasure & { readonly subject: DataSubject }): Promise<void>;
  /** Those not finished, oldest first. */
  open(org: string): Promise<readonly OpenErasure[]>;
  /** All of them, oldest first. */
  list(org: string): Promise<readonly ErasureRecord[]>;
  /** Keeps figures; those kept already for this cohort and erasure stay as they are. */
  freeze(figures: FrozenFigures): Promise<void>;
  /** Oldest first. */
  frozen(org: string, cohortId: string): Promise<readonly FrozenFigures[]>;
  statements(org: string, erasure: StatementErasure): Promise<void>;
  /**
   * Removes all records that `SubjectStore.records` tells of, with these entries of the quarantine. Null, and nothing is
   * removed, while statements name the person: some came meanwhile.
   */
  records(org: string, subject: DataSubject, quarantined: readonly string[]): Promise<Removed | null>;
  /** Forgets whose erasure it was: everything is removed. */
  forgetSubject(id: string, removed: Removed): Promise<void>;
  finish(id: string, at: number): Promise<void>;
  /** Overwrites what deletions leave in the files. May take as long as copying the database. */
  scrub(): Promise<void>;
}
