import { createRemoteJWKSet, decodeJwt, errors, type JWTPayload, jwtVerify } from 'jose';
import { scope } from './launch-message.ts';
import { type AccessToken, type LmsState, randomText } from './lms-state.ts';

const lifeSeconds = 3600;
const granted: readonly string[] = [...scope.scores, scope.memberships];

/** What the token endpoint answers: a body with its status. */
export interface TokenAnswer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

const refuse = (error: string): TokenAnswer => ({ status: 400, body: { error } });

async function verified(state: LmsState, assertion: string, clientId: string): Promise<JWTPayload> {
  const url = state.tools.get(clientId)?.toolJwksUrl;
  if (url === undefined) throw new errors.JWTInvalid('invalid_client');
  const keys = state.toolKeys.get(clientId) ?? createRemoteJWKSet(new URL(url), { cooldownDuration: 0 });
  state.toolKeys.set(clientId, keys);
  const { payload } = await jwtVerify(assertion, keys, {
    issuer: clientId,
    subject: clientId,
    currentDate: state.clock(),
    clockTolerance: 60,
    // Moodle 4.1 gives a token whatever the audience says (recorded); Canvas checks it.
    ...(state.options.profile === 'canvas' ? { audience: state.url + state.profile.tokenPath } : {}),
  });
  return payload;
}

/** Gives an access token for a signed client assertion (OAuth 2.0 client credentials, RFC 7523). */
export async function grantToken(
  state: LmsState,
  form: Readonly<Record<string, string>>,
): Promise<TokenAnswer> {
  const assertion = form.client_assertion;
  const asked = form.scope;
  if (!assertion || !asked || !form.client_assertion_type || !form.grant_type)
    return refuse('invalid_request');
  if (form.grant_type !== 'client_credentials') return refuse('unsupported_grant_type');
  let clientId: string;
  try {
    clientId = decodeJwt(assertion).sub ?? '';
    await verified(state, assertion, clientId);
  } catch (error) {
    return refuse(error instanceof errors.JWTExpired ? 'Expired token' : 'invalid_client');
  }
  const scopes = asked.split(' ').filter((name) => granted.includes(name));
  if (scopes.length === 0) return refuse('invalid_scope');
  const token = randomText(16);
  state.accessTokens.set(token, {
    clientId,
    scopes,
    expiresAt: state.clock().getTime() + lifeSeconds * 1000,
  });
  return {
    status: 200,
    body: { access_token: token, token_type: 'Bearer', expires_in: lifeSeconds, scope: scopes.join(' ') },
  };
}

/** The token of an Authorization header when it lives and holds this scope; else undefined. */
export function bearerOf(
  state: LmsState,
  header: string | undefined,
  wanted: string,
): AccessToken | undefined {
  const token = state.accessTokens.get(/^Bearer (\S+)$/i.exec(header ?? '')?.[1] ?? '');
  const lives = token !== undefined && token.expiresAt > state.clock().getTime();
  return lives && token.scopes.includes(wanted) ? token : undefined;
}
