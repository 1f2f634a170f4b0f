import type { Connection } from '../connection.ts';
import { insertRows } from '../rows.ts';

/** What a statement names, by which it is found: agents and activities, each with an index of its own. */
export type LinkKind = 'agents' | 'activities';

/** Kinds as `recent_links` counts them. */
const KINDS: readonly LinkKind[] = ['agents', 'activities'];
const numberOf = (kind: LinkKind): number => KINDS.indexOf(kind);

/** Where links `l` of a kind are: those of earlier positions in their index, those of later ones where they gather. */
export interface LinkTable {
  readonly from: string;
  /** The condition that a link is of this kind. */
  readonly where: string;
}

/** The places of links of a kind, in the order of the positions they hold. */
export function linkTables(kind: LinkKind): readonly LinkTable[] {
  return [
    { from: `statement_${kind} l`, where: 'true' },
    { from: 'recent_links l', where: `l.kind = ${numberOf(kind)}` },
  ];
}

/** After so many positions the links gathered go to their indexes. */
const GATHERED = 2_000;

/**
 * Keeps links, rows of seq, kind, term and related. They are gathered in the order of their positions, which dirties a
 * page or two; in the indexes by term nearly each of them lies on another page (docs/decisions/011).
 */
export function addLinks(db: Connection, values: readonly number[]): void {
  // What is named directly and is related as well is found as what is named directly.
  const both = 'ON CONFLICT (seq, kind, term) DO UPDATE SET related = min(related, excluded.related)';
  insertRows(db, 'INSERT INTO recent_links (seq, kind, term, related)', 4, values, both);
}

/**
 * Moves what was gathered to the indexes when positions pass a round number: `recent_links` then holds the links of all
 * positions after one and of none before it.
 */
export function settleLinks(db: Connection, first: number, last: number): void {
  if (Math.floor((first - 1) / GATHERED) === Math.floor(last / GATHERED)) return;
  for (const kind of KINDS)
    db.run(
      `INSERT INTO statement_${kind} (term, seq, related) ` +
        'SELECT term, seq, related FROM recent_links WHERE kind = ? ORDER BY term, seq',
      numberOf(kind),
    );
  db.run('DELETE FROM recent_links');
}
