import { createServer, type Server } from 'node:http';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DemoLms, startDemoLms } from './demo-lms.ts';
import { someCourse, somePeople, toolAt } from './demo-people.ts';
import { scope } from './launch-message.ts';
import { membershipContainer } from './memberships.ts';

let toolServer: Server;
let assertion: (lms: DemoLms, changes?: Record<string, unknown>) => Promise<string>;
const lmses: DemoLms[] = [];
const tool = toolAt('http://localhost:3400');

beforeAll(async () => {
  const pair = await generateKeyPair('RS256');
  const keys = { keys: [{ ...(await exportJWK(pair.publicKey)), kid: 'tool', alg: 'RS256', use: 'sig' }] };
  toolServer = createServer((_req, res) => res.end(JSON.stringify(keys)));
  await new Promise<void>((resolve) => toolServer.listen(0, 'localhost', resolve));
  const address = toolServer.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  for (const profile of ['moodle', 'canvas'] as const) {
    const lms = await startDemoLms({ profile, name: 'Campus', users: somePeople, courses: [someCourse] });
    lms.registerTool({ ...tool, toolJwksUrl: `http://localhost:${port}/` });
    lmses.push(lms);
  }
  assertion = (lms, changes = {}) => {
    const now = Math.floor(Date.now() / 1000);
    const claims = { iss: tool.clientId, sub: tool.clientId, aud: lms.tokenUrl, iat: now, exp: now + 60 };
    return new SignJWT({ ...claims, ...changes })
      .setProtectedHeader({ alg: 'RS256', kid: 'tool' })
      .sign(pair.privateKey);
  };
});

afterAll(async () => {
  await Promise.all(lmses.map((lms) => lms.close()));
  toolServer.close();
});

async function ask(lms: DemoLms, client_assertion: string, wanted: string = scope.memberships) {
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion,
    scope: wanted,
  });
  const response = await fetch(lms.tokenUrl, { method: 'POST', body });
  const answer: { access_token?: string; error?: string } = await response.json();
  return { status: response.status, ...answer };
}

function rosterUrl(lms: DemoLms): string {
  return lms.tokenUrl.endsWith('token.php')
    ? `${lms.url}/mod/lti/services.php/CourseSection/2/bindings/1/memberships`
    : `${lms.url}/api/lti/courses/2/names_and_roles`;
}

describe('the services of the demo LMS', () => {
  it('give a token for a signed assertion and with it the roster, page by page', async () => {
    for (const [lms, paging] of [
      [lmses[0], 'limit=3'],
      [lmses[1], 'per_page=3'],
    ] as const) {
      if (lms === undefined) throw new Error('no LMS');
      const { access_token } = await ask(lms, await assertion(lms));
      const headers = { authorization: `Bearer ${access_token}`, accept: membershipContainer };
      const sizes: number[] = [];
      let next: string | undefined = `${rosterUrl(lms)}?${paging}`;
      while (next !== undefined) {
        const response: Response = await fetch(next, { headers });
        const page: { members: { roles: string[] }[] } = await response.json();
        expect(response.headers.get('content-type')).toContain(membershipContainer);
        sizes.push(page.members.length);
        next = /<([^>]+)>; rel="next"/.exec(response.headers.get('link') ?? '')?.[1];
      }
      expect(sizes).toEqual([3, 1]);
    }
  });

  it('refuse a wrong assertion, an unknown scope and a missing or foreign bearer', async () => {
    const [moodle, canvas] = lmses;
    if (moodle === undefined || canvas === undefined) throw new Error('no LMS');
    expect(await ask(moodle, `${await assertion(moodle)}x`)).toMatchObject({
      status: 400,
      error: 'invalid_client',
    });
    expect(await ask(moodle, await assertion(moodle, { exp: 1 }))).toMatchObject({ error: 'Expired token' });
    expect(await ask(moodle, await assertion(moodle), 'x')).toMatchObject({ error: 'invalid_scope' });
    expect(await ask(moodle, await assertion(moodle, { aud: 'x' }))).toMatchObject({ status: 200 });
    expect(await ask(canvas, await assertion(canvas, { aud: 'x' }))).toMatchObject({
      error: 'invalid_client',
    });
    expect((await fetch(rosterUrl(moodle))).status).toBe(401);
    const { access_token } = await ask(moodle, await assertion(moodle), scope.scores[0]);
    const headers = { authorization: `Bearer ${access_token}` };
    expect((await fetch(rosterUrl(moodle), { headers })).status).toBe(401);
  });
});
