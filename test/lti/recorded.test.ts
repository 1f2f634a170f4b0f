import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { hashOf } from '../../lti/secrets.ts';
import type { Registration } from '../../src/storage/ports/registration-store.ts';
import { sharedPath } from '../support/shared.ts';
import { startTool } from './tool.ts';

const folder = sharedPath('data/moodle');
const present = folder !== null;

const recording = z.object({
  oidc_login_initiation: z.object({ lti_deployment_id: z.string() }),
  launch_post: z.object({ state: z.string() }),
  raw_id_token: z.string(),
  payload: z.looseObject({
    iss: z.string(),
    aud: z.string(),
    nonce: z.string(),
    iat: z.number(),
    'https://purl.imsglobal.org/spec/lti/claim/target_link_uri': z.string(),
  }),
});

const tokens = folder !== null ? readdirSync(folder).filter((name) => name.startsWith('id-token-')) : [];
const read = (name: string) => recording.parse(JSON.parse(readFileSync(`${folder}/${name}`, 'utf8')));

let jwks: Server;
let jwksUrl = '';

beforeAll(async () => {
  if (!present) return;
  const keys = readFileSync(`${folder}/jwks.json`);
  jwks = createServer((_request, response) => {
    response.setHeader('content-type', 'application/json').end(keys);
  });
  await new Promise<void>((resolve) => jwks.listen(0, 'localhost', resolve));
  const address = jwks.address();
  jwksUrl = `http://localhost:${typeof address === 'object' && address !== null ? address.port : 0}`;
});

afterAll(() => {
  jwks?.close();
});

/** Launches a recorded token as its browser did, into a tool whose clock stands `late` seconds after its iat. */
async function relaunch(name: string, late = 0) {
  const { payload, raw_id_token, launch_post, oidc_login_initiation } = read(name);
  const target = payload['https://purl.imsglobal.org/spec/lti/claim/target_link_uri'];
  const now = (payload.iat + late) * 1000;
  const tool = await startTool({ publicUrl: new URL(target).origin, clock: () => now });
  const registration: Registration = {
    id: 'moodle',
    org: 'default',
    name: 'Campus',
    issuer: payload.iss,
    clientId: payload.aud,
    authUrl: `${payload.iss}/mod/lti/auth.php`,
    tokenUrl: `${payload.iss}/mod/lti/token.php`,
    jwksUrl,
    deployments: [oidc_login_initiation.lti_deployment_id],
    status: 'active',
    actorFormat: { homePage: payload.iss, name: 'sub' },
    frameOrigins: [],
    createdAt: 0,
  };
  await tool.storage.registrations.save(registration);
  const { state } = launch_post;
  await tool.storage.launches.saveLogin({
    state,
    nonce: payload.nonce,
    bindHash: hashOf('bind'),
    registrationId: registration.id,
    deployment: oidc_login_initiation.lti_deployment_id,
    target,
    expiresAt: now + 300_000,
  });
  const response = await fetch(`${tool.origin}/lti/launch`, {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie: `__Host-assidu-login-${state.slice(0, 16)}=bind` },
    body: new URLSearchParams({ id_token: raw_id_token, state }),
  });
  const html = await response.text();
  await tool.close();
  return {
    status: response.status,
    html,
    reason: tool.logged.at(-1)?.fields.reason,
    launch: tool.launches[0],
  };
}

describe.skipIf(!present)('a launch recorded from Moodle 4.1', () => {
  it('is there ten times', () => {
    expect(tokens).toHaveLength(10);
  });

  it.each(tokens)('is accepted at its time: %s', async (name) => {
    const { status, reason } = await relaunch(name);
    expect([status, reason]).toEqual([303, undefined]);
  });

  it.each([
    ['id-token-admin.json', 'dlm'],
    ['id-token-enseignant.json', 'staff'],
    ['id-token-enseignant-non-editeur.json', 'staff'],
    ['id-token-etudiant.json', 'learner'],
  ])('gives the rights of its roles: %s %s', async (name, role) => {
    expect((await relaunch(name)).launch).toMatchObject({ role, courseId: '2', locale: 'en' });
  });

  it('says nothing of a person whose platform hides names', async () => {
    const { launch } = await relaunch('id-token-etudiant-anonyme.json');
    expect(launch).toMatchObject({ sub: '4', name: null, email: null, groups: ['1'] });
    expect(JSON.stringify(launch)).not.toMatch(/amelie|E2026001/i);
  });

  it('is refused when its minute and the allowance for clocks are over', async () => {
    const { status, reason } = await relaunch('id-token-etudiant.json', 121);
    expect([status, reason]).toEqual([401, 'token-claim']);
  });
});
