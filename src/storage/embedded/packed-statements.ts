import type { StoredStatement } from '../ports/statement-store.ts';
import type { Row } from './connection.ts';

/** Statements laid out by columns, for their way from a reader's thread: far quicker to copy than objects. */
export interface PackedStatements {
  readonly seq: readonly number[];
  readonly id: readonly string[];
  readonly org: readonly string[];
  readonly text: readonly string[];
  readonly stored: readonly number[];
  readonly timestamp: readonly number[];
  readonly keyId: readonly string[];
  /** 1: may change standings; 2: may void anything; 3: both. */
  readonly rights: readonly number[];
  readonly voidedAt: readonly (number | null)[];
}

/** Packs rows of STATEMENT_COLUMNS. */
export function packStatements(rows: readonly Row[]): PackedStatements {
  return {
    seq: rows.map((row) => Number(row.seq)),
    id: rows.map((row) => String(row.id)),
    org: rows.map((row) => String(row.org)),
    text: rows.map((row) => String(row.text)),
    stored: rows.map((row) => Number(row.stored)),
    timestamp: rows.map((row) => Number(row.timestamp)),
    keyId: rows.map((row) => String(row.key_id)),
    rights: rows.map((row) => Number(row.standings) + 2 * Number(row.voids_any)),
    voidedAt: rows.map((row) => (row.voided_at === null ? null : Number(row.voided_at))),
  };
}

export function unpackStatements(packed: PackedStatements): readonly StoredStatement[] {
  return packed.seq.map((seq, index) => {
    const rights = packed.rights[index] ?? 0;
    return {
      seq,
      id: packed.id[index] ?? '',
      org: packed.org[index] ?? '',
      text: packed.text[index] ?? '',
      stored: packed.stored[index] ?? 0,
      timestamp: packed.timestamp[index] ?? 0,
      writer: { keyId: packed.keyId[index] ?? '', standings: rights % 2 === 1, voidsAny: rights >= 2 },
      voidedAt: packed.voidedAt[index] ?? null,
    };
  });
}
