import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { Browser, type LoginPage, parseForms } from '../platform/browser.ts';
import { type DemoLms, type DemoLmsOptions, startDemoLms } from '../platform/demo-lms.ts';
import { someCourse, somePeople, toolAt } from '../platform/demo-people.ts';
import { registrationOf, startTool, type TestTool, type TestToolOptions } from './tool.ts';

const opened: { close(): Promise<void> }[] = [];

afterEach(async () => {
  for (const server of opened.splice(0).reverse()) await server.close();
});

interface Pair {
  readonly lms: DemoLms;
  readonly tool: TestTool;
}

async function freshPair(
  lmsOptions: Partial<DemoLmsOptions> = {},
  toolOptions: TestToolOptions = {},
): Promise<Pair> {
  const lms = await startDemoLms({
    profile: 'moodle',
    name: 'Campus',
    users: somePeople,
    courses: [someCourse],
    ...lmsOptions,
  });
  const tool = await startTool(toolOptions);
  lms.registerTool(toolAt(tool.origin));
  await tool.storage.registrations.save(registrationOf(lms));
  return { lms, tool };
}

/** A pair that is closed after the test. */
async function ownPair(
  lmsOptions: Partial<DemoLmsOptions> = {},
  toolOptions: TestToolOptions = {},
): Promise<Pair> {
  const both = await freshPair(lmsOptions, toolOptions);
  opened.push(both.lms, both.tool);
  return both;
}

let kept: Promise<Pair> | undefined;

/** One pair for all tests that want nothing special: making keys is what costs. */
async function pair(): Promise<Pair> {
  kept ??= freshPair();
  const both = await kept;
  both.tool.logged.length = 0;
  both.tool.launches.length = 0;
  await both.tool.storage.registrations.remove('default', 'second');
  await both.tool.storage.registrations.save(registrationOf(both.lms));
  return both;
}

afterAll(async () => {
  const both = await kept;
  await both?.tool.close();
  await both?.lms.close();
});

const clientId = '0dbbxfQNuARSwJP';
const launch = { user: '4', course: '2', link: '1', clientId };
const guardedPage = z.object({ launch: z.looseObject({ id: z.string() }), csrfToken: z.string() });

/** The platform's answer to a login, made by hand. */
async function answerTo({ lms }: Pair, login: LoginPage, overrides: Record<string, unknown> = {}) {
  const { state = '', nonce = '' } = login.authRequest ?? {};
  const token = await lms.idToken({ user: '4', course: '2', link: '1', clientId, nonce, overrides });
  return { id_token: token, state };
}

const bindOf = (login: LoginPage): string => /data-bind="([^"]+)"/.exec(login.html)?.[1] ?? '';
const lastReason = (tool: TestTool) => tool.logged.at(-1)?.fields.reason;

