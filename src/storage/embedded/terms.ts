import type { Connection } from './connection.ts';
import type { TermNumbers } from './operation.ts';

const CACHE_SIZE = 50_000;

/** Term numbers with a cache; `forget` after a rollback, when numbers just given are taken back. */
export function createTermNumbers(db: Connection): TermNumbers & { forget(): void } {
  const cache = new Map<string, number>();

  const find = (org: string, term: string): number | null => {
    const cacheKey = `${org}\n${term}`;
    const known = cache.get(cacheKey);
    if (known !== undefined) return known;
    const row = db.get('SELECT id FROM terms WHERE org = ? AND term = ?', org, term);
    if (!row) return null;
    if (cache.size >= CACHE_SIZE) cache.clear();
    cache.set(cacheKey, Number(row.id));
    return Number(row.id);
  };

  return {
    find,
    numberOf: (org, term) => {
      const known = find(org, term);
      if (known !== null) return known;
      db.run('INSERT INTO terms (org, term) VALUES (?, ?)', org, term);
      const made = find(org, term);
      if (made === null) throw new Error('a term just inserted is not there');
      return made;
    },
    forget: () => cache.clear(),
  };
}
