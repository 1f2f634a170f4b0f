import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { Browser } from '../platform/browser.ts';
import { lastReason, launch, type Pair, usePairs } from './pair.ts';
import { registrationOf } from './tool.ts';

const { pair, ownPair } = usePairs();
const guardedPage = z.object({ launch: z.looseObject({ id: z.string() }), csrfToken: z.string() });

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
