import type { Connection, SqlValue } from '../connection.ts';

/** What a statement names, by which it is found: agents and activities, each with an index of its own. */
export type LinkKind = 'agents' | 'activities';

/** Kinds of links as `recent_links` spells them: capital where a term is only related. */
const LETTERS = {
  agents: { direct: 'a', related: 'A' },
  activities: { direct: 'c', related: 'C' },
} as const;

/** A link as `recent_links` spells it, such as `a12.`: none is part of another one. */
export function spelt(kind: LinkKind, term: number, related: boolean): string {
  return `${LETTERS[kind][related ? 'related' : 'direct']}${term}.`;
}

/** A link that was read from `recent_links`. */
export interface RecentLink {
  readonly kind: LinkKind;
  readonly term: number;
  readonly related: boolean;
}

/** The links of a row of `recent_links`. */
export function readLinks(links: string): readonly RecentLink[] {
  const read: RecentLink[] = [];
  for (let from = 0; from < links.length; ) {
    const end = links.indexOf('.', from);
    const letter = links[from] ?? '';
    read.push({
      kind: letter === LETTERS.agents.direct || letter === LETTERS.agents.related ? 'agents' : 'activities',
      term: Number(links.slice(from + 1, end)),
      related: letter === LETTERS.agents.related || letter === LETTERS.activities.related,
    });
    from = end + 1;
  }
  return read;
}

/** Where links `l` are: those of earlier positions in the index of their kind, those of later ones where they gather. */
export interface LinkTable {
  readonly from: string;
  /** The condition that a statement links to a term. */
  readonly where: string;
  /** The values of its question marks. */
  readonly values: readonly SqlValue[];
}

/** The places of links to a term, in the order of the positions they hold; without `related`, of direct ones alone. */
export function linkTables(kind: LinkKind, term: number, related: boolean): readonly LinkTable[] {
  const direct = spelt(kind, term, false);
  return [
    {
      from: `statement_${kind} l`,
      where: `l.term = ?${related ? '' : ' AND l.related = 0'}`,
      values: [term],
    },
    {
      from: 'recent_links l',
      where: related ? '(instr(l.links, ?) OR instr(l.links, ?))' : 'instr(l.links, ?)',
      values: related ? [direct, spelt(kind, term, true)] : [direct],
    },
  ];
}

/** A statement whose links gather still, and these as they are spelt. */
interface Gathered {
  readonly seq: number;
  readonly links: string;
}

/** Those after a position and up to another one, in order. */
function gathered(db: Connection, after: number, upTo: number): readonly Gathered[] {
  // As one text: a row read costs more than what it says here.
  const sql =
    "SELECT group_concat(seq || ' ' || links, ';') AS rows FROM " +
    '(SELECT seq, links FROM recent_links WHERE seq > ? AND seq <= ? ORDER BY seq)';
  const rows = db.get(sql, after, upTo)?.rows;
  if (typeof rows !== 'string') return [];
  return rows.split(';').map((row) => {
    const space = row.indexOf(' ');
    return { seq: Number(row.slice(0, space)), links: row.slice(space + 1) };
  });
}

/** Positions after one and up to another whose links gather still, and which name one of these terms, related or not. */
export function recentlyNaming(
  db: Connection,
  kind: LinkKind,
  terms: readonly number[],
  after: number,
  upTo: number,
): readonly number[] {
  const wanted = new Set(terms);
  return gathered(db, after, upTo)
    .filter(({ links }) => readLinks(links).some((link) => link.kind === kind && wanted.has(link.term)))
    .map(({ seq }) => seq);
}

/** After so many positions the links gathered go to their indexes. */
const GATHERED = 4_000;

/**
 * Keeps the links of statements, from the position `first` on, each as `spelt` one after the other. They are gathered in
 * the order of their positions, which dirties a page or two; in the indexes by term nearly each of them lies on another
 * page (docs/decisions/011).
 */
export function addLinks(db: Connection, first: number, links: readonly string[]): void {
  // As one value: a value bound costs nearly as much as a row written.
  db.run(
    'INSERT INTO recent_links (seq, links) SELECT ?1 + key, value FROM json_each(?2)',
    first,
    JSON.stringify(links),
  );
}

/** Positions that are sorted together: their place among them and `related` share a number with the term. */
const TOGETHER = 65_536;

/**
 * Moves what was gathered to the indexes when positions pass a round number: `recent_links` then holds the links of all
 * positions after one and of none before it.
 */
export function settleLinks(db: Connection, first: number, last: number): void {
  if (Math.floor((first - 1) / GATHERED) === Math.floor(last / GATHERED)) return;
  const rows = gathered(db, 0, last);
  for (let from = 0; from < rows.length; ) {
    const base = rows[from]?.seq ?? 0;
    const numbers: Record<LinkKind, number[]> = { agents: [], activities: [] };
    for (let row = rows[from]; row && row.seq - base < TOGETHER; row = rows[from]) {
      for (const { kind, term, related } of readLinks(row.links))
        numbers[kind].push((term * TOGETHER + row.seq - base) * 2 + (related ? 1 : 0));
      from += 1;
    }
    insertSorted(db, 'agents', base, numbers.agents);
    insertSorted(db, 'activities', base, numbers.activities);
  }
  db.run('DELETE FROM recent_links');
}

/** In the order of the index. What is named directly and is related as well is found as what is named directly. */
function insertSorted(db: Connection, kind: LinkKind, base: number, numbers: readonly number[]): void {
  const sorted = Float64Array.from(numbers).sort();
  db.run(
    `INSERT INTO statement_${kind} (term, seq, related) ` +
      `SELECT value / ${2 * TOGETHER}, ?1 + value / 2 % ${TOGETHER}, value % 2 FROM json_each(?2) ` +
      'WHERE true ON CONFLICT DO NOTHING',
    base,
    `[${sorted.join(',')}]`,
  );
}
