import { read, write } from '../operation.ts';
import { type PackedStatements, packStatements } from '../packed-statements.ts';
import { selectIn } from '../rows.ts';
import { append } from './append.ts';
import { linkTables } from './links.ts';
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
    const found: number[] = [];
    // Stretch by stretch: sorting out all that is still to come for every page would cost the square of it.
    for (let after = input.after, width = limit; after < upTo && found.length < limit; after += width) {
      if (after > input.after) width = Math.min(width * 2, WIDEST);
      const to = Math.min(after + width, upTo);
      const seqs = new Set<number>();
      for (const links of linkTables('activities'))
        for (const row of selectIn(
          context.db,
          `SELECT l.seq FROM ${links.from} WHERE ${links.where} AND l.seq > ? AND l.seq <= ? AND l.term`,
          [after, to],
          terms,
        ))
          seqs.add(Number(row.seq));
      found.push(...[...seqs].sort((a, b) => a - b));
    }
    const rows = selectIn(
      context.db,
      `SELECT ${STATEMENT_COLUMNS} FROM statements s WHERE s.seq`,
      [],
      found.slice(0, limit),
    );
    return packStatements(rows.sort((a, b) => Number(a.seq) - Number(b.seq)));
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
