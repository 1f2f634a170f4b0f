import type { Connection, Row } from './connection.ts';
import type { TermNumbers } from './operation.ts';
import { insertedRows, selectIn } from './rows.ts';

const CACHE_SIZE = 50_000;

/** Term numbers with a cache; `forget` after a rollback, when numbers just given are taken back. */
export function createTermNumbers(db: Connection): TermNumbers & { forget(): void } {
  const cache = new Map<string, Map<string, number>>();
  let size = 0;
  const forget = () => {
    cache.clear();
    size = 0;
  };

  const knownIn = (org: string): Map<string, number> => {
    if (size >= CACHE_SIZE) forget();
    const known = cache.get(org) ?? new Map<string, number>();
    cache.set(org, known);
    return known;
  };
  const note = (known: Map<string, number>, term: string, number: unknown) => {
    known.set(term, Number(number));
    size += 1;
  };
  const noteAll = (known: Map<string, number>, rows: readonly Row[]) => {
    for (const row of rows) note(known, String(row.term), row.id);
  };
  /** One by one: a term that is no proper Unicode does not come back as it was given. */
  const lookClosely = (org: string, known: Map<string, number>, terms: readonly string[]) => {
    for (const term of terms) {
      if (known.has(term)) continue;
      const row = db.get('SELECT id FROM terms WHERE org = ? AND term = ?', org, term);
      if (row) note(known, term, row.id);
    }
  };

  return {
    find: (org, term) => {
      // Never remembered: whoever reads does not learn that another process erased it.
      const row = db.get('SELECT id FROM terms WHERE org = ? AND term = ?', org, term);
      return row ? Number(row.id) : null;
    },
    numbersOf: (org, terms) => {
      const known = knownIn(org);
      const numbers = terms.map((term) => known.get(term));
      if (!numbers.includes(undefined)) return numbers.filter((number) => number !== undefined);
      const isUnknown = (term: string) => !known.has(term);
      const unknown = [...new Set(terms.filter(isUnknown))];
      // What is not remembered is new, most often: it need not be looked for first.
      insertNew(db, org, unknown.filter(hasNul));
      noteAll(
        known,
        insertNew(
          db,
          org,
          unknown.filter((term) => !hasNul(term)),
        ),
      );
      const kept = unknown.filter((term) => isUnknown(term) && !hasNul(term));
      noteAll(known, selectIn(db, 'SELECT id, term FROM terms WHERE org = ? AND term', [org], kept));
      lookClosely(org, known, unknown);
      return terms.map((term) => {
        const number = known.get(term);
        if (number === undefined) throw new Error('a term just inserted is not there');
        return number;
      });
    },
    forget,
  };
}

/** Whether libsql 0.5, which ends a text at its first NUL when it reads it, would take the term for another one. */
function hasNul(term: string): boolean {
  return term.includes('\0');
}

/** Numbers of those that had none. */
function insertNew(db: Connection, org: string, terms: readonly string[]): readonly Row[] {
  const values = terms.flatMap((term) => [org, term]);
  return insertedRows(
    db,
    'INSERT INTO terms (org, term)',
    2,
    values,
    'ON CONFLICT DO NOTHING RETURNING id, term',
  );
}
