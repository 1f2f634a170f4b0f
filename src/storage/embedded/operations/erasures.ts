import type { Removed, StatementErasure } from '../../ports/erasure-store.ts';
import type { DataSubject } from '../../ports/subject-store.ts';
import type { Connection } from '../connection.ts';
import { type OperationContext, write } from '../operation.ts';
import { erasureJournalOperations } from './erasure-journal.ts';
import { forgetTraces } from './forget-traces.ts';
import { AGENT_LINKS, LINK_TABLES } from './link-tables.ts';
import { spelt } from './links.ts';
import { GIVEN, givenValues, PERSONAL_TABLES } from './personal-tables.ts';

const AMONG = 'IN (SELECT value FROM json_each(?2))';

/** Deletes attachments that no statement has any more. */
function dropUnused(db: Connection, org: string, digests: readonly string[]): void {
  const unused = `org = ?1 AND sha2 ${AMONG} AND NOT EXISTS (SELECT 1 FROM statement_attachments u WHERE u.org = ?1 AND u.sha2 = `;
  for (const table of ['attachment_parts', 'attachments'])
    db.run(`DELETE FROM ${table} WHERE ${unused}${table}.sha2)`, org, JSON.stringify(digests));
}

function removeStatements({ db }: OperationContext, org: string, seqs: readonly number[]): readonly string[] {
  if (seqs.length === 0) return [];
  const positions = JSON.stringify(seqs);
  const rows = db.all(`SELECT seq, id FROM statements WHERE org = ?1 AND seq ${AMONG}`, org, positions);
  const ids = JSON.stringify(rows.map(({ id }) => String(id)));
  const own = JSON.stringify(rows.map(({ seq }) => Number(seq)));
  const digests = db
    .all(`SELECT DISTINCT sha2 FROM statement_attachments WHERE org = ?1 AND statement ${AMONG}`, org, ids)
    .map(({ sha2 }) => String(sha2));
  db.run(`DELETE FROM statement_attachments WHERE org = ?1 AND statement ${AMONG}`, org, ids);
  db.run(`DELETE FROM dead_letters WHERE org = ?1 AND statement_id ${AMONG}`, org, ids);
  db.run(`DELETE FROM statements WHERE org = ?1 AND seq ${AMONG}`, org, own);
  for (const table of LINK_TABLES)
    db.run(`DELETE FROM ${table} WHERE seq IN (SELECT value FROM json_each(?))`, own);
  return digests;
}

function rewriteStatements(
  { db }: OperationContext,
  org: string,
  { rewritten, actors }: StatementErasure,
): readonly string[] {
  for (const { seq, id, text, detached } of rewritten) {
    db.run('UPDATE statements SET text = ? WHERE org = ? AND seq = ?', text, org, seq);
    db.run(
      'DELETE FROM statement_attachments WHERE org = ?1 AND statement = ?3 AND sha2 IN (SELECT value FROM json_each(?2))',
      org,
      JSON.stringify(detached),
      id,
    );
  }
  const seqs = JSON.stringify(rewritten.map(({ seq }) => seq));
  for (const { id } of db.all(
    `SELECT id FROM terms WHERE org = ?1 AND term ${AMONG}`,
    org,
    JSON.stringify(actors),
  )) {
    const among = 'WHERE seq IN (SELECT value FROM json_each(?1))';
    db.run(`DELETE FROM statement_agents ${among} AND term = ?2`, seqs, Number(id));
    db.run(
      `UPDATE recent_links SET links = replace(replace(links, ?2, ''), ?3, '') ${among}`,
      seqs,
      spelt('agents', Number(id), false),
      spelt('agents', Number(id), true),
    );
  }
  return rewritten.flatMap(({ detached }) => detached);
}

/** Whether any statement is found by an actor of the person. */
function isNamed(db: Connection, org: string, { actors }: DataSubject): boolean {
  return AGENT_LINKS.some((from) =>
    db.get(`SELECT 1 FROM ${from} WHERE t.org = ?1 AND t.term ${AMONG} LIMIT 1`, org, JSON.stringify(actors)),
  );
}

export const erasureOperations = {
  ...erasureJournalOperations,
  'erasures.statements': write(
    (context, { org, erasure }: { readonly org: string; readonly erasure: StatementErasure }): null => {
      const digests = [
        ...removeStatements(context, org, erasure.removed),
        ...rewriteStatements(context, org, erasure),
      ];
      dropUnused(context.db, org, digests);
      context.forget();
      return null;
    },
  ),
  'erasures.records': write(
    (
      context,
      input: {
        readonly org: string;
        readonly subject: DataSubject;
        readonly quarantined: readonly string[];
      },
    ): Removed | null => {
      const { db } = context;
      const { org, subject } = input;
      if (isNamed(db, org, subject)) return null;
      const removed: Record<string, number> = {};
      for (const { kind, table, where, alsoErased } of PERSONAL_TABLES) {
        const all = alsoErased === undefined ? where : `(${where}) OR (${alsoErased})`;
        const count = db.run(`${GIVEN} DELETE FROM ${table} WHERE ${all}`, ...givenValues(org, subject));
        if (count > 0) removed[kind] = count;
      }
      const quarantined = JSON.stringify(input.quarantined);
      const count = db.run(`DELETE FROM quarantine WHERE org = ?1 AND id ${AMONG}`, org, quarantined);
      if (count > 0) removed.quarantined = count;
      forgetTraces(db, org, subject);
      context.forget();
      return removed;
    },
  ),
};
