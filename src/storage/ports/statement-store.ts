import type { NewAttachment } from './attachment-store.ts';

import type { SaidDefinition, SaidName } from './profile-store.ts';

/** A statement as intake hands it to the store: checked, indexed, its text complete but for what the commit decides. */
export interface NewStatement {
  /** UUID, lower case. */
  readonly id: string;
  /** Digest of what makes two statements equal (xAPI 1.0.3 Data 2.3.1). */
  readonly digest: string;
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

/** `same`: kept already, equal. `conflict`: kept already, different; then nothing of the batch is stored. */
export type AppendResult =
  | {
      readonly kind: 'stored';
      readonly ids: readonly string[];
      readonly stored: number;
      readonly lastSeq: number;
    }
  | { readonly kind: 'conflict'; readonly index: number; readonly id: string };

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
   * Durable when it resolves. All or nothing. Equal statements already kept are not stored again;
   * attachments are kept with the statements of the batch, in the same transaction.
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
  /** The greatest committed position and its `stored`; {seq: 0, stored: 0} when empty. */
  head(): Promise<{ readonly seq: number; readonly stored: number }>;
}
