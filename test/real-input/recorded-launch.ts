import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { z } from 'zod';
import { loginCookie, sessionCookie } from '../../lti/cookies.ts';
import { hashOf } from '../../lti/secrets.ts';
import type { Registration } from '../../src/storage/ports/registration-store.ts';
import type { RunningAssidu } from '../support/start-assidu.ts';

const recording = z.object({
  oidc_login_initiation: z.object({ lti_deployment_id: z.string() }),
  launch_post: z.object({ state: z.string() }),
  raw_id_token: z.string(),
  payload: z.looseObject({
    iss: z.string(),
    aud: z.string(),
    sub: z.string(),
    nonce: z.string(),
    iat: z.number(),
    'https://purl.imsglobal.org/spec/lti/claim/target_link_uri': z.string(),
  }),
});

/** One recorded launch: the token as Moodle signed it, and the login it answers. */
export interface RecordedLaunch {
  readonly issuer: string;
  readonly clientId: string;
  readonly deployment: string;
  readonly target: string;
  readonly nonce: string;
  readonly state: string;
  readonly token: string;
  /** When it was issued, ms. */
  readonly issuedAt: number;
}

/** Names of the recorded id_tokens in a folder. */
export function recordedNames(folder: string): readonly string[] {
  return readdirSync(folder).filter((name) => name.startsWith('id-token-'));
}

export function readRecorded(folder: string, name: string): RecordedLaunch {
  const { payload, ...rest } = recording.parse(JSON.parse(readFileSync(join(folder, name), 'utf8')));
  return {
    issuer: payload.iss,
    clientId: payload.aud,
    deployment: rest.oidc_login_initiation.lti_deployment_id,
    target: payload['https://purl.imsglobal.org/spec/lti/claim/target_link_uri'],
    nonce: payload.nonce,
    state: rest.launch_post.state,
    token: rest.raw_id_token,
    issuedAt: payload.iat * 1000,
  };
}

/** Serves the recorded platform's public keys. */
export async function serveKeys(file: string): Promise<{ readonly url: string; close(): Promise<void> }> {
  const keys = readFileSync(file);
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'application/json').end(keys);
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  const address = server.address();
  return {
    url: `http://localhost:${typeof address === 'object' && address ? address.port : 0}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** The registration that a recorded launch comes from. */
export function registrationOf(
  { issuer, clientId, deployment }: RecordedLaunch,
  jwksUrl: string,
): Registration {
  return {
    id: `moodle-${clientId}`,
    org: 'default',
    name: 'Campus',
    issuer,
    clientId,
    authUrl: `${issuer}/mod/lti/auth.php`,
    tokenUrl: `${issuer}/mod/lti/token.php`,
    jwksUrl,
    deployments: [deployment],
    status: 'active',
    actorFormat: { homePage: issuer, name: 'sub' },
    frameOrigins: [],
    createdAt: 0,
  };
}

/** Where a launch led. */
export interface Arrival {
  readonly status: number;
  /** Path it was sent on to; null when it was answered with a page at once. */
  readonly path: string | null;
  /** The page, at the end of all redirections. */
  readonly html: string;
  /** Opens another address in the same browser. */
  open(path: string): Promise<{ readonly status: number; readonly html: string }>;
}

/** Sends a recorded launch as its browser did, its login being seeded; the product's clock must stand at `issuedAt`. */
export async function launch(
  assidu: RunningAssidu,
  recorded: RecordedLaunch,
  registration: Registration,
): Promise<Arrival> {
  const { state, nonce, target, token, issuedAt, deployment } = recorded;
  await assidu.services.storage.launches.saveLogin({
    state,
    nonce,
    bindHash: hashOf('bind'),
    registrationId: registration.id,
    deployment,
    target,
    expiresAt: issuedAt + 300_000,
  });
  const response = await fetch(`${assidu.url}/lti/launch`, {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie: `${loginCookie(state)}=bind` },
    body: new URLSearchParams({ id_token: token, state }),
  });
  const session = response.headers.getSetCookie().find((each) => each.startsWith(`${sessionCookie}=`));
  const cookie = session?.split(';')[0] ?? '';
  const open = async (path: string) => {
    const page = await fetch(`${assidu.url}${path}`, { headers: { cookie }, redirect: 'manual' });
    return { status: page.status, html: await page.text() };
  };
  const location = response.headers.get('location');
  const own = await response.text();
  if (location === null) return { status: response.status, path: null, html: own, open };
  const path = new URL(location).pathname;
  return { path, ...(await open(path)), open };
}
