import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { Browser, type BrowserPage, parseForms } from '../platform/browser.ts';
import { type DemoLms, startDemoLms } from '../platform/demo-lms.ts';
import { someCourse, somePeople, toolAt } from '../platform/demo-people.ts';
import { registrationOf, startTool, type TestTool } from './tool.ts';

const clientId = '0dbbxfQNuARSwJP';
const launch = { user: '4', course: '2', link: '1', clientId };
const guardedPage = z.object({ launch: z.looseObject({ id: z.string() }), csrfToken: z.string() });

let now = Date.now();
let lms: DemoLms;
let tool: TestTool;

beforeAll(async () => {
  lms = await startDemoLms({
    profile: 'canvas',
    name: 'Campus',
    users: somePeople,
    courses: [someCourse],
    clock: () => new Date(now),
  });
  tool = await startTool({ clock: () => now });
  lms.registerTool(toolAt(tool.origin));
  await tool.storage.registrations.save(registrationOf(lms));
});
afterAll(async () => {
  await tool?.close();
  await lms?.close();
});
beforeEach(() => {
  tool.logged.length = 0;
});

const lastReason = () => tool.logged.at(-1)?.fields.reason;
const attribute = (html: string, name: string): string =>
  new RegExp(`${name}="([^"]*)"`).exec(html)?.[1] ?? '';

/** A browser that keeps no cookie of the tool. */
const withoutCookies = () => new Browser({ blockedOrigins: [tool.origin] });

interface Asked {
  readonly browser: Browser;
  readonly login: BrowserPage;
  readonly bind: string;
  readonly state: string;
  readonly page: BrowserPage;
  prove(bind: string, headers?: Record<string, string>): Promise<BrowserPage>;
}

/** A launch up to the page that asks for the proof. */
async function asked(user = '4', overrides: Record<string, unknown> = {}): Promise<Asked> {
  const browser = withoutCookies();
  const login = await browser.login(lms, { ...launch, user });
  const { state = '', nonce = '' } = login.authRequest ?? {};
  const id_token = await lms.idToken({ ...launch, user, nonce, overrides });
  const page = await browser.post(`${tool.origin}/lti/launch`, { id_token, state });
  const [form] = parseForms(page.html, page.url);
  return {
    browser,
    login,
    bind: attribute(login.html, 'data-bind'),
    state,
    page,
    prove: (bind, headers) => browser.post(form?.action ?? '', { ...form?.fields, bind }, headers),
  };
}

interface Carried {
  readonly browser: Browser;
  readonly page: BrowserPage;
  readonly secret: string;
  readonly url: string;
  /** Asks as the page's script does. */
  ask(url?: string, headers?: Record<string, string>): Promise<BrowserPage>;
  post(url: string, form: Record<string, string>, headers?: Record<string, string>): Promise<BrowserPage>;
}

/** A launch whose session no cookie holds for. */
async function carried(user = '4'): Promise<Carried> {
  const { browser, bind, prove } = await asked(user);
  const page = await prove(bind);
  const secret = attribute(page.html, 'data-secret');
  const url = attribute(page.html, 'data-location');
  const added = { 'assidu-session': secret, 'sec-fetch-site': 'same-origin' };
  return {
    browser,
    page,
    secret,
    url,
    ask: (other = url, headers = {}) => browser.get(other, { ...added, ...headers }),
    post: (to, form, headers = {}) => browser.post(to, form, { ...added, origin: tool.origin, ...headers }),
  };
}

describe('a login', () => {
  it('tells its page where the platform keeps values: its frame, its origins', async () => {
    const { login, page } = await asked();
    for (const { html } of [login, page]) {
      expect(attribute(html, 'data-auth-origin')).toBe(new URL(lms.authUrl).origin);
      expect(attribute(html, 'data-platform-origins')).toBe(lms.url);
      expect(attribute(html, 'data-storage-target')).toBe('post_message_forwarding');
    }
  });

  it('can be begun again in a window of its own, where there is no such frame', async () => {
    const { login, state } = await asked();
    const href = /href="([^"]*\/lti\/login\?[^"]*)"/.exec(login.html)?.[1]?.replaceAll('&amp;', '&') ?? '';
    expect(href).toContain('login_hint=');
    expect(href).not.toMatch(/lti_storage_target|bind|state=/);
    const again = await new Browser().get(href);
    expect(again.status).toBe(200);
    expect(attribute(again.html, 'data-state')).toHaveLength(43);
    expect(attribute(again.html, 'data-state')).not.toBe(state);
    expect(again.html).not.toContain('data-storage-target');
  });
});

describe('a browser without scripts', () => {
  it('is shown the way to a window of its own, before and after the platform’s answer', async () => {
    const { login, page } = await asked();
    const [before = '', after = ''] = [login, page].map(
      ({ html }) => /<noscript>(.*?)<\/noscript>/s.exec(html)?.[1],
    );
    expect(before).toMatch(/Ouvrir dans une nouvelle fenêtre/);
    expect(after).toMatch(/cookies autorisés.*Ouvrir le cours dans une nouvelle fenêtre/s);
    expect(before + after).not.toContain('hidden');
  });
});