describe('a launch from a platform', () => {
  it.each(['moodle', 'canvas'] as const)('of the %s kind ends on a page of the launch', async (profile) => {
    const both = await ownPair({ profile });
    const browser = new Browser();
    const page = await browser.launch(both.lms, launch);
    expect(page.status).toBe(200);
    expect(page.url).toMatch(new RegExp(`^${both.tool.origin}/app/[\\w-]{22}/$`));
    expect(both.tool.launches).toMatchObject([
      { org: 'default', role: 'learner', name: 'Amélie Durand', deployment: '1', custom: { langue: 'fr' } },
    ]);
    const posted = page.hops.find(({ url }) => url.endsWith('/lti/launch'));
    expect(posted).toMatchObject({ status: 303 });
    for (const { url } of page.hops.filter(({ url }) => url.startsWith(both.tool.origin)))
      expect(url).not.toMatch(/token|bind|state/);
  });

  it('asks the authorisation endpoint for exactly what the framework names', async () => {
    const both = await pair();
    const login = await new Browser().login(both.lms, launch);
    const { state, nonce, lti_message_hint, ...fixed } = login.authRequest ?? {};
    expect(fixed).toEqual({
      scope: 'openid',
      response_type: 'id_token',
      response_mode: 'form_post',
      prompt: 'none',
      client_id: clientId,
      redirect_uri: `${both.tool.origin}/lti/launch`,
      login_hint: '4',
    });
    expect([state?.length, nonce?.length]).toEqual([43, 43]);
    expect(lti_message_hint).toContain('launchid');
  });

  it('sets cookies that hold in a third-party frame and nowhere else', async () => {
    const { lms } = await pair();
    const page = await new Browser().launch(lms, launch);
    const set = page.hops.flatMap(({ setCookie }) => setCookie).filter((line) => line.startsWith('__Host-'));
    const [login, cleared, session] = set;
    for (const line of set)
      for (const attribute of ['Path=/', 'Secure', 'HttpOnly', 'SameSite=None', 'Partitioned'])
        expect(line.split('; ')).toContain(attribute);
    expect(login).toMatch(/^__Host-assidu-login-[\w-]{16}=[\w-]{43}; Max-Age=300/);
    expect(cleared).toMatch(/^__Host-assidu-login-[\w-]{16}=; Max-Age=0/);
    expect(session).toMatch(/^__Host-assidu=[\w-]{43}; Path/);
    expect(session).not.toMatch(/Max-Age|Expires|Domain/);
  });

  it('lets only the platform of the registration frame its pages, and runs no foreign script', async () => {
    const both = await pair();
    await both.tool.storage.registrations.save(
      registrationOf(both.lms, { frameOrigins: ['https://campus.example.org'] }),
    );
    const browser = new Browser();
    for (const page of [await browser.login(both.lms, launch), await browser.launch(both.lms, launch)]) {
      const policy = page.headers.get('content-security-policy') ?? '';
      expect(policy).toContain("default-src 'none'");
      expect(policy).not.toContain('unsafe');
      expect(policy).toContain(`frame-ancestors 'self' ${both.lms.url} https://campus.example.org`);
      expect(page.headers.get('cache-control')).toBe('no-store');
      expect(page.headers.get('x-content-type-options')).toBe('nosniff');
      expect(page.html).not.toMatch(/<script(?![^>]* src=)/);
    }
  });

  it('speaks the language of the platform', async () => {
    const { lms, tool } = await pair();
    await new Browser().launch(lms, { ...launch, user: '6' });
    await new Browser().launch(lms, launch);
    expect(tool.launches.map(({ locale }) => locale)).toEqual(['en', 'fr']);
  });

  it('follows a platform that changes its keys', async () => {
    const { lms, tool } = await pair();
    await new Browser().launch(lms, launch);
    await lms.rotateKeys();
    await new Browser().launch(lms, launch);
    expect(tool.launches).toHaveLength(2);
  });
});

