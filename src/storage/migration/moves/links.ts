import { type LinkKind, readLinks } from '../../embedded/operations/links.ts';
import type { IndexedTerm } from '../../ports/statement-store.ts';
import type { Source } from '../source.ts';

/** Whom and what statements name, by their position. */
export interface Links {
  readonly agents: ReadonlyMap<number, readonly IndexedTerm[]>;
  readonly activities: ReadonlyMap<number, readonly IndexedTerm[]>;
}

/** Terms that are remembered. */
const REMEMBERED = 200_000;
/** Terms asked for at a time. */
const TOGETHER = 500;

/** The number of a term that an erasure took the name of. */
const ERASED = 'erased|';

/** Texts of terms by their number. */
export type Terms = (numbers: Iterable<number>) => ReadonlyMap<number, string>;

export function createTerms(source: Source): Terms {
  const known = new Map<number, string>();
  return (numbers) => {
    if (known.size > REMEMBERED) known.clear();
    const unknown = [...new Set(numbers)].filter((each) => !known.has(each));
    for (let from = 0; from < unknown.length; from += TOGETHER) {
      const some = JSON.stringify(unknown.slice(from, from + TOGETHER));
      for (const row of source.all(
        'SELECT id, term FROM terms WHERE id IN (SELECT value FROM json_each(?))',
        some,
      ))
        known.set(Number(row.id), String(row.term));
    }
    return known;
  };
}

/**
 * Links of the statements after a position up to another one. The tables lie by term, so that each reading goes through
 * all of them: ask for many statements at a time.
 */
export function linksBetween(source: Source, terms: Terms, after: number, upTo: number): Links {
  const recent = source
    .all('SELECT seq, links FROM recent_links WHERE seq > ? AND seq <= ?', after, upTo)
    .map((row) => ({ seq: Number(row.seq), links: readLinks(String(row.links)) }));
  const of = (kind: LinkKind): ReadonlyMap<number, readonly IndexedTerm[]> => {
    const rows = source.all(
      `SELECT seq, group_concat(2 * term + related) AS links FROM statement_${kind} ` +
        'WHERE seq > ? AND seq <= ? GROUP BY seq',
      after,
      upTo,
    );
    const settled = rows.map((row) => ({
      seq: Number(row.seq),
      numbers: String(row.links).split(',').map(Number),
    }));
    const gathered = recent.map(({ seq, links }) => ({
      seq,
      numbers: links
        .filter((link) => link.kind === kind)
        .map(({ term, related }) => 2 * term + Number(related)),
    }));
    const links = [...settled, ...gathered].map(({ seq, numbers }) => [seq, directFirst(numbers)] as const);
    const known = terms(new Set(links.flatMap(([, numbers]) => numbers.map((each) => Math.floor(each / 2)))));
    return new Map(
      links.map(([seq, numbers]) => [
        seq,
        numbers
          .map((each) => ({ term: known.get(Math.floor(each / 2)) ?? ERASED, related: each % 2 === 1 }))
          .filter(({ term }) => !term.startsWith(ERASED)),
      ]),
    );
  };
  return { agents: of('agents'), activities: of('activities') };
}

/** In order; a term once, and direct where it is named both ways. */
function directFirst(numbers: readonly number[]): readonly number[] {
  const inOrder = [...numbers].sort((a, b) => a - b);
  return inOrder.filter((each, index) => Math.floor(each / 2) !== Math.floor((inOrder[index - 1] ?? -2) / 2));
}
