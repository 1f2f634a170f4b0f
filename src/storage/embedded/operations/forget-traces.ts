import { distinctiveTexts, mentionPattern } from '../../../../xapi/statement/person-texts.ts';
import type { DataSubject } from '../../ports/subject-store.ts';
import type { Connection } from '../connection.ts';
import { patternsOf } from './subjects.ts';

const AMONG = 'IN (SELECT value FROM json_each(?2))';

/** What names a person beside the rows that are theirs. */
export function forgetTraces(db: Connection, org: string, subject: DataSubject): void {
  forgetHeld(db, org, subject.learnerIds);
  forgetLogins(db, subject);
  forgetMentions(db, org, subject.actors);
  forgetRecorder(db, org, subject.actors);
}

/** What they configured stays; that it was them does not. */
function forgetRecorder(db: Connection, org: string, actors: readonly string[]): void {
  const sql = `UPDATE definitions SET recorded_by = '' WHERE org = ?1 AND recorded_by ${AMONG}`;
  db.run(sql, org, JSON.stringify(actors));
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

/** Logins that the person's platforms began: used ones, and those that name them; both live five minutes at most. */
function forgetLogins(db: Connection, { users }: DataSubject): void {
  for (const { registrationId, sub } of users)
    db.run(
      "DELETE FROM logins WHERE json_extract(value, '$.registrationId') = ? AND (used_at IS NOT NULL OR instr(value, ?) > 0)",
      registrationId,
      sub,
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
