import { type AccessKey, KEY_SCOPES, type KeyKind, ON_INVALID } from '../../ports/key-store.ts';
import type { Row } from '../connection.ts';
import { read, write } from '../operation.ts';

const KINDS: Readonly<Record<KeyKind, string>> = {
  standing: 'bound_actor IS NULL',
  content: 'bound_actor IS NOT NULL',
};

const textOr = (value: unknown): string | null => (value === null ? null : String(value));
const numberOr = (value: unknown): number | null => (value === null ? null : Number(value));

export function toKey(row: Row): AccessKey {
  const scopes = new Set(String(row.scopes).split(','));
  return {
    id: String(row.id),
    org: String(row.org),
    key: String(row.key),
    secretHash: String(row.secret_hash),
    name: String(row.name),
    scopes: KEY_SCOPES.filter((scope) => scopes.has(scope)),
    createdAt: Number(row.created_at),
    lastUsedAt: numberOr(row.last_used_at),
    revokedAt: numberOr(row.revoked_at),
    expiresAt: numberOr(row.expires_at),
    limits: {
      requestsPerMinute: numberOr(row.requests_per_minute),
      statementsPerMinute: numberOr(row.statements_per_minute),
    },
    boundTo:
      row.bound_actor === null
        ? null
        : { actor: String(row.bound_actor), registration: textOr(row.bound_registration) },
    trustedPlatform: textOr(row.trusted_platform),
    onInvalid: ON_INVALID.find((each) => each === row.on_invalid) ?? 'refuse',
  };
}

export const keyOperations = {
  'keys.insert': write(({ db }, key: AccessKey): null => {
    db.run(
      'INSERT INTO keys (id, org, key, secret_hash, name, scopes, created_at, last_used_at, revoked_at, expires_at, ' +
        'requests_per_minute, statements_per_minute, bound_actor, bound_registration, trusted_platform, on_invalid) ' +
        'VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
      key.id,
      key.org,
      key.key,
      key.secretHash,
      key.name,
      key.scopes.join(','),
      key.createdAt,
      key.lastUsedAt,
      key.revokedAt,
      key.expiresAt,
      key.limits.requestsPerMinute,
      key.limits.statementsPerMinute,
      key.boundTo?.actor ?? null,
      key.boundTo?.registration ?? null,
      key.trustedPlatform,
      key.onInvalid,
    );
    return null;
  }),
  'keys.find': read(({ db }, key: string): AccessKey | null => {
    const row = db.get('SELECT * FROM keys WHERE key = ?', key);
    return row ? toKey(row) : null;
  }),
  'keys.byId': read(({ db }, id: string): AccessKey | null => {
    const row = db.get('SELECT * FROM keys WHERE id = ?', id);
    return row ? toKey(row) : null;
  }),
  'keys.list': read(
    ({ db }, { org, kind }: { readonly org: string; readonly kind: KeyKind }): readonly AccessKey[] =>
      db.all(`SELECT * FROM keys WHERE org = ? AND ${KINDS[kind]} ORDER BY created_at, id`, org).map(toKey),
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