describe('a launch that comes twice', () => {
  it('is refused the second time', async () => {
    const both = await pair();
    const browser = new Browser();
    const login = await browser.login(both.lms, launch);
    const cookie = browser.jar.header(`${both.tool.origin}/lti/launch`) ?? '';
    const form = await answerTo(both, login);
    const url = `${both.tool.origin}/lti/launch`;
    const first = await new Browser().post(url, form, { cookie });
    expect(first.hops[0]).toMatchObject({ status: 303 });
    const second = await new Browser().post(url, form, { cookie });
    expect(second.status).toBe(401);
    expect(lastReason(both.tool)).toBe('state-used');
    expect(both.tool.launches).toHaveLength(1);
  });

  it('is accepted once when sent in parallel to two instances over one database', async () => {
    const both = await pair();
    const other = await startTool({ storage: both.tool.storage, publicUrl: both.tool.origin });
    opened.push(other);
    const browser = new Browser();
    const login = await browser.login(both.lms, launch);
    const cookie = browser.jar.header(`${both.tool.origin}/lti/launch`) ?? '';
    const body = new URLSearchParams(await answerTo(both, login));
    const answers = await Promise.all(
      [both.tool, other, both.tool, other, both.tool, other].map(({ origin }) =>
        fetch(`${origin}/lti/launch`, { method: 'POST', redirect: 'manual', headers: { cookie }, body }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 401, 401, 401, 401, 401]);
  });
});

describe('the browser that began the login', () => {
  const proofOf = async (both: Pair, login: LoginPage) => {
    const stranger = new Browser();
    const page = await stranger.post(`${both.tool.origin}/lti/launch`, await answerTo(both, login));
    const [form] = parseForms(page.html, page.url);
    return { stranger, page, form };
  };

  it('is asked for its storage when no cookie comes, and accepted with it', async () => {
    const both = await pair();
    const login = await new Browser().login(both.lms, launch);
    const { stranger, page, form } = await proofOf(both, login);
    expect(page.status).toBe(200);
    expect(page.html).toContain('/app/assets/lti-proof.js');
    expect(page.html).not.toContain('eyJ');
    expect(form?.action).toBe(`${both.tool.origin}/lti/launch/proof`);
    const opened = await stranger.post(form?.action ?? '', { ...form?.fields, bind: bindOf(login) });
    expect(opened.status).toBe(200);
    expect(opened.url).toContain('/app/');
    const again = await stranger.post(form?.action ?? '', { ...form?.fields, bind: bindOf(login) });
    expect(again.status).toBe(401);
    expect(both.tool.launches).toHaveLength(1);
  });

  it.each([
    ['no proof', '', 'browser-without-proof'],
    ['another login’s proof', 'x'.repeat(43), 'browser-mismatch'],
  ])('is refused with %s', async (_name, bind, reason) => {
    const both = await pair();
    const { stranger, form } = await proofOf(both, await new Browser().login(both.lms, launch));
    const page = await stranger.post(form?.action ?? '', { ...form?.fields, bind });
    expect(page.status).toBe(401);
    expect(page.html).toContain('target="_blank"');
    expect(lastReason(both.tool)).toBe(reason);
    expect(both.tool.launches).toEqual([]);
  });

  it('is refused with the cookie of another secret', async () => {
    const both = await pair();
    const login = await new Browser().login(both.lms, launch);
    const form = await answerTo(both, login);
    const cookie = `__Host-assidu-login-${form.state.slice(0, 16)}=${'x'.repeat(43)}`;
    const page = await new Browser().post(`${both.tool.origin}/lti/launch`, form, { cookie });
    expect([page.status, lastReason(both.tool)]).toEqual([401, 'browser-mismatch']);
  });

  it('cannot bring its proof from a page of another site, nor another launch’s claims', async () => {
    const both = await pair();
    const login = await new Browser().login(both.lms, launch);
    const { stranger, form } = await proofOf(both, login);
    const foreign = await stranger.post(
      form?.action ?? '',
      { ...form?.fields, bind: bindOf(login) },
      { origin: 'https://evil.example' },
    );
    expect([foreign.status, lastReason(both.tool)]).toEqual([403, 'origin-foreign']);
    const other = await proofOf(both, await new Browser().login(both.lms, { ...launch, user: '5' }));
    const swapped = await stranger.post(form?.action ?? '', {
      ...form?.fields,
      launch: other.form?.fields.launch ?? '',
      bind: bindOf(login),
    });
    expect([swapped.status, lastReason(both.tool)]).toEqual([401, 'held-launch-invalid']);
  });
});

describe('a token that is not quite right', () => {
  const lti = 'https://purl.imsglobal.org/spec/lti/claim';
  const now = Math.floor(Date.now() / 1000);
  const cases: readonly (readonly [string, Record<string, unknown>, string])[] = [
    ['iss of another platform', { iss: 'https://evil.example' }, 'token-claim'],
    ['no iss', { iss: undefined }, 'token-claim'],
    ['aud of another tool', { aud: 'other' }, 'token-claim'],
    ['no aud', { aud: undefined }, 'token-claim'],
    ['several aud without azp', { aud: [clientId, 'other'] }, 'token-authorized-party'],
    ['another azp', { azp: 'other' }, 'token-authorized-party'],
    ['no sub', { sub: undefined }, 'token-claim'],
    ['no exp', { exp: undefined }, 'token-claim'],
    ['exp in the past', { exp: now - 300 }, 'token-claim'],
    ['no iat', { iat: undefined }, 'token-claim'],
    ['iat as text', { iat: `${now}` }, 'token-claim'],
    ['iat in the future', { iat: now + 600, exp: now + 1200 }, 'token-claim'],
    ['iat too old', { iat: now - 3600 }, 'token-claim'],
    ['nbf in the future', { nbf: now + 600 }, 'token-claim'],
    ['no nonce', { nonce: undefined }, 'token-claim'],
    ['another nonce', { nonce: 'other' }, 'nonce-mismatch'],
    ['no deployment', { [`${lti}/deployment_id`]: undefined }, 'claims-invalid'],
    ['another deployment than the login’s', { [`${lti}/deployment_id`]: '99' }, 'deployment-mismatch'],
    ['no version', { [`${lti}/version`]: undefined }, 'claims-invalid'],
    ['another version', { [`${lti}/version`]: '1.1' }, 'claims-invalid'],
    ['no message type', { [`${lti}/message_type`]: undefined }, 'claims-invalid'],
    ['an unknown message type', { [`${lti}/message_type`]: 'LtiOther' }, 'claims-invalid'],
    ['no roles', { [`${lti}/roles`]: undefined }, 'claims-invalid'],
    ['roles that are no list', { [`${lti}/roles`]: 'Instructor' }, 'claims-invalid'],
    ['no resource link', { [`${lti}/resource_link`]: undefined }, 'claims-invalid'],
    ['a resource link without id', { [`${lti}/resource_link`]: { title: 'x' } }, 'claims-invalid'],
    ['a resource link id too long', { [`${lti}/resource_link`]: { id: 'x'.repeat(256) } }, 'claims-invalid'],
    ['no target', { [`${lti}/target_link_uri`]: undefined }, 'claims-invalid'],
    ['another target', { [`${lti}/target_link_uri`]: 'http://localhost/other' }, 'target-mismatch'],
    ['deep linking without settings', { [`${lti}/message_type`]: 'LtiDeepLinkingRequest' }, 'claims-invalid'],
  ];

  it.each(cases)('is refused: %s', async (_name, overrides, reason) => {
    const both = await pair();
    const browser = new Browser();
    const form = await answerTo(both, await browser.login(both.lms, launch), overrides);
    const page = await browser.post(`${both.tool.origin}/lti/launch`, form);
    expect([page.status >= 400 && page.status < 500, lastReason(both.tool)]).toEqual([true, reason]);
    const reference = /Référence : (\w+)/.exec(page.html)?.[1];
    expect(reference).toBe(both.tool.logged.at(-1)?.fields.reference);
    expect(page.html + JSON.stringify(both.tool.logged)).not.toMatch(/eyJ|sesskey|node_modules/);
    expect(both.tool.launches).toEqual([]);
  });

  it.each([
    ['of another key', { key: 'other' }, 'token-signature'],
    ['of an unknown kid', { header: { kid: 'unknown' } }, 'token-key'],
    ['without kid', { header: { kid: undefined } }, 'token-key'],
    ['of an encryption key', { key: 'encryption' }, 'token-key'],
    ['by HMAC with the public key', { key: 'hs256-public' }, 'token-algorithm'],
    ['by RS512', { alg: 'RS512' }, 'token-algorithm'],
    ['by PS256', { alg: 'PS256' }, 'token-algorithm'],
    ['by none', { alg: 'none' }, 'token-algorithm'],
  ] as const)('is refused: signed %s', async (_name, signing, reason) => {
    const both = await pair();
    const browser = new Browser();
    const login = await browser.login(both.lms, launch);
    const { state = '', nonce = '' } = login.authRequest ?? {};
    const id_token = await both.lms.idToken({
      user: '4',
      course: '2',
      link: '1',
      clientId,
      nonce,
      ...signing,
    });
    const page = await browser.post(`${both.tool.origin}/lti/launch`, { id_token, state });
    expect([page.status, lastReason(both.tool)]).toEqual([401, reason]);
  });

  it('is refused: a deployment not approved, which then waits for approval', async () => {
    const both = await pair();
    await both.tool.storage.registrations.save(registrationOf(both.lms, { deployments: ['7'] }));
    const page = await new Browser().launch(both.lms, launch);
    expect([page.status, lastReason(both.tool)]).toEqual([403, 'deployment-not-approved']);
    expect(await both.tool.storage.registrations.waiting()).toMatchObject([{ deployment: '1' }]);
  });

  it('is refused: a state missing, unknown, of another login, or too old', async () => {
    let now = Date.now();
    const both = await ownPair({}, { clock: () => now });
    const url = `${both.tool.origin}/lti/launch`;
    const browser = new Browser();
    const login = await browser.login(both.lms, launch);
    const { id_token, state } = await answerTo(both, login);
    const other = await browser.login(both.lms, launch);
    expect((await browser.post(url, { id_token })).status).toBe(400);
    await browser.post(url, { id_token, state: 'unknown' });
    expect(lastReason(both.tool)).toBe('state-unknown');
    await browser.post(url, { id_token, state: other.authRequest?.state ?? '' });
    expect(lastReason(both.tool)).toBe('nonce-mismatch');
    now += 301_000;
    const page = await browser.post(url, { id_token, state });
    expect([page.status, lastReason(both.tool)]).toEqual([401, 'state-expired']);
    expect(page.html).toContain('ouvrez de nouveau');
  });
});

describe('a login', () => {
  const login = async (both: Pair, changes: Record<string, string>) => {
    const asked = {
      iss: both.lms.issuer,
      client_id: clientId,
      login_hint: '4',
      target_link_uri: `${both.tool.origin}/lti/launch`,
      ...changes,
    };
    const kept = Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== ''));
    return new Browser().post(`${both.tool.origin}/lti/login`, kept);
  };

  it.each([
    ['an unknown platform', { iss: 'https://evil.example' }, 403, 'platform-unknown'],
    ['an unknown client', { client_id: 'other' }, 403, 'platform-unknown'],
    ['a target elsewhere', { target_link_uri: 'https://evil.example/' }, 400, 'target-elsewhere'],
    [
      'a target with our origin as user',
      { target_link_uri: 'http://localhost@evil.example/' },
      400,
      'target-elsewhere',
    ],
    ['no login hint', { login_hint: '' }, 400, 'request-malformed'],
  ])('is refused from %s', async (_name, changes, status, reason) => {
    const both = await pair();
    const page = await login(both, changes);
    expect([page.status, lastReason(both.tool)]).toEqual([status, reason]);
    expect(page.headers.getSetCookie()).toEqual([]);
  });

  it('is refused while the platform is pending', async () => {
    const both = await pair();
    await both.tool.storage.registrations.save(registrationOf(both.lms, { status: 'pending' }));
    const page = await login(both, {});
    expect([page.status, lastReason(both.tool)]).toEqual([403, 'platform-pending']);
  });

  it('needs no client id when the issuer has one registration, and does when it has two', async () => {
    const both = await pair();
    expect((await login(both, { client_id: '' })).status).toBe(200);
    await both.tool.storage.registrations.save(
      registrationOf(both.lms, { id: 'second', clientId: 'second' }),
    );
    expect((await login(both, { client_id: '' })).status).toBe(403);
    expect(lastReason(both.tool)).toBe('platform-ambiguous');
  });

  it('keeps the query of an authorisation endpoint that has one', async () => {
    const both = await pair();
    await both.tool.storage.registrations.save(
      registrationOf(both.lms, { authUrl: 'https://lms.example.org/auth?tenant=7' }),
    );
    const [form] = parseForms((await login(both, {})).html);
    expect(form).toMatchObject({ action: 'https://lms.example.org/auth', fields: { tenant: '7' } });
  });
});

