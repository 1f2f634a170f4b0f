import type { StoredStatement } from '../../ports/statement-store.ts';
import type { Row } from '../connection.ts';

/** Columns of a statement `s` for `toStored`. A voiding statement cannot be voided; a key voids what it wrote, or all. */
export const STATEMENT_COLUMNS =
  's.seq, s.id, s.org, s.text, s.stored, s.timestamp, s.key_id, s.standings, s.voids_any, ' +
  '(SELECT min(v.stored) FROM statements v WHERE v.org = s.org AND v.voids = s.id ' +
  'AND (v.key_id = s.key_id OR v.voids_any = 1) AND s.voids IS NULL) AS voided_at';

/** The condition that a statement `s` is not voided. */
export const NOT_VOIDED =
  '(s.voids IS NOT NULL OR NOT EXISTS (SELECT 1 FROM statements v WHERE v.org = s.org AND v.voids = s.id ' +
  'AND (v.key_id = s.key_id OR v.voids_any = 1)))';

/** A row of these columns. */
export function toStored(row: Row): StoredStatement {
  return {
    seq: Number(row.seq),
    id: String(row.id),
    org: String(row.org),
    text: String(row.text),
    stored: Number(row.stored),
    timestamp: Number(row.timestamp),
    writer: {
      keyId: String(row.key_id),
      standings: row.standings === 1,
      voidsAny: row.voids_any === 1,
    },
    voidedAt: row.voided_at === null ? null : Number(row.voided_at),
  };
}
