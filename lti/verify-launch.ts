import { decodeProtectedHeader, errors, type JWTPayload, jwtVerify } from 'jose';
import type { LoginAttempt } from '../src/storage/ports/launch-store.ts';
import type { Registration } from '../src/storage/ports/registration-store.ts';
import { claimName, claimsSchema, type LtiClaims } from './claims.ts';
import type { JwksCache } from './jwks-cache.ts';
import { type Rejection, rejected } from './rejection.ts';

const algorithm = 'RS256';
const skewSeconds = 60;
/** A token is made for a login that lives five minutes: an older one is not its answer. */
const maxAgeSeconds = 300;

export type LaunchVerdict = { readonly kind: 'verified'; readonly claims: LtiClaims } | Rejection;

type Signed = { readonly kind: 'signed'; readonly payload: JWTPayload } | Rejection;

function headerOf(token: string): { readonly alg: unknown; readonly kid: unknown } | null {
  try {
    const { alg, kid } = decodeProtectedHeader(token);
    return { alg, kid };
  } catch {
    return null;
  }
}

function reasonOf(error: unknown): Rejection {
  if (error instanceof errors.JWTClaimValidationFailed || error instanceof errors.JWTExpired)
    return rejected('token-claim', `${error.claim}: ${error.reason}`);
  if (error instanceof errors.JWTInvalid || error instanceof errors.JWSInvalid)
    return rejected('token-malformed', error.code);
  return rejected('token-signature', error instanceof errors.JOSEError ? error.code : 'unusable key');
}

async function signedPayload(
  token: string,
  registration: Registration,
  keys: JwksCache,
  now: number,
): Promise<Signed> {
  const header = headerOf(token);
  if (header === null) return rejected('token-malformed', 'no header');
  if (header.alg !== algorithm) return rejected('token-algorithm', `${algorithm} was agreed`);
  if (typeof header.kid !== 'string' || header.kid === '') return rejected('token-key', 'no kid');
  const lookup = await keys.find(registration.jwksUrl, header.kid, registration.selfRegistered ?? false);
  if (lookup.kind === 'unavailable')
    return rejected('token-keys-unavailable', lookup.cause instanceof Error ? lookup.cause.message : '');
  if (lookup.kind === 'unknown-kid') return rejected('token-key', 'kid not among the signing keys');
  try {
    const { payload } = await jwtVerify(token, lookup.key, {
      algorithms: [algorithm],
      issuer: registration.issuer,
      audience: registration.clientId,
      requiredClaims: ['exp', 'iat', 'nonce', 'sub'],
      maxTokenAge: maxAgeSeconds,
      clockTolerance: skewSeconds,
      currentDate: new Date(now),
    });
    return { kind: 'signed', payload };
  } catch (error) {
    return reasonOf(error);
  }
}

/**
 * Verifies an id_token (1EdTech Security Framework §5.1.3, LTI 1.3 Core §5.3) against its registration and the
 * login it answers. Does not consume the login, does not look at the browser, and leaves it to its caller whether the
 * deployment is approved (registration/admit-deployment.ts). `now` in ms since the epoch.
 */
export async function verifyLaunch(
  token: string,
  registration: Registration,
  login: LoginAttempt,
  given: { readonly keys: JwksCache; readonly now: number },
): Promise<LaunchVerdict> {
  const signed = await signedPayload(token, registration, given.keys, given.now);
  if (signed.kind === 'rejected') return signed;
  const { aud, azp } = signed.payload;
  if (azp === undefined ? Array.isArray(aud) && aud.length > 1 : azp !== registration.clientId)
    return rejected('token-authorized-party', azp === undefined ? 'azp missing' : 'azp is not ours');
  const parsed = claimsSchema.safeParse(signed.payload);
  if (!parsed.success) {
    const faults = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
    return rejected('claims-invalid', faults.join('; '));
  }
  const claims = parsed.data;
  if (claims.nonce !== login.nonce) return rejected('nonce-mismatch');
  const deployment = claims[claimName.deployment];
  if (login.deployment !== null && login.deployment !== deployment) return rejected('deployment-mismatch');
  if (claims[claimName.target] !== login.target) return rejected('target-mismatch');
  return { kind: 'verified', claims };
}
