import type { FactsRead, FoldPosition, FoldStep, NewFact } from '../../ports/fact-store.ts';
import type { SqlValue } from '../connection.ts';
import { read, write } from '../operation.ts';
import { insertRows } from '../rows.ts';

function foldKey({ org, cohortId, version }: Omit<FoldPosition, 'seq'>): string {
  return `${org}\n${cohortId}\n${version}`;
}

const FACTS =
  'SELECT f.statement_id, f.actor, f.value, ' +
  '(SELECT min(v.stored) FROM statements v JOIN statements s ON s.org = v.org AND s.id = v.voids ' +
  'WHERE v.org = f.org AND v.voids = f.statement_id ' +
  'AND (v.key_id = s.key_id OR v.voids_any = 1) AND s.voids IS NULL) AS voided_at ' +
  'FROM facts f WHERE f.org = ? AND f.cohort_id = ? AND f.version = ?';
const VOIDED_AFTER =
  'AND f.seq <= ? AND f.seq IN (SELECT t.seq FROM statements v JOIN statements t ON t.org = v.org AND t.id = v.voids ' +
  'WHERE v.org = ? AND v.seq > ? AND v.refers_to IS NOT NULL)';

export const factOperations = {
  'facts.advance': write(
    ({ db }, input: { readonly facts: readonly NewFact[]; readonly steps: readonly FoldStep[] }): null => {
      const taken = new Set<string>();
      for (const step of input.steps) {
        const kept = db.get(
          'SELECT seq FROM fold_positions WHERE org = ? AND cohort_id = ? AND version = ?',
          step.org,
          step.cohortId,
          step.version,
        );
        if (step.from > Number(kept?.seq ?? 0)) continue;
        taken.add(foldKey(step));
        db.run(
          'INSERT INTO fold_positions (org, cohort_id, version, seq, generation) ' +
            'VALUES (?, ?, ?, ?, lower(hex(randomblob(8)))) ' +
            'ON CONFLICT (org, cohort_id, version) DO UPDATE SET seq = max(seq, excluded.seq)',
          step.org,
          step.cohortId,
          step.version,
          step.seq,
        );
      }
      const values: SqlValue[] = [];
      for (const fact of input.facts) {
        const { org, cohortId, version, seq, statementId, actor, value } = fact;
        if (taken.has(foldKey(fact))) values.push(org, cohortId, version, seq, statementId, actor, value);
      }
      const into = 'INSERT INTO facts (org, cohort_id, version, seq, statement_id, actor, value)';
      insertRows(db, into, 7, values, 'ON CONFLICT DO NOTHING');
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
  'facts.facts': read(
    (
      { db },
      input: {
        readonly org: string;
        readonly cohortId: string;
        readonly version: number;
        readonly after: number;
      },
    ): FactsRead => {
      const { org, cohortId, version, after } = input;
      const position = db.get(
        'SELECT seq, generation FROM fold_positions WHERE org = ? AND cohort_id = ? AND version = ?',
        org,
        cohortId,
        version,
      );
      const rows = db.all(`${FACTS} AND f.seq > ?`, org, cohortId, version, after);
      const voided =
        after === 0 ? [] : db.all(`${FACTS} ${VOIDED_AFTER}`, org, cohortId, version, after, org, after);
      return {
        generation: position ? String(position.generation) : null,
        seq: Number(position?.seq ?? 0),
        facts: [...rows, ...voided].map((row) => ({
          statementId: String(row.statement_id),
          actor: String(row.actor),
          value: String(row.value),
          voidedAt: row.voided_at === null ? null : Number(row.voided_at),
        })),
      };
    },
  ),
  'facts.forget': write(
    (
      { db },
      input: { readonly org: string; readonly cohortId: string; readonly before: number | null },
    ): null => {
      for (const table of ['facts', 'fold_positions'])
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
