import { type AccessKey, KEY_SCOPES } from '../../ports/key-store.ts';
import type { Row } from '../connection.ts';
import { read, write } from '../operation.ts';

function toKey(row: Row): AccessKey {
  const scopes = new Set(String(row.scopes).split(','));
  return {
    id: String(row.id),
    org: String(row.org),
    key: String(row.key),
    secretHash: String(row.secret_hash),
    name: String(row.name),
    scopes: KEY_SCOPES.filter((scope) => scopes.has(scope)),
    createdAt: Number(row.created_at),
    lastUsedAt: row.last_used_at === null ? null : Number(row.last_used_at),
    revokedAt: row.revoked_at === null ? null : Number(row.revoked_at),
  };
}

export const keyOperations = {
  'keys.insert': write(({ db }, key: AccessKey): null => {
    db.run(
      'INSERT INTO keys (id, org, key, secret_hash, name, scopes, created_at, last_used_at, revoked_at) ' +
        'VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
      key.id,
      key.org,
      key.key,
      key.secretHash,
      key.name,
      key.scopes.join(','),
      key.createdAt,
      key.lastUsedAt,
      key.revokedAt,
    );
    return null;
  }),
  'keys.find': read(({ db }, key: string): AccessKey | null => {
    const row = db.get('SELECT * FROM keys WHERE key = ?', key);
    return row ? toKey(row) : null;
  }),
  'keys.list': read(({ db }, org: string): readonly AccessKey[] =>
    db.all('SELECT * FROM keys WHERE org = ? ORDER BY created_at, id', org).map(toKey),
  ),
  'keys.revoke': write(
    ({ db }, input: { readonly org: string; readonly key: string; readonly at: number }): boolean =>
      db.run(
        'UPDATE keys SET revoked_at = coalesce(revoked_at, ?) WHERE org = ? AND key = ?',
        input.at,
        input.org,
        input.key,
      ) > 0,
  ),
  'keys.touch': write(({ db }, input: { readonly id: string; readonly at: number }): null => {
    db.run(
      'UPDATE keys SET last_used_at = max(coalesce(last_used_at, 0), ?) WHERE id = ?',
      input.at,
      input.id,
    );
    return null;
  }),
};
