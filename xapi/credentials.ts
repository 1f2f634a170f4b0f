import { hash, timingSafeEqual } from 'node:crypto';
import { AssiduError } from '../src/base/errors.ts';
import type { AccessKey, KeyScope, KeyStore } from '../src/storage/ports/key-store.ts';
import { KEY_SCOPES } from '../src/storage/ports/key-store.ts';
import type { KeyLimiter } from './key-limits.ts';

/** How often the last use of a key is noted, in ms. */
const TOUCH_EVERY = 60_000;

/** What is kept of a secret: it is 256 random bits, so one round of SHA-256 cannot be searched. */
export function hashSecret(secret: string): string {
  return hash('sha256', secret, 'hex');
}

/** What a key may be made with beyond its scopes: by default it is unlimited, for ever, about whomever, and strict. */
export type KeyTerms = Pick<AccessKey, 'expiresAt' | 'limits' | 'boundTo' | 'trustedPlatform' | 'onInvalid'>;

const USUAL_TERMS: KeyTerms = {
  expiresAt: null,
  limits: { requestsPerMinute: null, statementsPerMinute: null },
  boundTo: null,
  trustedPlatform: null,
  onInvalid: 'refuse',
};

/** A new key and its secret, which is shown once. */
export function newAccessKey(
  given: {
    readonly org: string;
    readonly name: string;
    readonly scopes: readonly KeyScope[];
    readonly at: number;
    readonly terms?: Partial<KeyTerms>;
  },
  random: (bytes: number) => Buffer,
): { readonly accessKey: AccessKey; readonly secret: string } {
  const secret = random(32).toString('base64url');
  return {
    secret,
    accessKey: {
      id: random(12).toString('base64url'),
      org: given.org,
      key: `ak_${random(12).toString('hex')}`,
      secretHash: hashSecret(secret),
      name: given.name,
      scopes: given.scopes,
      createdAt: given.at,
      lastUsedAt: null,
      revokedAt: null,
      ...USUAL_TERMS,
      ...given.terms,
    },
  };
}

/** Scopes out of `all,cohorts`. Throws `invalid-request` naming what is none. */
export function parseScopes(text: string): readonly KeyScope[] {
  const asked = text
    .split(',')
    .map((scope) => scope.trim())
    .filter((scope) => scope !== '');
  const unknown = asked.find((scope) => !KEY_SCOPES.some((known) => known === scope));
  if (unknown !== undefined || asked.length === 0)
    throw new AssiduError(
      'invalid-request',
      `scopes: ${unknown ?? 'none'} is not one of ${KEY_SCOPES.join(', ')}`,
      {
        problems: [{ path: 'scopes', message: `must be some of ${KEY_SCOPES.join(', ')}` }],
      },
    );
  return KEY_SCOPES.filter((scope) => asked.includes(scope));
}

/** Tells which key sends a request. */
export interface Authenticator {
  /**
   * The key of a Basic `Authorization` header, the request counted. Throws `unauthorized` when it is missing, malformed,
   * wrong, revoked or expired, and `too-many-requests`.
   */
  authenticate(header: string | undefined): Promise<AccessKey>;
}

export function createAuthenticator(
  keys: KeyStore,
  clock: () => number,
  limiter: Pick<KeyLimiter, 'takeRequest'>,
): Authenticator {
  return {
    authenticate: async (header) => {
      const [, encoded] = /^Basic\s+([A-Za-z0-9+/=_-]+)\s*$/i.exec(header ?? '') ?? [];
      if (encoded === undefined)
        throw new AssiduError('unauthorized', 'Basic credentials are needed: a key and its secret');
      const decoded = Buffer.from(encoded, 'base64').toString('utf8');
      const colon = decoded.indexOf(':');
      const key = await keys.find(colon < 0 ? decoded : decoded.slice(0, colon));
      const given = Buffer.from(hashSecret(colon < 0 ? '' : decoded.slice(colon + 1)), 'hex');
      // An unknown key costs the same comparison as a wrong secret.
      const expected = Buffer.from(key?.secretHash ?? '0'.repeat(64), 'hex');
      if (!timingSafeEqual(given, expected) || !key || key.revokedAt !== null)
        throw new AssiduError('unauthorized', 'unknown key, wrong secret or revoked key');
      const now = clock();
      // Said to holders of the secret only.
      if (key.expiresAt !== null && key.expiresAt <= now)
        throw new AssiduError('unauthorized', `this key expired at ${new Date(key.expiresAt).toISOString()}`);
      limiter.takeRequest(key);
      if (key.lastUsedAt === null || now - key.lastUsedAt > TOUCH_EVERY) await keys.touch(key.id, now);
      return key;
    },
  };
}

/** Whether a key reads statements that others wrote; one for content never does. */
export function readsOthers(key: AccessKey): boolean {
  return key.boundTo === null && hasScope(key, 'all', 'all/read', 'statements/read');
}

/** True when the key has one of the scopes. */
export function hasScope(key: AccessKey, ...scopes: readonly KeyScope[]): boolean {
  return scopes.some((scope) => key.scopes.includes(scope));
}

/** Throws `forbidden` naming the scopes that would do. */
export function requireScope(key: AccessKey, ...scopes: readonly KeyScope[]): void {
  if (!hasScope(key, ...scopes))
    throw new AssiduError('forbidden', `this key has none of the scopes ${scopes.join(', ')}`);
}