describe('a page of a launch', () => {
  const open = async (both: Pair, browser: Browser, user = '4') => {
    const page = await browser.launch(both.lms, { ...launch, user });
    return { url: page.url, ...guardedPage.parse(JSON.parse(page.html)) };
  };

  it('is shown to the browser of the launch alone', async () => {
    const both = await pair();
    const { url } = await open(both, new Browser());
    const stranger = await new Browser().get(url);
    expect([stranger.status, lastReason(both.tool)]).toEqual([401, 'session-missing']);
    expect(stranger.html).toContain('Votre session est terminée');
  });

  it('stays open beside a second launch of the same person', async () => {
    const both = await pair();
    const browser = new Browser();
    const [first, second] = [await open(both, browser), await open(both, browser)];
    expect(first.url).not.toBe(second.url);
    expect((await browser.get(first.url)).status).toBe(200);
    expect((await browser.get(second.url)).status).toBe(200);
  });

  it('closes when another person launches in the same browser', async () => {
    const both = await pair();
    const browser = new Browser();
    const first = await open(both, browser);
    const old = browser.jar.header(first.url) ?? '';
    const second = await open(both, browser, '5');
    expect((await browser.get(first.url)).status).toBe(401);
    expect((await browser.get(second.url)).status).toBe(200);
    expect((await new Browser().get(first.url, { cookie: old })).status).toBe(401);
  });

  it('closes after fifteen minutes without a request, and stays open while used', async () => {
    let now = Date.now();
    const both = await ownPair({ clock: () => new Date(now) }, { clock: () => now });
    const browser = new Browser();
    const { url } = await open(both, browser);
    for (let visit = 0; visit < 4; visit += 1) {
      now += 13 * 60_000;
      expect((await browser.get(url)).status).toBe(200);
    }
    now += 15 * 60_000 + 1;
    expect((await browser.get(url)).status).toBe(401);
  });

  it('closes when the session is ended or the platform is removed', async () => {
    const both = await pair();
    const browser = new Browser();
    const ended = await open(both, browser);
    const cookie = browser.jar.header(ended.url) ?? '';
    expect((await browser.post(`${ended.url}end`, { _csrf: ended.csrfToken })).status).toBe(200);
    expect((await new Browser().get(ended.url, { cookie })).status).toBe(401);
    const { url } = await open(both, browser);
    await both.tool.storage.registrations.save(registrationOf(both.lms, { status: 'inactive' }));
    expect((await browser.get(url)).status).toBe(403);
  });

  it('takes a form only from itself: its origin and the token of this launch', async () => {
    const both = await pair();
    const browser = new Browser();
    const one = await open(both, browser);
    const two = await open(both, browser);
    const post = (form: Record<string, string>, headers: Record<string, string> = {}) =>
      browser.post(one.url, form, { origin: both.tool.origin, ...headers });
    expect((await post({ _csrf: one.csrfToken })).status).toBe(200);
    expect((await post({}, { 'x-csrf-token': one.csrfToken })).status).toBe(200);
    expect(
      (await post({ _csrf: one.csrfToken }, { origin: 'null', 'sec-fetch-site': 'same-origin' })).status,
    ).toBe(200);
    const saved = both.tool.saved();
    expect((await post({})).status).toBe(403);
    expect((await post({ _csrf: two.csrfToken })).status).toBe(403);
    expect((await post({ _csrf: one.csrfToken }, { origin: 'null' })).status).toBe(403);
    expect((await post({ _csrf: one.csrfToken }, { origin: both.lms.url })).status).toBe(403);
    expect(both.tool.saved()).toBe(saved);
  });
});

