import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { Browser, type LoginPage, parseForms } from '../platform/browser.ts';
import { toolAt } from '../platform/demo-people.ts';
import { answerTo, clientId, lastReason, launch, type Pair, usePairs } from './pair.ts';
import { registrationOf } from './tool.ts';

const { pair, ownPair } = usePairs();
const bindOf = (login: LoginPage): string => /data-bind="([^"]+)"/.exec(login.html)?.[1] ?? '';

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

  it.each(['pending', 'inactive'] as const)('is refused while the platform is %s', async (status) => {
    const both = await pair();
    await both.tool.storage.registrations.save(registrationOf(both.lms, { status }));
    const page = await login(both, {});
    expect([page.status, lastReason(both.tool)]).toEqual([403, `platform-${status}`]);
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
