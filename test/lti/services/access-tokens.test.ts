import { decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose';
import { describe, expect, it } from 'vitest';
import { createAccessTokens } from '../../../lti/services/access-tokens.ts';
import { type Reply, registration, type Sent, scripted, TOKEN_URL } from './scripted-fetch.ts';

const over = (answer: (request: Sent) => Reply | Error) => {
  const world = scripted(answer, false);
  return { world, tokens: createAccessTokens(world) };
};
let given = 0;
const grant = (life: unknown = 3600): Reply => {
  given += 1;
  return { headers: { 'content-type': 'text/html' }, body: { access_token: `t${given}`, expires_in: life } };
};

describe('access tokens', () => {
  it('are asked for with an assertion that our newest key signs, of the token endpoint, short-lived', async () => {
    const { world, tokens } = over(() => grant());
    expect(await tokens.tokenFor(registration, ['b', 'a'])).toMatchObject({ kind: 'token' });
    const form = new URLSearchParams(world.sent[0]?.body);
    expect(form.get('scope')).toBe('a b');
    expect(form.get('grant_type')).toBe('client_credentials');
    const assertion = form.get('client_assertion') ?? '';
    const [key] = await world.toolKeys.list();
    if (!key) throw new Error('no key');
    await jwtVerify(assertion, key.publicKey, { currentDate: new Date(world.clock()), audience: TOKEN_URL });
    expect(decodeProtectedHeader(assertion)).toMatchObject({ alg: 'RS256', kid: key.kid });
    const { iss, sub, iat = 0, exp = 0, jti } = decodeJwt(assertion);
    expect([iss, sub, exp - iat]).toEqual([registration.clientId, registration.clientId, 60]);
    expect(jti).toBeTruthy();
    expect(world.sent[0]?.headers.get('user-agent')).toMatch(/Assidu/);
  });

  it('are kept until a minute before their end, by registration and scopes, and asked for once by many', async () => {
    const { world, tokens } = over(() => grant(600));
    const [first] = await Promise.all([1, 2, 3].map(() => tokens.tokenFor(registration, ['a', 'b'])));
    expect(await tokens.tokenFor(registration, ['b', 'a'])).toEqual(first);
    expect(world.sent).toHaveLength(1);
    await tokens.tokenFor(registration, ['a']);
    await tokens.tokenFor({ ...registration, id: 'other' }, ['a', 'b']);
    expect(world.sent).toHaveLength(3);
    world.turnBy(539_000);
    expect(await tokens.tokenFor(registration, ['a', 'b'])).toEqual(first);
    world.turnBy(2_000);
    expect(await tokens.tokenFor(registration, ['a', 'b'])).not.toEqual(first);
  });

  it('that are refused are asked for again the next time, and said in words that hold no secret', async () => {
    const replies: (Reply | Error)[] = [
      { status: 400, body: { error: 'invalid_client' } },
      { status: 400, body: '{\n  "error" : ""kid" invalid, unable to lookup correct key"\n}' },
      { status: 200, body: '{"access_token": 7, "secret": "s3cret"}' },
      { status: 503, headers: { 'retry-after': '9' }, body: '<h1>down</h1>' },
      new TypeError('fetch failed', { cause: new Error('connect ECONNREFUSED') }),
    ];
    const { tokens } = over(() => replies.shift() ?? grant());
    const said = [];
    for (let turn = 0; turn < 5; turn += 1) said.push(await tokens.tokenFor(registration, ['a']));
    expect(said).toMatchObject([
      { reason: expect.stringMatching(/400 invalid_client$/), status: 400 },
      { reason: expect.stringContaining('unable to lookup correct key') },
      { reason: expect.not.stringContaining('s3cret') },
      { reason: expect.stringMatching(/503 down$/), retryAfter: '9' },
      { reason: expect.stringContaining('ECONNREFUSED'), status: null },
    ]);
    expect(await tokens.tokenFor(registration, ['a'])).toMatchObject({ kind: 'token' });
  });
});
