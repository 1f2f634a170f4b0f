import type { Row } from '../connection.ts';
import { read, write } from '../operation.ts';
import { type PackedStatements, packStatements } from '../packed-statements.ts';
import { append } from './append.ts';
import { recentlyNaming } from './links.ts';
import { queryStatements } from './statement-query.ts';
import { STATEMENT_COLUMNS } from './statement-row.ts';

const get = read(
  (context, input: { readonly org: string; readonly id: string }): PackedStatements =>
    packStatements(
      context.db.all(
        `SELECT ${STATEMENT_COLUMNS} FROM statements s WHERE s.org = ? AND s.id = ?`,
        input.org,
        input.id,
      ),
    ),
);

const feed = read(
  (context, input: { readonly after: number; readonly limit: number }): PackedStatements =>
    packStatements(
      context.db.all(
        `SELECT ${STATEMENT_COLUMNS} FROM statements s WHERE s.seq > ? ORDER BY s.seq LIMIT ?`,
        input.after,
        input.limit,
      ),
    ),
);

/** How many positions are looked through at a time, at most. */
const WIDEST = 50_000;

const feedOf = read(
  (
    context,
    input: {
      readonly org: string;
      readonly activities: readonly string[];
      readonly after: number;
      readonly upTo: number;
      readonly limit: number;
    },
  ): PackedStatements => {
    const { org, activities, upTo, limit } = input;
    const terms = activities
      .map((activity) => context.terms.find(org, activity))
      .filter((number) => number !== null);
    const among = `IN (${terms.map(() => '?').join(',')})`;
    const select =
      `SELECT ${STATEMENT_COLUMNS} FROM statements s WHERE s.seq IN (` +
      `SELECT seq FROM statement_activities WHERE term ${among} AND seq > ? AND seq <= ? ` +
      'UNION ALL SELECT value FROM json_each(?)) ORDER BY s.seq LIMIT ?';
    const rows: Row[] = [];
    // Stretch by stretch: sorting out all that is still to come for every page would cost the square of it.
    for (let after = input.after, width = limit; after < upTo && rows.length < limit; after += width) {
      if (after > input.after) width = Math.min(width * 2, WIDEST);
      const to = Math.min(after + width, upTo);
      const recent = JSON.stringify(recentlyNaming(context.db, 'activities', terms, after, to));
      rows.push(...context.db.all(select, ...terms, after, to, recent, limit - rows.length));
    }
    return packStatements(rows);
  },
);

const head = read((context, _input: null): { readonly seq: number; readonly stored: number } => {
  const row = context.db.get('SELECT seq, stored FROM statements ORDER BY seq DESC LIMIT 1');
  return row ? { seq: Number(row.seq), stored: Number(row.stored) } : { seq: 0, stored: 0 };
});

// Writes are committed one after another: what this one would be stored at lies ahead of all that is committed.
const mark = write((context, _input: null): number => context.stored());

export const statementOperations = {
  'statements.append': append,
  'statements.get': get,
  'statements.query': queryStatements,
  'statements.feed': feed,
  'statements.feedOf': feedOf,
  'statements.head': head,
  'statements.mark': mark,
};
