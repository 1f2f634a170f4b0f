import type { Request, RequestHandler, Response } from 'express';
import { z } from 'zod';
import type { Registration, RegistrationStore } from '../src/storage/ports/registration-store.ts';
import { loginCookie, setCookie } from './cookies.ts';
import { isOurs, type LtiDeps, ownUrl } from './deps.ts';
import { browserLocale } from './locale.ts';
import { platformOrigins, protectPage } from './page-headers.ts';
import { refuse } from './refuse.ts';
import { type Rejection, rejected } from './rejection.ts';
import { hashOf } from './secrets.ts';

/** A login waits this long for its launch. */
export const loginLifeSeconds = 300;

const word = z.string().min(1).max(255);
const parameters = z.object({
  iss: z.string().min(1).max(2048),
  login_hint: z.string().min(1).max(4096),
  target_link_uri: z.string().min(1).max(2048),
  lti_message_hint: z.string().min(1).max(8192).optional(),
  client_id: word.optional(),
  lti_deployment_id: word.optional(),
  // Canvas's own name for it.
  deployment_id: word.optional(),
  /** The platform keeps values for tools, in this frame of its page. */
  lti_storage_target: word.optional(),
});

type LoginParameters = z.output<typeof parameters>;

const deploymentOf = (asked: LoginParameters): string | null =>
  asked.lti_deployment_id ?? asked.deployment_id ?? null;

/** The registration a login is for: by issuer and client id, or by issuer (and deployment) alone when only one fits. */
export async function findRegistration(
  registrations: RegistrationStore,
  asked: { readonly issuer: string; readonly clientId: string | null; readonly deployment: string | null },
): Promise<{ readonly kind: 'found'; readonly registration: Registration } | Rejection> {
  const { issuer, clientId, deployment } = asked;
  // Where the client is named the launch decides, on the platform's signature: nobody signs a login.
  const holds = (registration: Registration): boolean =>
    clientId !== null || deployment === null || registration.deployments.includes(deployment);
  const known =
    clientId === null
      ? await registrations.byIssuer(issuer)
      : [await registrations.find(issuer, clientId)].filter((registration) => registration !== null);
  if (known.length === 0) return rejected('platform-unknown');
  const active = known.filter((registration) => registration.status === 'active');
  if (active.length === 0)
    return rejected(
      known.every(({ status }) => status === 'pending') ? 'platform-pending' : 'platform-inactive',
    );
  const candidates = active.filter(holds);
  const [registration] = candidates;
  if (registration === undefined) return rejected('deployment-not-approved');
  if (candidates.length > 1) return rejected('platform-ambiguous', 'client_id missing');
  return { kind: 'found', registration };
}

/** The platform's authorisation endpoint: its address and the query it came with (a GET form would drop it). */
function authEndpoint(authUrl: string): {
  readonly action: string;
  readonly own: readonly { readonly name: string; readonly value: string }[];
} {
  const url = new URL(authUrl);
  const own = [...url.searchParams].map(([name, value]) => ({ name, value }));
  url.search = '';
  return { action: url.href, own };
}

/** The same login for a window of its own: there is no platform around it that could keep anything. */
function queryOf({ lti_storage_target: _frame, ...asked }: LoginParameters): string {
  const given = Object.entries(asked).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value]],
  );
  return `${new URLSearchParams(given)}`;
}

async function sendLoginPage(
  deps: LtiDeps,
  request: Request,
  response: Response,
  asked: LoginParameters,
  registration: Registration,
): Promise<void> {
  const [state, nonce, bind] = [32, 32, 32].map((bytes) => deps.random(bytes).toString('base64url'));
  if (state === undefined || nonce === undefined || bind === undefined) throw new TypeError('no randomness');
  const again = queryOf(asked);
  await deps.launches.saveLogin({
    state,
    nonce,
    bindHash: hashOf(bind),
    registrationId: registration.id,
    deployment: deploymentOf(asked),
    target: asked.target_link_uri,
    ...(asked.lti_storage_target === undefined ? {} : { storageTarget: asked.lti_storage_target }),
    asked: again,
    expiresAt: deps.clock() + loginLifeSeconds * 1000,
  });
  const { action, own } = authEndpoint(registration.authUrl);
  const asks = {
    scope: 'openid',
    response_type: 'id_token',
    response_mode: 'form_post',
    prompt: 'none',
    client_id: registration.clientId,
    redirect_uri: ownUrl(deps.publicUrl, '/lti/launch'),
    login_hint: asked.login_hint,
    ...(asked.lti_message_hint === undefined ? {} : { lti_message_hint: asked.lti_message_hint }),
    state,
    nonce,
  };
  setCookie(response, loginCookie(state), bind, loginLifeSeconds);
  protectPage(response, registration, platformOrigins(registration));
  response.type('html').send(
    deps.pages.loginPage({
      locale: browserLocale(request.headers['accept-language']),
      action,
      fields: [...own, ...Object.entries(asks).map(([name, value]) => ({ name, value }))],
      state,
      bind,
      authOrigin: new URL(action).origin,
      platformOrigins: platformOrigins(registration),
      storageTarget: asked.lti_storage_target ?? null,
      newWindowUrl: ownUrl(deps.publicUrl, `/lti/login?${again}`),
    }),
  );
}

/** OIDC third-party-initiated login (1EdTech Security Framework §5.1.1.1), by GET or POST. */
export function loginHandler(deps: LtiDeps): RequestHandler {
  return async (request, response) => {
    const parsed = parameters.safeParse(request.method === 'POST' ? request.body : request.query);
    if (!parsed.success) {
      const names = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
      refuse(deps, request, response, rejected('request-malformed', names.join('; ')));
      return;
    }
    const asked = parsed.data;
    const found = await findRegistration(deps.registrations, {
      issuer: asked.iss,
      clientId: asked.client_id ?? null,
      deployment: deploymentOf(asked),
    });
    if (found.kind === 'rejected') {
      refuse(deps, request, response, found);
      return;
    }
    const { registration } = found;
    if (!isOurs(deps.publicUrl, asked.target_link_uri)) {
      refuse(deps, request, response, rejected('target-elsewhere'), { registration });
      return;
    }
    await sendLoginPage(deps, request, response, asked, registration);
  };
}
