import type { ContentSession } from '../../ports/content-session-store.ts';
import type { Connection, Row } from '../connection.ts';
import { read, write } from '../operation.ts';

export function toContentSession(row: Row): ContentSession {
  const orNull = (value: unknown) => (value === null ? null : Number(value));
  return {
    id: String(row.id),
    org: String(row.org),
    cohortId: String(row.cohort_id),
    enrolmentId: String(row.enrolment_id),
    unit: String(row.unit),
    actor: String(row.actor),
    fetchHash: String(row.fetch_hash),
    openedAt: Number(row.opened_at),
    fetchExpiresAt: Number(row.fetch_expires_at),
    keyLifetime: Number(row.key_lifetime),
    fetchedAt: orNull(row.fetched_at),
    key: row.key === null ? null : String(row.key),
    endedAt: orNull(row.ended_at),
  };
}

function byId(db: Connection, id: string): ContentSession | null {
  const row = db.get('SELECT * FROM content_sessions WHERE id = ?', id);
  return row ? toContentSession(row) : null;
}

export const contentSessionOperations = {
  'contentSessions.insert': write(({ db }, session: ContentSession): null => {
    db.run(
      'INSERT INTO content_sessions (id, org, cohort_id, enrolment_id, unit, actor, fetch_hash, opened_at, ' +
        'fetch_expires_at, key_lifetime, fetched_at, key, ended_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
      session.id,
      session.org,
      session.cohortId,
      session.enrolmentId,
      session.unit,
      session.actor,
      session.fetchHash,
      session.openedAt,
      session.fetchExpiresAt,
      session.keyLifetime,
      session.fetchedAt,
      session.key,
      session.endedAt,
    );
    return null;
  }),
  'contentSessions.fetch': write(
    (
      { db },
      { fetchHash, now }: { readonly fetchHash: string; readonly now: number },
    ): ContentSession | 'unknown' | 'used' | 'expired' => {
      const row = db.get('SELECT * FROM content_sessions WHERE fetch_hash = ?', fetchHash);
      if (!row) return 'unknown';
      const session = toContentSession(row);
      if (session.fetchedAt !== null) return 'used';
      if (session.fetchExpiresAt <= now || session.endedAt !== null) return 'expired';
      db.run('UPDATE content_sessions SET fetched_at = ? WHERE id = ?', now, session.id);
      return { ...session, fetchedAt: now };
    },
  ),
  'contentSessions.setKey': write(
    ({ db }, { id, key }: { readonly id: string; readonly key: string }): boolean => {
      if (byId(db, id)?.endedAt !== null) return false;
      db.run('UPDATE content_sessions SET key = ? WHERE id = ?', key, id);
      return true;
    },
  ),
  'contentSessions.unended': read(
    (
      { db },
      given: { readonly org: string; readonly enrolmentId: string; readonly unit: string },
    ): readonly ContentSession[] =>
      db
        .all(
          'SELECT * FROM content_sessions WHERE org = ? AND enrolment_id = ? AND unit = ? AND ended_at IS NULL ' +
            'ORDER BY opened_at, id',
          given.org,
          given.enrolmentId,
          given.unit,
        )
        .map(toContentSession),
  ),
  'contentSessions.end': write(
    ({ db }, { id, now }: { readonly id: string; readonly now: number }): ContentSession | null => {
      const session = byId(db, id);
      if (session === null || session.endedAt !== null) return null;
      db.run('UPDATE content_sessions SET ended_at = ? WHERE id = ?', now, id);
      return { ...session, endedAt: now };
    },
  ),
};
