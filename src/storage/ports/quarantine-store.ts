import type { Problem } from '../../base/errors.ts';

/** Why a statement was not stored: it is not valid, or its id is another statement's. */
export type QuarantineCode = 'invalid-statement' | 'conflict';

/** `replayed`: it was stored later, as it was or corrected. `discarded`: somebody decided that it is nothing. */
export type Resolution = 'replayed' | 'discarded';

/** A statement that was not stored, as intake hands it to the quarantine. */
export interface NewQuarantined {
  readonly org: string;
  /** Made of its organisation, key and text: the same one sent again is the same entry. */
  readonly id: string;
  /** Key that sent it. */
  readonly keyId: string;
  /** ms since the epoch. */
  readonly receivedAt: number;
  /** xAPI version of its request. */
  readonly version: '1.0.3' | '2.0.0';
  /** Byte for byte as it came. */
  readonly text: string;
  readonly code: QuarantineCode;
  readonly problems: readonly Problem[];
}

/** What is kept of it, but for its text, which may be long. */
export interface QuarantineEntry extends Omit<NewQuarantined, 'text'> {
  /** When it came last, ms since the epoch. */
  readonly lastReceivedAt: number;
  /** How often it came. */
  readonly times: number;
  /** ms since the epoch; null while it is open. */
  readonly resolvedAt: number | null;
  readonly resolution: Resolution | null;
}

export interface QuarantinedStatement extends QuarantineEntry {
  readonly text: string;
}

/** Where an entry stands in the list. */
export interface QuarantinePosition {
  readonly receivedAt: number;
  readonly id: string;
}

export interface QuarantineFilter {
  readonly state: 'open' | 'resolved' | 'all';
  /** Only what this key sent. */
  readonly keyId?: string | undefined;
  /** Exclusive position to go on from. */
  readonly after: QuarantinePosition | null;
  readonly limit: number;
}

/** Statements that were refused one by one while the others of their request went in. Nothing is ever removed from it. */
export interface QuarantineStore {
  /**
   * Durable when it resolves. One that is there already counts once more; what is wrong with it is told anew, its text,
   * its first receipt and its resolution stay.
   */
  put(entries: readonly NewQuarantined[]): Promise<void>;
  /** In the order of their first receipt, then of their ids. */
  list(org: string, filter: QuarantineFilter): Promise<readonly QuarantineEntry[]>;
  get(org: string, id: string): Promise<QuarantinedStatement | null>;
  /** False when there is no such entry in the organisation. What was replayed stays so. */
  resolve(org: string, id: string, resolution: Resolution, at: number): Promise<boolean>;
}
