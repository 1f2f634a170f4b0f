import { distinctiveTexts, mentionPattern } from '../../../../xapi/statement/person-texts.ts';
import type {
  ErasureRecord,
  FrozenFigures,
  OpenErasure,
  Removed,
  StatementErasure,
} from '../../ports/erasure-store.ts';
import type { DataSubject } from '../../ports/subject-store.ts';
import type { Connection, Row } from '../connection.ts';
import { type OperationContext, read, write } from '../operation.ts';
import { AGENT_LINK_TABLES, LINK_TABLES } from './link-tables.ts';
import { GIVEN, givenValues, PERSONAL_TABLES } from './personal-tables.ts';
import { patternsOf } from './subjects.ts';

const AMONG = 'IN (SELECT value FROM json_each(?2))';

function toRecord(row: Row): ErasureRecord {
  const kept: Pick<ErasureRecord, 'cohorts' | 'removed'> = JSON.parse(String(row.value));
  return {
    id: String(row.id),
    begunAt: Number(row.begun_at),
    finishedAt: row.finished_at === null ? null : Number(row.finished_at),
    cohorts: kept.cohorts,
    removed: kept.removed ?? {},
  };
}

function toFrozen(row: Row): FrozenFigures {
  return {
    org: String(row.org),
    cohortId: String(row.cohort_id),
    erasureId: String(row.erasure_id),
    recordedAt: Number(row.recorded_at),
    metrics: String(row.metrics),
  };
}

const journal = {
  'erasures.begin': write(({ db }, { id, org, begunAt, subject, cohorts }: OpenErasure): null => {
    db.run(
      'INSERT INTO erasures (id, org, begun_at, value) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
      id,
      org,
      begunAt,
      JSON.stringify({ subject, cohorts }),
    );
    return null;
  }),
  'erasures.open': read(({ db }, org: string): readonly OpenErasure[] =>
    db
      .all('SELECT * FROM erasures WHERE org = ? AND finished_at IS NULL ORDER BY begun_at, id', org)
      .map((row) => {
        const kept: Pick<OpenErasure, 'subject' | 'cohorts'> = JSON.parse(String(row.value));
        const { subject, cohorts } = kept;
        return { id: String(row.id), org, begunAt: Number(row.begun_at), subject, cohorts };
      }),
  ),
  'erasures.list': read(({ db }, org: string): readonly ErasureRecord[] =>
    db.all('SELECT * FROM erasures WHERE org = ? ORDER BY begun_at, id', org).map(toRecord),
  ),
  'erasures.forgetSubject': write(
    ({ db }, input: { readonly id: string; readonly removed: Removed }): null => {
      db.run(
        "UPDATE erasures SET value = json_object('subject', NULL, 'cohorts', json_extract(value, '$.cohorts'), " +
          "'removed', json(?)) WHERE id = ?",
        JSON.stringify(input.removed),
        input.id,
      );
      return null;
    },
  ),
  'erasures.finish': write(({ db }, input: { readonly id: string; readonly at: number }): null => {
    db.run('UPDATE erasures SET finished_at = ? WHERE id = ? AND finished_at IS NULL', input.at, input.id);
    return null;
  }),
};

const frozen = {
  'erasures.freeze': write(({ db }, figures: FrozenFigures): null => {
    db.run(
      'INSERT INTO frozen_figures (org, cohort_id, erasure_id, recorded_at, metrics) VALUES (?, ?, ?, ?, ?) ' +
        'ON CONFLICT DO NOTHING',
      figures.org,
      figures.cohortId,
      figures.erasureId,
      figures.recordedAt,
      figures.metrics,
    );
    return null;
  }),
  'erasures.frozen': read(
    ({ db }, input: { readonly org: string; readonly cohortId: string }): readonly FrozenFigures[] =>
      db
        .all(
          'SELECT * FROM frozen_figures WHERE org = ? AND cohort_id = ? ORDER BY recorded_at, erasure_id',
          input.org,
          input.cohortId,
        )
        .map(toFrozen),
  ),
};

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
  for (const table of AGENT_LINK_TABLES)
    db.run(
      `DELETE FROM ${table} WHERE seq IN (SELECT value FROM json_each(?3)) ` +
        `AND term IN (SELECT id FROM terms WHERE org = ?1 AND term ${AMONG})`,
      org,
      JSON.stringify(actors),
      JSON.stringify(rewritten.map(({ seq }) => seq)),
    );
  return rewritten.flatMap(({ detached }) => detached);
}