describe('a launch whose session no cookie holds for', () => {
  it('hands the secret to the page that answers the proof, in its body alone', async () => {
    const { page, secret, url } = await carried();
    expect([page.status, page.url]).toEqual([200, `${tool.origin}/lti/launch/proof`]);
    expect(secret).toMatch(/^[\w-]{43}$/);
    expect(url).toMatch(new RegExp(`^${tool.origin}/app/[\\w-]{22}/$`));
    expect(page.headers.get('cache-control')).toBe('no-store');
    expect(page.headers.get('referrer-policy')).toBe('same-origin');
    const policy = page.headers.get('content-security-policy') ?? '';
    expect(policy).toContain(`frame-ancestors 'self' ${lms.url}`);
    expect(policy).not.toContain('unsafe');
    expect(JSON.stringify([...page.headers])).not.toContain(secret);
  });

  it('shows its pages to requests with the header, from scripts of ours alone', async () => {
    const { ask, url } = await carried();
    expect((await ask()).status).toBe(200);
    expect((await ask(url, { origin: tool.origin })).status).toBe(200);
    const strangers: Record<string, string>[] = [
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { 'sec-fetch-site': 'none' },
      { 'sec-fetch-site': 'cross-site', origin: tool.origin },
      { origin: lms.url },
      { 'sec-fetch-site': '', origin: 'null' },
    ];
    for (const headers of strangers) {
      const page = await ask(url, headers);
      expect([headers, page.status, lastReason()]).toEqual([headers, 403, 'origin-foreign']);
      expect(page.html).not.toContain('lti-session.js');
    }
  });

  it('refuses a header that says nothing of where it comes from', async () => {
    const { browser, secret, url } = await carried();
    expect((await browser.get(url, { 'assidu-session': secret })).status).toBe(403);
  });

  it('gives its page’s script a way back after a reload, in the platform’s frame alone', async () => {
    const { browser, url, ask } = await carried();
    const page = await browser.get(url);
    expect([page.status, lastReason()]).toEqual([401, 'session-missing']);
    expect(page.html).toContain('/app/assets/lti-session.js');
    expect(attribute(page.html, 'value')).toBe(url.split('/').at(-2));
    expect(page.html).not.toContain('data-secret');
    expect(page.html).toContain('target="_blank"');
    expect(page.headers.get('content-security-policy')).toContain(`frame-ancestors 'self' ${lms.url}`);
    // Asked in vain, it says so and leaves it at that.
    const vain = await ask(url, { 'assidu-session': 'x'.repeat(43) });
    expect([vain.status, vain.html.includes('lti-session.js')]).toEqual([401, false]);
    const unknown = await browser.get(`${tool.origin}/app/unknown/`);
    expect([unknown.status, unknown.html.includes('lti-session.js')]).toEqual([401, false]);
  });

  it('authorises a page by its own launch: two people in two tabs both stay', async () => {
    const one = await carried('4');
    const two = await carried('5');
    for (const each of [one, two]) expect((await each.ask()).status).toBe(200);
    const foreign = await one.ask(two.url);
    expect([foreign.status, lastReason()]).toEqual([401, 'launch-foreign']);
    const second = await carried('4');
    expect(second.secret).not.toBe(one.secret);
    expect((await one.ask(second.url)).status).toBe(401);
  });

  it('takes its own header rather than a cookie that the browser has besides', async () => {
    const browser = new Browser();
    const first = await browser.launch(lms, { ...launch, user: '5' });
    const cookie = browser.jar.header(first.url) ?? '';
    const { ask, url } = await carried();
    expect((await ask(url, { cookie })).status).toBe(200);
    expect((await ask(first.url, { cookie })).status).toBe(401);
    expect((await browser.get(first.url)).status).toBe(200);
  });

  it('has a secret that is worth nothing as a cookie, and a cookie’s is worth nothing as a header', async () => {
    const { secret, url } = await carried();
    const cookie = `__Host-assidu=${secret}`;
    expect((await new Browser().get(url, { cookie })).status).toBe(401);
    const browser = new Browser();
    const page = await browser.launch(lms, launch);
    const [, value = ''] = /__Host-assidu=([\w-]+)/.exec(browser.jar.header(page.url) ?? '') ?? [];
    const headers = { 'assidu-session': value, 'sec-fetch-site': 'same-origin' };
    expect((await withoutCookies().get(page.url, headers)).status).toBe(401);
  });

  it('takes a form with its token and from itself alone', async () => {
    const { ask, post, url } = await carried();
    const { csrfToken } = guardedPage.parse(JSON.parse((await ask()).html));
    const saved = tool.saved();
    expect((await post(url, { _csrf: csrfToken })).status).toBe(200);
    expect((await post(url, {})).status).toBe(403);
    expect((await post(url, { _csrf: csrfToken }, { origin: lms.url })).status).toBe(403);
    expect((await post(url, { _csrf: csrfToken }, { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect(tool.saved()).toBe(saved + 1);
  });

  it('tells its script of a redirect to another origin, which it must not follow itself', async () => {
    const { ask, url } = await carried();
    const away = await ask(`${url}leave?to=${encodeURIComponent('https://content.example/a?b=c')}`);
    expect([away.status, away.headers.get('assidu-location')]).toEqual([
      200,
      'https://content.example/a?b=c',
    ]);
    const stays = await ask(`${url}leave?to=${encodeURIComponent(url)}`);
    expect([stays.hops.map(({ status }) => status), stays.url]).toEqual([[303, 200], url]);
  });

  it('ends after fifteen minutes without a request, and stays open while used', async () => {
    const { ask } = await carried();
    for (let visit = 0; visit < 3; visit += 1) {
      now += 13 * 60_000;
      expect((await ask()).status).toBe(200);
    }
    now += 15 * 60_000 + 1;
    expect((await ask()).status).toBe(401);
  });

  it('ends when it is closed, it alone, and when its platform is', async () => {
    const [one, two] = [await carried(), await carried()];
    const { csrfToken } = guardedPage.parse(JSON.parse((await one.ask()).html));
    const ended = await one.post(`${one.url}end`, { _csrf: csrfToken });
    expect([ended.status, ended.headers.getSetCookie()]).toEqual([200, []]);
    expect([(await one.ask()).status, (await two.ask()).status]).toEqual([401, 200]);
    await tool.storage.registrations.save(registrationOf(lms, { status: 'inactive' }));
    expect((await two.ask()).status).toBe(403);
    await tool.storage.registrations.save(registrationOf(lms));
  });

  it('leaves no secret in the log', async () => {
    const { bind, prove, state } = await asked();
    const page = await prove(bind);
    const secret = attribute(page.html, 'data-secret');
    await prove(bind);
    for (const site of ['same-origin', 'cross-site'])
      await withoutCookies().get(`${tool.origin}/app/unknown/`, {
        'assidu-session': secret,
        'sec-fetch-site': site,
      });
    const log = JSON.stringify(tool.logged);
    for (const kept of [secret, bind, state]) expect(log).not.toContain(kept);
    expect(log).toContain('"carrier":"header"');
  });
});

describe('the proof of a launch', () => {
  it('is taken once', async () => {
    const { bind, prove } = await asked();
    expect((await prove(bind)).status).toBe(200);
    expect([(await prove(bind)).status, lastReason()]).toEqual([401, 'state-used']);
  });

  it('opens a session in a cookie where cookies come back after all', async () => {
    const { page, bind, state, prove } = await asked();
    const [probe = ''] = page.headers.getSetCookie();
    expect(probe).toMatch(/^__Host-assidu-probe-[\w-]{16}=1; Max-Age=120; .*Partitioned/);
    const opened = await prove(bind, { cookie: probe.split(';')[0] ?? '' });
    expect(opened.hops[0]).toMatchObject({ status: 303 });
    const set = opened.hops.flatMap(({ setCookie }) => setCookie);
    expect(set.some((line) => /^__Host-assidu=[\w-]{43}; /.test(line))).toBe(true);
    expect(set.some((line) => line.startsWith(`__Host-assidu-probe-${state.slice(0, 16)}=;`))).toBe(true);
  });

  it('does not depend on that cookie: without the secret it proves nothing', async () => {
    const { page, prove } = await asked();
    const [probe = ''] = page.headers.getSetCookie();
    const refused = await prove('', { cookie: probe.split(';')[0] ?? '' });
    expect([refused.status, lastReason()]).toEqual([401, 'browser-without-proof']);
  });
});

describe('a launch that kept nothing', () => {
  const platform = 'https://purl.imsglobal.org/spec/lti/claim/tool_platform';

  it('leads to the course where the platform’s hints serve once', async () => {
    const { prove } = await asked();
    const { html } = await prove('');
    expect(html).toContain('Ouvrir le cours dans une nouvelle fenêtre');
    expect(html).not.toContain('/lti/login');
  });

  it('begins again by itself elsewhere, as a new login bound to its own browser', async () => {
    const { prove, bind, state } = await asked('4', {
      [platform]: { product_family_code: 'other', guid: 'x' },
    });
    const { html } = await prove('');
    const href = /href="([^"]*\/lti\/login\?[^"]*)"/.exec(html)?.[1]?.replaceAll('&amp;', '&') ?? '';
    expect(html).toContain('Ouvrir dans une nouvelle fenêtre');
    const again = await new Browser().get(href);
    expect(again.status).toBe(200);
    expect(again.html).not.toContain(bind);
    expect(again.html).not.toContain(state);
  });

  it('is told to open the activity from the course when the platform refuses its hints', async () => {
    const browser = new Browser();
    const first = await browser.login(lms, launch);
    const { state: _state, nonce: _nonce, ...asks } = first.authRequest ?? {};
    const url = `${lms.authUrl}?${new URLSearchParams({ ...asks, state: 'a', nonce: 'b' })}`;
    await browser.get(url);
    const [form] = parseForms((await browser.get(url)).html);
    const page = form && (await browser.submit(form));
    expect([page?.status, lastReason()]).toEqual([401, 'platform-error']);
    expect(page?.html).toContain('ouvrez de nouveau l’activité');
  });
});
