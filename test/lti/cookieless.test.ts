import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { Browser } from '../platform/browser.ts';
import { attribute, type Cookieless, launch, startCookieless } from './cookieless.ts';
import { registrationOf } from './tool.ts';

const guardedPage = z.object({ launch: z.looseObject({ id: z.string() }), csrfToken: z.string() });

let both: Cookieless;
let now = Date.now();

beforeAll(async () => {
  both = await startCookieless(() => now);
});
afterAll(() => both?.close());
beforeEach(() => {
  both.tool.logged.length = 0;
});

describe('a launch whose session no cookie holds for', () => {
  it('hands the secret to the page that answers the proof, in its body alone', async () => {
    const { page, secret, url } = await both.carried();
    expect([page.status, page.url]).toEqual([200, `${both.tool.origin}/lti/launch/proof`]);
    expect(secret).toMatch(/^[\w-]{43}$/);
    expect(url).toMatch(new RegExp(`^${both.tool.origin}/app/[\\w-]{22}/$`));
    expect(page.headers.get('cache-control')).toBe('no-store');
    expect(page.headers.get('referrer-policy')).toBe('same-origin');
    const policy = page.headers.get('content-security-policy') ?? '';
    expect(policy).toContain(`frame-ancestors 'self' ${both.lms.url}`);
    expect(policy).not.toContain('unsafe');
    expect(JSON.stringify([...page.headers])).not.toContain(secret);
  });

  it('shows its pages to requests with the header, from scripts of ours alone', async () => {
    const { ask, url } = await both.carried();
    expect((await ask()).status).toBe(200);
    expect((await ask(url, { origin: both.tool.origin })).status).toBe(200);
    const strangers: Record<string, string>[] = [
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { 'sec-fetch-site': 'none' },
      { 'sec-fetch-site': 'cross-site', origin: both.tool.origin },
      { origin: both.lms.url },
      { 'sec-fetch-site': '', origin: 'null' },
    ];
    for (const headers of strangers) {
      const page = await ask(url, headers);
      expect([headers, page.status, both.lastReason()]).toEqual([headers, 403, 'origin-foreign']);
      expect(page.html).not.toContain('lti-session.js');
    }
  });

  it('refuses a header that says nothing of where it comes from', async () => {
    const { browser, secret, url } = await both.carried();
    expect((await browser.get(url, { 'assidu-session': secret })).status).toBe(403);
  });

  it('gives its page’s script a way back after a reload, in the platform’s frame alone', async () => {
    const { browser, url, ask } = await both.carried();
    const page = await browser.get(url);
    expect([page.status, both.lastReason()]).toEqual([401, 'session-missing']);
    expect(page.html).toContain('/app/assets/lti-session.js');
    expect(attribute(page.html, 'value')).toBe(url.split('/').at(-2));
    expect(page.html).not.toContain('data-secret');
    expect(page.html).toContain('target="_blank"');
    expect(page.headers.get('content-security-policy')).toContain(`frame-ancestors 'self' ${both.lms.url}`);
    // Asked in vain, it says so and leaves it at that.
    const vain = await ask(url, { 'assidu-session': 'x'.repeat(43) });
    expect([vain.status, vain.html.includes('lti-session.js')]).toEqual([401, false]);
    const unknown = await browser.get(`${both.tool.origin}/app/unknown/`);
    expect([unknown.status, unknown.html.includes('lti-session.js')]).toEqual([401, false]);
  });

  it('authorises a page by its own launch: two people in two tabs both stay', async () => {
    const one = await both.carried('4');
    const two = await both.carried('5');
    for (const each of [one, two]) expect((await each.ask()).status).toBe(200);
    const foreign = await one.ask(two.url);
    expect([foreign.status, both.lastReason()]).toEqual([401, 'launch-foreign']);
    const second = await both.carried('4');
    expect(second.secret).not.toBe(one.secret);
    expect((await one.ask(second.url)).status).toBe(401);
  });

  it('takes its own header rather than a cookie that the browser has besides', async () => {
    const browser = new Browser();
    const first = await browser.launch(both.lms, { ...launch, user: '5' });
    const cookie = browser.jar.header(first.url) ?? '';
    const { ask, url } = await both.carried();
    expect((await ask(url, { cookie })).status).toBe(200);
    expect((await ask(first.url, { cookie })).status).toBe(401);
    expect((await browser.get(first.url)).status).toBe(200);
  });

  it('has a secret that is worth nothing as a cookie, and a cookie’s is worth nothing as a header', async () => {
    const { secret, url } = await both.carried();
    const cookie = `__Host-assidu=${secret}`;
    expect((await new Browser().get(url, { cookie })).status).toBe(401);
    const browser = new Browser();
    const page = await browser.launch(both.lms, launch);
    const [, value = ''] = /__Host-assidu=([\w-]+)/.exec(browser.jar.header(page.url) ?? '') ?? [];
    const headers = { 'assidu-session': value, 'sec-fetch-site': 'same-origin' };
    expect((await both.withoutCookies().get(page.url, headers)).status).toBe(401);
  });

  it('takes a form with its token and from itself alone', async () => {
    const { ask, post, url } = await both.carried();
    const { csrfToken } = guardedPage.parse(JSON.parse((await ask()).html));
    const saved = both.tool.saved();
    expect((await post(url, { _csrf: csrfToken })).status).toBe(200);
    expect((await post(url, {})).status).toBe(403);
    expect((await post(url, { _csrf: csrfToken }, { origin: both.lms.url })).status).toBe(403);
    expect((await post(url, { _csrf: csrfToken }, { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect(both.tool.saved()).toBe(saved + 1);
  });

  it('tells its script of a redirect to another origin, which it must not follow itself', async () => {
    const { ask, url } = await both.carried();
    const away = await ask(`${url}leave?to=${encodeURIComponent('https://content.example/a?b=c')}`);
    expect([away.status, away.headers.get('assidu-location')]).toEqual([
      200,
      'https://content.example/a?b=c',
    ]);
    const stays = await ask(`${url}leave?to=${encodeURIComponent(url)}`);
    expect([stays.hops.map(({ status }) => status), stays.url]).toEqual([[303, 200], url]);
  });

  it('ends after fifteen minutes without a request, and stays open while used', async () => {
    const { ask } = await both.carried();
    for (let visit = 0; visit < 3; visit += 1) {
      now += 13 * 60_000;
      expect((await ask()).status).toBe(200);
    }
    now += 15 * 60_000 + 1;
    expect((await ask()).status).toBe(401);
  });

  it('ends when it is closed, it alone, and when its platform is', async () => {
    const [one, two] = [await both.carried(), await both.carried()];
    const { csrfToken } = guardedPage.parse(JSON.parse((await one.ask()).html));
    const ended = await one.post(`${one.url}end`, { _csrf: csrfToken });
    expect([ended.status, ended.headers.getSetCookie()]).toEqual([200, []]);
    expect([(await one.ask()).status, (await two.ask()).status]).toEqual([401, 200]);
    await both.tool.storage.registrations.save(registrationOf(both.lms, { status: 'inactive' }));
    expect((await two.ask()).status).toBe(403);
    await both.tool.storage.registrations.save(registrationOf(both.lms));
  });

  it('leaves no secret in the log', async () => {
    const { bind, prove, state } = await both.asked();
    const page = await prove(bind);
    const secret = attribute(page.html, 'data-secret');
    await prove(bind);
    for (const site of ['same-origin', 'cross-site'])
      await both.withoutCookies().get(`${both.tool.origin}/app/unknown/`, {
        'assidu-session': secret,
        'sec-fetch-site': site,
      });
    const log = JSON.stringify(both.tool.logged);
    for (const kept of [secret, bind, state]) expect(log).not.toContain(kept);
    expect(log).toContain('"carrier":"header"');
  });
});
