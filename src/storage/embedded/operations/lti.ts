import type { Launch, LoginAttempt, Session } from '../../ports/launch-store.ts';
import type { LtijsRecord, ToolKey } from '../../ports/tool-key-store.ts';
import type { Row } from '../connection.ts';
import { read, write } from '../operation.ts';
import { registrationOperations } from './registrations.ts';

/** A value that this adapter itself wrote as JSON. */
function kept<T>(row: Row): T {
  return JSON.parse(String(row.value));
}

function toSession(row: Row): Session {
  return {
    hash: String(row.hash),
    org: String(row.org),
    registrationId: String(row.registration_id),
    sub: String(row.sub),
    createdAt: Number(row.created_at),
    expiresAt: Number(row.expires_at),
  };
}

const toolKeys = {
  'toolKeys.insert': write(({ db }, key: ToolKey): null => {
    db.run(
      'INSERT INTO tool_keys (kid, public_jwk, sealed_private_jwk, created_at) VALUES (?, ?, ?, ?)',
      key.kid,
      key.publicJwk,
      key.sealedPrivateJwk,
      key.createdAt,
    );
    return null;
  }),
  'toolKeys.list': read(({ db }, _input: null): readonly ToolKey[] =>
    db.all('SELECT * FROM tool_keys ORDER BY created_at DESC, kid').map((row) => ({
      kid: String(row.kid),
      publicJwk: String(row.public_jwk),
      sealedPrivateJwk: String(row.sealed_private_jwk),
      createdAt: Number(row.created_at),
    })),
  ),
  'toolKeys.remove': write(({ db }, kid: string): null => {
    db.run('DELETE FROM tool_keys WHERE kid = ?', kid);
    return null;
  }),
  'ltijs.insert': write(({ db }, record: LtijsRecord): boolean => {
    return (
      db.run(
        'INSERT INTO ltijs_records (collection, key, value, created_at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
        record.collection,
        record.key,
        record.value,
        record.createdAt,
      ) > 0
    );
  }),
  'ltijs.replace': write(({ db }, record: LtijsRecord): null => {
    db.run(
      'INSERT INTO ltijs_records (collection, key, value, created_at) VALUES (?, ?, ?, ?) ' +
        'ON CONFLICT (collection, key) DO UPDATE SET value = excluded.value, created_at = excluded.created_at',
      record.collection,
      record.key,
      record.value,
      record.createdAt,
    );
    return null;
  }),
  'ltijs.list': read(({ db }, collection: string): readonly LtijsRecord[] =>
    db
      .all('SELECT * FROM ltijs_records WHERE collection = ? ORDER BY created_at, key', collection)
      .map((row) => ({
        collection: String(row.collection),
        key: String(row.key),
        value: String(row.value),
        createdAt: Number(row.created_at),
      })),
  ),
  'ltijs.remove': write(({ db }, input: { readonly collection: string; readonly key: string }): null => {
    db.run('DELETE FROM ltijs_records WHERE collection = ? AND key = ?', input.collection, input.key);
    return null;
  }),
};

const launches = {
  'launches.saveLogin': write(({ db }, login: LoginAttempt): null => {
    db.run(
      'INSERT INTO logins (state, value, expires_at, used_at) VALUES (?, ?, ?, NULL)',
      login.state,
      JSON.stringify(login),
      login.expiresAt,
    );
    return null;
  }),
  'launches.peekLogin': read(({ db }, state: string): LoginAttempt | null => {
    const row = db.get('SELECT value FROM logins WHERE state = ? AND used_at IS NULL', state);
    return row ? kept<LoginAttempt>(row) : null;
  }),
  'launches.takeLogin': write(
    (
      { db },
      input: { readonly state: string; readonly now: number },
    ): LoginAttempt | 'unknown' | 'used' | 'expired' => {
      const row = db.get('SELECT value, expires_at, used_at FROM logins WHERE state = ?', input.state);
      if (!row) return 'unknown';
      if (row.used_at !== null) return 'used';
      if (Number(row.expires_at) <= input.now) return 'expired';
      db.run('UPDATE logins SET used_at = ? WHERE state = ?', input.now, input.state);
      return kept<LoginAttempt>(row);
    },
  ),
  'launches.saveSession': write(({ db }, session: Session): null => {
    db.run(
      'INSERT INTO sessions (hash, org, registration_id, sub, created_at, expires_at) VALUES (?, ?, ?, ?, ?, ?) ' +
        'ON CONFLICT (hash) DO UPDATE SET expires_at = excluded.expires_at',
      session.hash,
      session.org,
      session.registrationId,
      session.sub,
      session.createdAt,
      session.expiresAt,
    );
    return null;
  }),
  'launches.findSession': read(
    ({ db }, input: { readonly hash: string; readonly now: number }): Session | null => {
      const row = db.get('SELECT * FROM sessions WHERE hash = ? AND expires_at > ?', input.hash, input.now);
      return row ? toSession(row) : null;
    },
  ),
  'launches.renewSession': write(
    ({ db }, input: { readonly hash: string; readonly expiresAt: number }): null => {
      db.run('UPDATE sessions SET expires_at = ? WHERE hash = ?', input.expiresAt, input.hash);
      return null;
    },
  ),
  'launches.revokeSession': write(({ db }, hash: string): null => {
    db.run('DELETE FROM sessions WHERE hash = ?', hash);
    return null;
  }),
  'launches.saveLaunch': write(({ db }, launch: Launch): null => {
    db.run(
      'INSERT INTO launches (id, session_hash, created_at, value) VALUES (?, ?, ?, ?)',
      launch.id,
      launch.sessionHash,
      launch.createdAt,
      JSON.stringify(launch),
    );
    return null;
  }),
  'launches.findLaunch': read(({ db }, id: string): Launch | null => {
    const row = db.get('SELECT value FROM launches WHERE id = ?', id);
    return row ? kept<Launch>(row) : null;
  }),
  'launches.sweep': write(({ db }, now: number): null => {
    // Used logins stay until they expire, so that a replay is told from an unknown state.
    db.run('DELETE FROM logins WHERE expires_at < ?', now);
    db.run('DELETE FROM sessions WHERE expires_at < ?', now);
    // Those of revoked sessions, too.
    db.run('DELETE FROM launches WHERE session_hash NOT IN (SELECT hash FROM sessions)');
    return null;
  }),
};

export const ltiOperations = { ...registrationOperations, ...toolKeys, ...launches };
