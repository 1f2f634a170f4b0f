import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Browser, parseForms } from '../platform/browser.ts';
import { attribute, type Cookieless, launch, startCookieless } from './cookieless.ts';

let both: Cookieless;

beforeAll(async () => {
  both = await startCookieless(Date.now);
});
afterAll(() => both?.close());
beforeEach(() => {
  both.tool.logged.length = 0;
});

describe('a login', () => {
  it('tells its page where the platform keeps values: its frame, its origins', async () => {
    const { login, page } = await both.asked();
    for (const { html } of [login, page]) {
      expect(attribute(html, 'data-auth-origin')).toBe(new URL(both.lms.authUrl).origin);
      expect(attribute(html, 'data-platform-origins')).toBe(both.lms.url);
      expect(attribute(html, 'data-storage-target')).toBe('post_message_forwarding');
    }
  });

  it('can be begun again in a window of its own, where there is no such frame', async () => {
    const { login, state } = await both.asked();
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
    const { login, page } = await both.asked();
    const [before = '', after = ''] = [login, page].map(
      ({ html }) => /<noscript>(.*?)<\/noscript>/s.exec(html)?.[1],
    );
    expect(before).toMatch(/Ouvrir dans une nouvelle fenêtre/);
    expect(after).toMatch(/cookies autorisés.*Ouvrir le cours dans une nouvelle fenêtre/s);
    expect(before + after).not.toContain('hidden');
  });
});

describe('the proof of a launch', () => {
  it('is taken once', async () => {
    const { bind, prove } = await both.asked();
    expect((await prove(bind)).status).toBe(200);
    expect([(await prove(bind)).status, both.lastReason()]).toEqual([401, 'state-used']);
  });

  it('opens a session in a cookie where cookies come back after all', async () => {
    const { page, bind, state, prove } = await both.asked();
    const [probe = ''] = page.headers.getSetCookie();
    expect(probe).toMatch(/^__Host-assidu-probe-[\w-]{16}=1; Max-Age=120; .*Partitioned/);
    const opened = await prove(bind, { cookie: probe.split(';')[0] ?? '' });
    expect(opened.hops[0]).toMatchObject({ status: 303 });
    const set = opened.hops.flatMap(({ setCookie }) => setCookie);
    expect(set.some((line) => /^__Host-assidu=[\w-]{43}; /.test(line))).toBe(true);
    expect(set.some((line) => line.startsWith(`__Host-assidu-probe-${state.slice(0, 16)}=;`))).toBe(true);
  });

  it('does not depend on that cookie: without the secret it proves nothing', async () => {
    const { page, prove } = await both.asked();
    const [probe = ''] = page.headers.getSetCookie();
    const refused = await prove('', { cookie: probe.split(';')[0] ?? '' });
    expect([refused.status, both.lastReason()]).toEqual([401, 'browser-without-proof']);
  });
});

describe('a launch that kept nothing', () => {
  const platform = 'https://purl.imsglobal.org/spec/lti/claim/tool_platform';

  it('leads to the course where the platform’s hints serve once', async () => {
    const { prove } = await both.asked();
    const { html } = await prove('');
    expect(html).toContain('Ouvrir le cours dans une nouvelle fenêtre');
    expect(html).not.toContain('/lti/login');
  });

  it('begins again by itself elsewhere, as a new login bound to its own browser', async () => {
    const { prove, bind, state } = await both.asked('4', {
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
    const first = await browser.login(both.lms, launch);
    const { state: _state, nonce: _nonce, ...asks } = first.authRequest ?? {};
    const url = `${both.lms.authUrl}?${new URLSearchParams({ ...asks, state: 'a', nonce: 'b' })}`;
    await browser.get(url);
    const [form] = parseForms((await browser.get(url)).html);
    const page = form && (await browser.submit(form));
    expect([page?.status, both.lastReason()]).toEqual([401, 'platform-error']);
    expect(page?.html).toContain('ouvrez de nouveau l’activité');
  });
});
