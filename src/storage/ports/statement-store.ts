import type { NewAttachment } from './attachment-store.ts';

import type { SaidDefinition, SaidName } from './profile-store.ts';

/** A statement as intake hands it to the store: checked, indexed, its text complete but for what the commit decides. */
export interface NewStatement {
  /** UUID, lower case. */
  readonly id: string;
  /** JSON text of the statement, byte for byte as accepted, with id, version and authority, without `stored`. */
  readonly text: string;
  /** `timestamp` in ms since the epoch; null when the statement had none (it becomes `stored`). */
  readonly timestamp: number | null;
  readonly verb: string;
  /** UUID, lower case. */
  readonly registration: string | null;
  /** Id of the statement that this one voids. */
  readonly voids: string | null;
  /** Id of the statement that its object refers to (voiding ones included). */
  readonly refersTo: string | null;
  /** Actor keys matched by `agent`; `related` ones only with related_agents. */
  readonly agents: readonly IndexedTerm[];
  /** Activity ids matched by `activity`; `related` ones only with related_activities. */
  readonly activities: readonly IndexedTerm[];
  /** What it says of activities; counts when its writer may define them. */
  readonly definitions: readonly SaidDefinition[];
  readonly names: readonly SaidName[];
  /** Whether this one may change standings, where that differs from what its writer may (vocabulary.md "Who may say it"). */
  readonly standings?: boolean;
}

export interface IndexedTerm {
  readonly term: string;
  readonly related: boolean;
}

/** Who wrote a statement, and what that writer may do (vocabulary.md "Who may say it"). */
export interface Writer {
  readonly keyId: string;
  /** May change standings: attended, excused, waived, enrolled, withdrew. */
  readonly standings: boolean;
  /** May void what others wrote. */
  readonly voidsAny: boolean;
  /** May change what an activity is said to be; as `voidsAny` where absent. */
  readonly defines?: boolean;
}

/**
 * `known`: some ids are kept already, with these texts; then nothing of the batch is stored, and the caller compares
 * (xAPI 1.0.3 Communication 2.1.1: the same statement again is no conflict).
 */
export type AppendResult =
  | { readonly kind: 'stored'; readonly stored: number; readonly lastSeq: number }
  | { readonly kind: 'known'; readonly known: readonly KnownStatement[] };

/** A statement of a batch, by its index, whose id is kept already, and the text kept under it. */
export interface KnownStatement {
  readonly index: number;
  readonly text: string;
}

export interface StoredStatement {
  /** Position in the store: later commits have greater ones; `stored` never falls as it grows. */
  readonly seq: number;
  readonly id: string;
  readonly org: string;
  readonly text: string;
  readonly stored: number;
  readonly timestamp: number;
  readonly writer: Writer;
  /** `stored` of the first statement that voids it and may, ms; null while it stands. */
  readonly voidedAt: number | null;
}

/** GET /statements, translated (xAPI 1.0.3 Communication 2.1.3). */
export interface StatementQuery {
  readonly agent?: string | undefined;
  readonly relatedAgents: boolean;
  readonly verb?: string | undefined;
  readonly activity?: string | undefined;
  readonly relatedActivities: boolean;
  readonly registration?: string | undefined;
  /** Stored strictly after, ms. */
  readonly since?: number | undefined;
  /** Stored at or before, ms. */
  readonly until?: number | undefined;
  readonly ascending: boolean;
  readonly limit: number;
  /** Exclusive position to go on from. */
  readonly after?: number | undefined;
  /** Only statements written with this key. */
  readonly writtenBy?: string | undefined;
}

export interface StatementPage {
  readonly statements: readonly StoredStatement[];
  /** Position to go on from; null at the end. */
  readonly next: number | null;
}

export interface StatementStore {
  /**
   * Durable when it resolves. All or nothing; no two statements of a batch have the same id. Attachments are kept in
   * the same transaction, and may belong to statements kept before.
   */
  append(
    org: string,
    writer: Writer,
    batch: readonly NewStatement[],
    attachments?: readonly NewAttachment[],
  ): Promise<AppendResult>;
  /** The statement with this id, voided or not; null when unknown. */
  get(org: string, id: string): Promise<StoredStatement | null>;
  query(org: string, query: StatementQuery): Promise<StatementPage>;
  /** Statements of all organisations in the order of their commits, after `seq`; voided ones included. */
  feed(after: number, limit: number): Promise<readonly StoredStatement[]>;
  /** Statements that name one of these activities (`related` or not), in the order of their commits; voided ones included. */
  feedOf(
    org: string,
    activities: readonly string[],
    after: number,
    upTo: number,
    limit: number,
  ): Promise<readonly StoredStatement[]>;
  /** Statements with a timestamp that is not believed (ports/flagged.ts), in the order of their commits; no voided ones. */
  flagged(org: string, after: number, limit: number): Promise<readonly StoredStatement[]>;
  /** The greatest committed position and its `stored`; {seq: 0, stored: 0} when empty. */
  head(): Promise<{ readonly seq: number; readonly stored: number }>;
  /** An instant (ms) that everything stored so far lies before, and everything still to be stored at or after. */
  mark(): Promise<number>;
}
