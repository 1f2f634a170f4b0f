import type {
  FactLines,
  FactsRead,
  FoldPosition,
  FoldStep,
  VoidedStatement,
} from '../../ports/fact-store.ts';
import type { Connection } from '../connection.ts';
import { read, write } from '../operation.ts';

/** Facts are kept many to a page: a row for each costs more than making it. In characters. */
const PAGE = 16_000;
/** How much is read at one time, in characters. */
const READ = 4_000_000;

type Owner = Omit<FoldPosition, 'seq'>;
const OF = 'WHERE org = ? AND cohort_id = ? AND version = ?';
const owned = ({ org, cohortId, version }: Owner) => [org, cohortId, version] as const;

/** Whom to believe that a statement `t` is voided by `v`. A voiding statement cannot be voided. */
const VOIDED =
  'SELECT t.id, v.stored FROM statements v JOIN statements t ON t.org = v.org AND t.id = v.voids ' +
  'WHERE v.org = ? AND v.voids IS NOT NULL AND v.refers_to IS NOT NULL AND t.voids IS NULL ' +
  'AND (v.key_id = t.key_id OR v.voids_any = 1)';

/** Takes the step, when it begins where the facts kept end or before; answers where they ended, null when it does not. */
function take(db: Connection, step: FoldStep): number | null {
  const kept = Number(db.get(`SELECT seq FROM fold_positions ${OF}`, ...owned(step))?.seq ?? 0);
  if (step.from > kept) return null;
  db.run(
    'INSERT INTO fold_positions (org, cohort_id, version, seq, generation) ' +
      'VALUES (?, ?, ?, ?, lower(hex(randomblob(8)))) ' +
      'ON CONFLICT (org, cohort_id, version) DO UPDATE SET seq = max(seq, excluded.seq)',
    ...owned(step),
    step.seq,
  );
  return kept;
}

/** The lines of statements after a position. */
function textAfter(facts: FactLines | undefined, position: number): string {
  const known = facts?.seqs.findIndex((seq) => seq > position) ?? -1;
  if (!facts || known < 0) return '';
  return known === 0 ? facts.text : facts.text.split('\n').slice(known).join('\n');
}

/** Adds lines to the last page while there is room, else as a page of its own, up to the position `seq`. */
function keep(db: Connection, owner: Owner, seq: number, lines: string): void {
  const last = db.get(
    `SELECT seq, length(facts) AS size FROM fact_pages ${OF} ORDER BY seq DESC LIMIT 1`,
    ...owned(owner),
  );
  if (last && Number(last.size) + lines.length <= PAGE)
    db.run(
      `UPDATE fact_pages SET facts = facts || char(10) || ?, seq = ? ${OF} AND seq = ?`,
      lines,
      seq,
      ...owned(owner),
      Number(last.seq),
    );
  else
    db.run(
      'INSERT INTO fact_pages (org, cohort_id, version, seq, facts) VALUES (?, ?, ?, ?, ?)',
      ...owned(owner),
      seq,
      lines,
    );
}

/** Pages after a position, as far as one reading goes. */
function pagesAfter(db: Connection, owner: Owner, after: number): { texts: string[]; last: number | null } {
  const texts: string[] = [];
  let size = 0;
  let from = after;
  for (;;) {
    const [page, next] = db.all(
      `SELECT seq, facts FROM fact_pages ${OF} AND seq > ? ORDER BY seq LIMIT 2`,
      ...owned(owner),
      from,
    );
    if (!page) return { texts, last: null };
    const text = String(page.facts);
    texts.push(text);
    size += text.length;
    from = Number(page.seq);
    if (!next) return { texts, last: null };
    if (size >= READ) return { texts, last: from };
  }
}

function voidedAfter(db: Connection, org: string, after: number): readonly VoidedStatement[] {
  const rows = [
    ...db.all(`${VOIDED} AND v.seq > ?`, org, after),
    // A void may come before what it voids.
    ...(after === 0 ? [] : db.all(`${VOIDED} AND t.seq > ? AND v.seq <= ?`, org, after, after)),
  ];
  const first = new Map<string, number>();
  for (const row of rows) {
    const [id, at] = [String(row.id), Number(row.stored)];
    first.set(id, Math.min(first.get(id) ?? at, at));
  }
  return [...first].map(([statementId, voidedAt]) => ({ statementId, voidedAt }));
}

export const factOperations = {
  'facts.advance': write(
    ({ db }, input: { readonly facts: readonly FactLines[]; readonly steps: readonly FoldStep[] }): null => {
      const linesOf = new Map(input.facts.map((facts) => [owned(facts).join('\n'), facts]));
      for (const step of input.steps) {
        const kept = take(db, step);
        if (kept === null) continue;
        const text = textAfter(linesOf.get(owned(step).join('\n')), kept);
        if (text !== '') keep(db, step, step.seq, text);
      }
      return null;
    },
  ),
  'facts.positions': read(({ db }, _input: null): readonly FoldPosition[] =>
    db
      .all('SELECT org, cohort_id, version, seq FROM fold_positions ORDER BY org, cohort_id, version')
      .map((row) => ({
        org: String(row.org),
        cohortId: String(row.cohort_id),
        version: Number(row.version),
        seq: Number(row.seq),
      })),
  ),
  'facts.facts': read(({ db }, input: Owner & { readonly after: number }): FactsRead => {
    const position = db.get(`SELECT seq, generation FROM fold_positions ${OF}`, ...owned(input));
    const reached = Number(position?.seq ?? 0);
    const { texts, last } = pagesAfter(db, input, input.after);
    return {
      generation: position ? String(position.generation) : null,
      reached,
      seq: last ?? reached,
      texts,
      voided: voidedAfter(db, input.org, input.after),
    };
  }),
  'facts.forget': write(
    (
      { db },
      input: { readonly org: string; readonly cohortId: string; readonly before: number | null },
    ): null => {
      for (const table of ['fact_pages', 'fold_positions'])
        db.run(
          `DELETE FROM ${table} WHERE org = ? AND cohort_id = ? AND version < coalesce(?, version + 1)`,
          input.org,
          input.cohortId,
          input.before,
        );
      return null;
    },
  ),
};
