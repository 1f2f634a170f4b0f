import { isWholeText } from '../../base/whole-text.ts';
import type { Connection, Row } from './connection.ts';
import type { TermNumbers } from './operation.ts';

const CACHE_SIZE = 50_000;

/** Terms of ?2, a JSON array, that the organisation ?1 did not name before. */
const INSERTED =
  'INSERT INTO terms (org, term) SELECT ?1, value FROM json_each(?2) WHERE true ON CONFLICT DO NOTHING ' +
  'RETURNING id, term';
/** Those that it named. */
const FOUND =
  'SELECT t.id, t.term FROM json_each(?2) j CROSS JOIN terms t ON t.org = ?1 AND t.term = j.value';

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
  /** One by one: odd terms do not come back as they were given. */
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
      // libsql 0.5 ends a text at its first NUL when it reads it, and has no half surrogate pairs.
      for (const term of unknown.filter((each) => !isWholeText(each)))
        db.run('INSERT INTO terms (org, term) VALUES (?, ?) ON CONFLICT DO NOTHING', org, term);
      // What is not remembered is new, most often: it need not be looked for first.
      const plain = unknown.filter(isWholeText);
      noteAll(known, db.all(INSERTED, org, JSON.stringify(plain)));
      const kept = plain.filter(isUnknown);
      if (kept.length > 0) noteAll(known, db.all(FOUND, org, JSON.stringify(kept)));
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
