import { SignJWT } from 'jose';
import { z } from 'zod';
import type { Registration } from '../../src/storage/ports/registration-store.ts';
import type { ToolKeys } from '../tool-keys.ts';
import { excerptOf, reasonOf } from './limited-text.ts';
import { LastingFault, type PlatformFetch } from './platform-fetch.ts';

/** A bearer token, or why there is none. */
export type TokenOutcome =
  | { readonly kind: 'token'; readonly token: string }
  | {
      readonly kind: 'failed';
      readonly reason: string;
      readonly status: number | null;
      readonly retryAfter: string | null;
      /** Asking again changes nothing. */
      readonly lasting?: true;
    };

/** Access tokens of platforms (OAuth 2.0 client credentials, RFC 7523; 1EdTech Security Framework §4.1). */
export interface AccessTokens {
  /** One that lives for at least a minute; concurrent calls share one request. */
  tokenFor(registration: Registration, scopes: readonly string[]): Promise<TokenOutcome>;
  /** Forgets a token that the platform does not take any more. */
  forget(registration: Registration, scopes: readonly string[], token: string): void;
}

export interface AccessTokenDeps {
  readonly toolKeys: ToolKeys;
  readonly fetch: PlatformFetch;
  /** ms since the epoch. */
  readonly clock: () => number;
  readonly newId: () => string;
}

/** What every request to a platform says of itself: Canvas takes none without. */
export const USER_AGENT = 'Assidu (LTI tool)';

const TIMEOUT = 15_000;
const MOST_BYTES = 64 * 1024;
/** Life of a signed assertion, s. */
const ASSERTION_LIFE = 60;
/** A token is renewed so long before its end, ms. */
const MARGIN = 60_000;

// Moodle calls its JSON text/html (recorded), so that the type of the answer says nothing.
const answerSchema = z.object({
  access_token: z.string().min(1).max(16_384),
  expires_in: z.coerce.number().positive().max(86_400).default(3_600),
});

interface Kept {
  readonly token: string;
  readonly until: number;
}

export function createAccessTokens(deps: AccessTokenDeps): AccessTokens {
  const kept = new Map<string, Kept>();
  const pending = new Map<string, Promise<TokenOutcome>>();
  // An altered registration (another client id, another URL) must not be served with the old one's token.
  const keyOf = ({ id, clientId, tokenUrl }: Registration, scopes: readonly string[]): string =>
    JSON.stringify([id, clientId, tokenUrl, [...scopes].sort()]);

  async function ask(registration: Registration, scopes: readonly string[]): Promise<TokenOutcome> {
    const asked = deps.clock();
    try {
      const response = await deps.fetch(registration, {
        method: 'POST',
        url: registration.tokenUrl,
        headers: {
          accept: 'application/json',
          'content-type': 'application/x-www-form-urlencoded',
          'user-agent': USER_AGENT,
        },
        body: new URLSearchParams({
          grant_type: 'client_credentials',
          client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
          client_assertion: await assertionFor(registration, deps),
          scope: [...scopes].sort().join(' '),
        }).toString(),
        timeLimit: TIMEOUT,
        sizeLimit: MOST_BYTES,
      });
      const { text } = response;
      const answer = answerSchema.safeParse(parsed(text));
      if (response.ok && answer.success) {
        const { access_token: token, expires_in: life } = answer.data;
        kept.set(keyOf(registration, scopes), { token, until: asked + life * 1_000 - MARGIN });
        return { kind: 'token', token };
      }
      return {
        kind: 'failed',
        reason: `the platform gave no access token: ${response.status} ${refusalOf(text)}`.trimEnd(),
        status: response.status,
        retryAfter: response.headers.get('retry-after'),
      };
    } catch (error) {
      const reason = `the platform gave no access token: ${reasonOf(error)}`;
      const lasting = error instanceof LastingFault ? ({ lasting: true } as const) : {};
      return { kind: 'failed', reason, status: null, retryAfter: null, ...lasting };
    }
  }

  return {
    tokenFor(registration, scopes) {
      const key = keyOf(registration, scopes);
      const held = kept.get(key);
      if (held !== undefined && held.until > deps.clock())
        return Promise.resolve({ kind: 'token', token: held.token });
      const running = pending.get(key);
      if (running !== undefined) return running;
      const request = ask(registration, scopes).finally(() => pending.delete(key));
      pending.set(key, request);
      return request;
    },
    forget(registration, scopes, token) {
      const key = keyOf(registration, scopes);
      if (kept.get(key)?.token === token) kept.delete(key);
    },
  };
}

/** The assertion by which the platform knows us, signed by the tool key that signs. */
async function assertionFor(
  { clientId, tokenUrl }: Registration,
  { toolKeys, clock, newId }: AccessTokenDeps,
): Promise<string> {
  await toolKeys.ensure();
  const current = await toolKeys.signing();
  const now = Math.floor(clock() / 1_000);
  return new SignJWT()
    .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: current.kid })
    .setIssuer(clientId)
    .setSubject(clientId)
    .setAudience(tokenUrl)
    .setIssuedAt(now)
    .setExpirationTime(now + ASSERTION_LIFE)
    .setJti(newId())
    .sign(current.privateKey());
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const refusalSchema = z.object({ error: z.string(), error_description: z.string().optional() });

/** What a refusal says. An answer that may hold a token is not repeated. */
function refusalOf(text: string): string {
  const refusal = refusalSchema.safeParse(parsed(text));
  if (refusal.success) return excerptOf([refusal.data.error, refusal.data.error_description ?? ''].join(' '));
  return text.includes('access_token') ? '(an answer that is no token)' : excerptOf(text);
}