describe('the routes beside login and launch', () => {
  it('publish every signing key through ltijs, newest ones too, and nothing private', async () => {
    const { tool } = await ownPair();
    const kid = await tool.lti.toolKeys.rotate();
    const response = await fetch(`${tool.origin}/lti/jwks`);
    const { keys } = z
      .object({ keys: z.array(z.record(z.string(), z.string())) })
      .parse(await response.json());
    expect(keys).toHaveLength(2);
    expect(keys.map((key) => key.kid)).toContain(kid);
    for (const key of keys) {
      expect(key).toMatchObject({ kty: 'RSA', alg: 'RS256', use: 'sig' });
      expect(Object.keys(key).sort()).toEqual(['alg', 'e', 'kid', 'kty', 'n', 'use']);
    }
  });

  it('give ltijs an access token signed with our key, kept sealed', async () => {
    const both = await pair();
    both.lms.registerTool(toolAt(both.tool.origin, { toolJwksUrl: `${both.tool.origin}/lti/jwks` }));
    const platform = await both.tool.lti.provider.platform(both.lms.issuer, clientId);
    if (platform === false) throw new Error('ltijs does not know the platform');
    const scope = 'https://purl.imsglobal.org/spec/lti-nrps/scope/contextmembership.readonly';
    const first = await platform.platformAccessToken(scope);
    expect(first).toMatchObject({ token_type: 'Bearer' });
    expect((await platform.platformAccessToken(scope)).access_token).toBe(first.access_token);
    const kept = await both.tool.storage.ltijsRecords.list('accesstoken');
    expect(kept).toHaveLength(1);
    expect(JSON.stringify(kept)).not.toContain(first.access_token);
  });

  it('leave none of ltijs’ own launch, registration or CORS reachable', async () => {
    const { tool } = await pair();
    const registered = await fetch(`${tool.origin}/lti/register?openid_configuration=http://localhost:1/`);
    expect(registered.status).toBe(502);
    expect(registered.headers.get('access-control-allow-origin')).toBeNull();
    expect((await fetch(`${tool.origin}/lti/?ltik=x`)).status).toBe(404);
    const jwks = await fetch(`${tool.origin}/lti/jwks`, { headers: { origin: 'https://evil.example' } });
    expect(jwks.headers.get('access-control-allow-origin')).toBeNull();
    expect(process.listeners('SIGINT').some((hook) => String(hook).includes('process.exit'))).toBe(false);
  });

  it('explain a launch without anything, a platform’s error, and a form that is too large', async () => {
    const { tool } = await pair();
    const url = `${tool.origin}/lti/launch`;
    expect((await fetch(url)).status).toBe(400);
    const refused = await new Browser().post(url, { error: 'login_required', state: 'x' });
    expect([refused.status, lastReason(tool)]).toEqual([401, 'platform-error']);
    const large = await new Browser().post(url, { id_token: 'x'.repeat(200_000), state: 'x' });
    expect(large.status).toBe(413);
    expect(large.html).toContain('Référence');
  });
});
