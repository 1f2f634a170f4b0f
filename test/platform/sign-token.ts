import { constants, createHmac, sign } from 'node:crypto';
import type { SigningKey } from './key-ring.ts';

function signature(alg: string, input: string, key: SigningKey): string {
  const hash = `sha${alg.slice(2)}`;
  const data = Buffer.from(input);
  switch (alg.slice(0, 2)) {
    case 'RS':
      return sign(hash, data, key.privateKey).toString('base64url');
    case 'PS':
      return sign(hash, data, {
        key: key.privateKey,
        padding: constants.RSA_PKCS1_PSS_PADDING,
        saltLength: constants.RSA_PSS_SALTLEN_DIGEST,
      }).toString('base64url');
    case 'HS':
      // The classic confusion: the published key taken as a shared secret.
      return createHmac(hash, key.publicKey.export({ type: 'spki', format: 'pem' }))
        .update(data)
        .digest('base64url');
    default:
      return '';
  }
}

/** Drops the members whose value is `undefined`, so that an override can remove. */
export function overlay(
  base: Readonly<Record<string, unknown>>,
  changes: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries({ ...base, ...changes }).filter(([, value]) => value !== undefined),
  );
}

/**
 * A compact JWS. Not jose's SignJWT, because tests need tokens that a sound library refuses to make
 * (alg `none`, HMAC with the public key, a header that lies about its key).
 */
export function signToken(
  claims: Readonly<Record<string, unknown>>,
  key: SigningKey,
  options: { readonly alg?: string; readonly header?: Readonly<Record<string, unknown>> } = {},
): string {
  const alg = options.alg ?? 'RS256';
  const header = overlay({ typ: 'JWT', alg, kid: key.kid }, options.header);
  const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const input = `${encode(header)}.${encode(claims)}`;
  return `${input}.${signature(alg, input, key)}`;
}
