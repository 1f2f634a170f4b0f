/** Columns of a statement `s` for `packStatements`. A voiding statement cannot be voided; a key voids what it wrote, or all. */
export const STATEMENT_COLUMNS =
  's.seq, s.id, s.org, s.text, s.stored, s.timestamp, s.key_id, s.standings, s.voids_any, ' +
  '(SELECT min(v.stored) FROM statements v WHERE v.org = s.org AND v.voids = s.id ' +
  'AND (v.key_id = s.key_id OR v.voids_any = 1) AND s.voids IS NULL) AS voided_at';

/** The condition that a statement `s` is not voided. */
export const NOT_VOIDED =
  '(s.voids IS NOT NULL OR NOT EXISTS (SELECT 1 FROM statements v WHERE v.org = s.org AND v.voids = s.id ' +
  'AND (v.key_id = s.key_id OR v.voids_any = 1)))';
