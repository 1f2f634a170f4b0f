import type { AttachmentPlace, StoreFault } from '../../ports/check.ts';
import type { Connection } from '../connection.ts';
import { read } from '../operation.ts';
import { LINK_TABLES } from './link-tables.ts';

function countOf(db: Connection, sql: string): number {
  return Number(db.get(sql)?.n);
}

/** A fault where something is that should not be. */
function none(count: number, of: string, fault: string): readonly StoreFault[] {
  return count === 0 ? [] : [{ of, fault: `${count} ${fault}` }];
}

export const checkOperations = {
  'check.faults': read(({ db }, _input: null): readonly StoreFault[] => {
    const pages = db
      .all('PRAGMA quick_check(20)')
      .map((row) => String(row.quick_check))
      .filter((line) => line !== 'ok');
    const statements = countOf(db, 'SELECT count(*) AS n FROM statements NOT INDEXED');
    const ids = countOf(db, 'SELECT count(*) AS n FROM (SELECT DISTINCT org, id FROM statements)');
    return [
      ...pages.map((fault) => ({ of: 'database', fault })),
      ...none(Math.abs(statements - ids), 'statements', 'are not found by their id'),
      ...LINK_TABLES.flatMap((table) =>
        none(
          countOf(
            db,
            `SELECT count(*) AS n FROM (SELECT DISTINCT seq FROM ${table} EXCEPT SELECT seq FROM statements)`,
          ),
          table,
          'positions have no statement',
        ),
      ),
      ...none(
        countOf(
          db,
          'SELECT count(*) AS n FROM statement_attachments u WHERE NOT EXISTS ' +
            '(SELECT 1 FROM attachments a WHERE a.org = u.org AND a.sha2 = u.sha2)',
        ),
        'attachments',
        'are named by statements and not kept',
      ),
    ];
  }),
  'check.attachments': read(
    (
      { db },
      input: { readonly org: string; readonly after: string; readonly limit: number },
    ): readonly AttachmentPlace[] =>
      db
        .all(
          'SELECT org, sha2, length FROM attachments WHERE org = ? AND sha2 > ? ORDER BY sha2 LIMIT ?',
          input.org,
          input.after,
          input.limit,
        )
        .map((row) => ({ org: String(row.org), sha2: String(row.sha2), length: Number(row.length) })),
  ),
};
