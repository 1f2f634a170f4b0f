import { read } from '../operation.ts';
import { type PackedStatements, packStatements } from '../packed-statements.ts';
import { NOT_VOIDED, STATEMENT_COLUMNS } from './statement-row.ts';

/** The condition of the index `statements_flagged`, word for word, or the index is not used; see ports/flagged.ts. */
export const FLAGGED = '(timestamp > stored + 86400000 OR timestamp < 946684800000)';

export const flaggedOperations = {
  'statements.flagged': read(
    (
      { db },
      input: { readonly org: string; readonly after: number; readonly limit: number },
    ): PackedStatements =>
      packStatements(
        db.all(
          `SELECT ${STATEMENT_COLUMNS} FROM statements s WHERE s.org = ? AND s.seq > ? AND ${FLAGGED} ` +
            `AND ${NOT_VOIDED} ORDER BY s.seq LIMIT ?`,
          input.org,
          input.after,
          input.limit,
        ),
      ),
  ),
};