/** Removals that wait for a confirmation wait no more for who is gone. */
function forgetHeld(db: Connection, org: string, learnerIds: readonly string[]): void {
  db.run(
    "UPDATE roster_states SET value = json_set(value, '$.held.learnerIds', (SELECT json_group_array(h.value) " +
      "FROM json_each(value, '$.held.learnerIds') h WHERE h.value NOT IN (SELECT j.value FROM json_each(?2) j))) " +
      "WHERE org = ?1 AND EXISTS (SELECT 1 FROM json_each(value, '$.held.learnerIds') h " +
      'WHERE h.value IN (SELECT j.value FROM json_each(?2) j))',
    org,
    JSON.stringify(learnerIds),
  );
}

/** Terms, activities and documents that are called after the person. */
function forgetMentions(db: Connection, org: string, actors: readonly string[]): void {
  const names = actors.map((actor) => JSON.stringify(actor));
  const texts = distinctiveTexts(actors);
  const mention = mentionPattern(texts);
  const mentions = (value: unknown) => mention !== null && String(value).search(mention) >= 0;
  const like = (column: string) =>
    `EXISTS (SELECT 1 FROM json_each(?2) p WHERE ${column} LIKE p.value ESCAPE '!')`;
  const patterns = patternsOf(texts);
  // The numbers stay: another process may remember them, and must never find somebody else under one.
  const rename = "UPDATE terms SET term = 'erased|' || id WHERE org = ?1";
  db.run(`${rename} AND term ${AMONG}`, org, `[${names}]`);
  for (const { id, term } of db.all(
    `SELECT id, term FROM terms WHERE org = ?1 AND ${like('term')}`,
    org,
    patterns,
  ))
    if (mentions(term)) db.run(`${rename} AND id = ?2`, org, Number(id));
  for (const row of db.all(
    `SELECT id, definition FROM activities WHERE org = ?1 AND (${like('id')} OR ${like('definition')})`,
    org,
    patterns,
  ))
    if (mentions(row.id) || mentions(row.definition))
      db.run('DELETE FROM activities WHERE org = ? AND id = ?', org, String(row.id));
  for (const row of db.all(
    `SELECT rowid AS place, activity, id FROM documents WHERE org = ?1 AND (${like('activity')} OR ${like('id')})`,
    org,
    patterns,
  ))
    if (mentions(row.activity) || mentions(row.id))
      db.run('DELETE FROM documents WHERE rowid = ?', Number(row.place));
}

export const erasureOperations = {
  ...journal,
  ...frozen,
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
    ): Removed => {
      const { db } = context;
      const { org, subject } = input;
      const removed: Record<string, number> = {};
      for (const { kind, table, where, alsoErased } of PERSONAL_TABLES) {
        const all = alsoErased === undefined ? where : `(${where}) OR (${alsoErased})`;
        const count = db.run(`${GIVEN} DELETE FROM ${table} WHERE ${all}`, ...givenValues(org, subject));
        if (count > 0) removed[kind] = count;
      }
      const quarantined = JSON.stringify(input.quarantined);
      const count = db.run(`DELETE FROM quarantine WHERE org = ?1 AND id ${AMONG}`, org, quarantined);
      if (count > 0) removed.quarantined = count;
      forgetHeld(db, org, subject.learnerIds);
      forgetMentions(db, org, subject.actors);
      context.forget();
      return removed;
    },
  ),
};
