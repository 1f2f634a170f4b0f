import { readFileSync } from 'node:fs';
import type { Frame } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DemoLms } from '../platform/demo-lms.ts';
import { chromiumPath, screenshot } from './chromium.ts';
import { accessible, cohort, learner, open, rows, staff, toolFrame } from './tool-frame.ts';
import { type Keeping, openChromium, startTwoSites, type TwoSites } from './two-sites.ts';

const executable = chromiumPath();
const chromiumFor = ({ tool }: TwoSites, { url }: DemoLms, keeping: Keeping) =>
  openChromium(executable ?? '', { keeping, tool, platform: url });
const focused = (frame: Frame) => frame.evaluate(() => document.activeElement?.id);

describe.skipIf(executable === null)('third-party cookies blocked, in Chromium, across two sites', () => {
  describe.each(['canvas', 'moodle'] as const)('a browser that keeps no cookie of ours, in %s', (profile) => {
    let sites: TwoSites;
    let lms: DemoLms;
    let chromium: Awaited<ReturnType<typeof openChromium>>;
    let opened: Awaited<ReturnType<typeof open>>;
    let frame: Frame;
    let first: string;

    beforeAll(async () => {
      sites = await startTwoSites();
      lms = await sites.addLms({ profile });
      chromium = await chromiumFor(sites, lms, 'storage');
      opened = await open(chromium.context, lms, staff);
      frame = await toolFrame(opened.page, cohort);
      first = frame.url();
    });
    afterAll(async () => {
      await chromium?.close();
      await sites?.close();
    });

    it('opens the launch’s page, under its own address, without a cookie', async () => {
      expect(await rows(frame)).toBe(3);
      expect(await frame.evaluate(() => document.cookie)).toBe('');
      expect(await frame.evaluate(() => [document.documentElement.lang, document.title])).toEqual([
        'fr',
        'Gestion de projet · Assidu',
      ]);
      expect(await frame.content()).not.toContain('data-secret');
      // Going back from here leaves the activity: what came before was replaced.
      expect(await opened.page.evaluate(() => history.length)).toBe(2);
      await opened.page.screenshot({ path: screenshot(`cookieless-${profile}-cohort`) });
    });

    it('follows links, says the new title, and puts the focus in the page', async () => {
      await frame.locator('nav.language a').click();
      await frame.locator('html[lang=en]').waitFor();
      expect(frame.url()).toContain('lang=en');
      expect(await frame.getByRole('alert').count()).toBe(0);
      expect(await focused(frame)).toBe('main');
      await frame.locator('[role=status]', { hasText: 'Project management' }).waitFor({ state: 'attached' });
      expect(await opened.page.evaluate(() => location.pathname)).toBe('/course/2');
    });

    it('sends forms: the filter narrows the list', async () => {
      await frame.locator('#filter-q').fill('Amélie');
      await frame.locator('form.filter:has(#filter-q) button[type=submit]').click();
      await frame.locator('table.learners tbody tr').nth(1).waitFor({ state: 'detached' });
      expect([await rows(frame), frame.url()]).toEqual([
        1,
        expect.stringMatching(/q=Am%C3%A9lie.*#learners$/),
      ]);
      // A frame of another process is drawn a little later than it says.
      await opened.page.waitForTimeout(200);
      await opened.page.screenshot({ path: screenshot(`cookieless-${profile}-filtered`) });
    });

    it('goes back and forward through the history', async () => {
      await opened.page.evaluate(() => history.back());
      await expect.poll(() => rows(frame)).toBe(3);
      expect(frame.url()).toContain('lang=en');
      await opened.page.evaluate(() => history.back());
      await frame.locator('html[lang=fr]').waitFor();
      expect(frame.url()).toBe(first);
      await opened.page.evaluate(() => history.go(2));
      await expect.poll(() => rows(frame)).toBe(1);
    });

    it('downloads a file under its name', async () => {
      const [download] = await Promise.all([
        opened.page.waitForEvent('download'),
        frame.locator('a.download[href*="learners.csv"]').click(),
      ]);
      expect(download.suggestedFilename()).toMatch(/^lms-\d+\.csv$/);
      expect(readFileSync(await download.path(), 'utf8')).toContain('Amélie');
      expect(await rows(frame)).toBe(1);
    });

    it('comes back after a reload, at the same address', async () => {
      const url = frame.url();
      await frame.evaluate(() => location.reload()).catch(() => undefined);
      frame = await toolFrame(opened.page, cohort);
      await expect.poll(() => rows(frame)).toBe(1);
      expect(frame.url()).toBe(url);
    });

    it('opens a page in a window of its own', async () => {
      await frame.evaluate(() => document.querySelector('nav.language a')?.setAttribute('target', '_blank'));
      const [popup] = await Promise.all([
        chromium.context.waitForEvent('page'),
        frame.locator('nav.language a').click(),
      ]);
      await popup.locator('header.head h1').waitFor();
      await accessible(popup);
      expect(await popup.locator('table.learners tbody tr').count()).toBe(1);
      await popup.close();
    });

    it('prints as any document', async () => {
      await opened.page.goto(frame.url());
      // Another site around it: nothing of the frame's storage is seen here.
      await opened.page.locator('main.card').waitFor();
      expect(await opened.page.locator('header.head').count()).toBe(0);
      await accessible(opened.page);
      await opened.page.goBack();
      frame = await toolFrame(opened.page, cohort);
      await opened.page.emulateMedia({ media: 'print' });
      await opened.page.screenshot({ path: screenshot(`cookieless-${profile}-print`) });
      expect(await frame.locator('form').first().isVisible()).toBe(false);
      await opened.page.emulateMedia({ media: 'screen' });
    });

    it('leaves two people in two tabs to their own pages', async () => {
      await opened.page.goto(`${lms.url}/course/2?as=${staff}`);
      frame = await toolFrame(opened.page, cohort);
      const other = await open(chromium.context, lms, learner);
      const theirs = await toolFrame(other.page, cohort);
      expect(await theirs.locator('.role').innerText()).toMatch(/Apprenant/i);
      await frame.locator('nav.language a').click();
      await frame.locator('html[lang=en]').waitFor();
      expect(await frame.locator('.role').innerText()).toMatch(/Teaching team/i);
      await theirs.locator('nav.language a').click();
      await theirs.locator('html[lang=en]').waitFor();
      expect(await theirs.locator('.role').innerText()).toMatch(/Learner/i);
      await other.page.screenshot({ path: screenshot(`cookieless-${profile}-learner`) });
      expect(other.faults).toEqual([]);
      await other.page.close();
    });

    it('keeps the secret out of addresses, referrers, cookies and the log', async () => {
      const [, id] = /app\/([\w-]+)/.exec(frame.url()) ?? [];
      const secret = await frame.evaluate((key) => sessionStorage.getItem(key) ?? '', `assidu-session-${id}`);
      expect(secret).toHaveLength(43);
      const carried = opened.requests.filter((request) => request.headers()['assidu-session'] !== undefined);
      expect(carried.length).toBeGreaterThan(5);
      for (const request of opened.requests) {
        const { 'assidu-session': _carried, ...headers } = request.headers();
        expect(request.url() + JSON.stringify(headers)).not.toContain(secret);
        if (_carried !== undefined) expect(request.url()).toMatch(new RegExp(`^${sites.tool}/app/`));
      }
      expect(sites.log()).toContain('"carrier":"header"');
      expect(sites.log()).not.toContain(secret);
      expect(opened.faults).toEqual([]);
    });

    it('ends when it is closed, and says so once', async () => {
      await frame.locator('form[action$="/close"] button').click();
      await frame.locator('section.message').waitFor();
      const before = opened.requests.length;
      await frame.evaluate(() => location.reload()).catch(() => undefined);
      await expect.poll(() => opened.page.frame('tool')?.locator('main.card a.button').count()).toBe(1);
      await opened.page.waitForTimeout(500);
      const asked = opened.requests
        .slice(before)
        .filter((request) => cohort.test(request.url()) || /close/.test(request.url()));
      expect(asked.length).toBeLessThanOrEqual(2);
      await opened.page.screenshot({ path: screenshot(`cookieless-${profile}-ended`) });
    });
  });

  it.each(['storage', 'cookies'] as const)(
    'a product published under a path works in a browser that keeps %s',
    async (keeping) => {
      const sites = await startTwoSites('/training/assidu');
      const lms = await sites.addLms({ profile: 'moodle' });
      const chromium = await openChromium(executable ?? '', {
        keeping,
        tool: new URL(sites.tool).origin,
        platform: lms.url,
      });
      const { page, requests, faults } = await open(chromium.context, lms, staff);
      let frame = await toolFrame(page, cohort);
      expect(frame.url()).toContain(`${sites.tool}/app/`);
      await frame.locator('#filter-q').fill('Nora');
      await frame.locator('form.filter:has(#filter-q) button[type=submit]').click();
      frame = await toolFrame(page, /q=Nora/);
      await expect.poll(() => rows(frame)).toBe(1);
      await frame.locator('table.learners tbody a').first().click();
      frame = await toolFrame(page, /\/learners\//);
      expect(await frame.getByRole('alert').count()).toBe(0);
      await page.screenshot({ path: screenshot(`under-a-path-${keeping}`) });
      const own = requests
        .map((request) => request.url())
        .filter((url) => url.startsWith(new URL(sites.tool).origin));
      expect(own.filter((url) => !url.startsWith(`${sites.tool}/`))).toEqual([]);
      expect(faults).toEqual([]);
      await chromium.close();
      await sites.close();
    },
  );

  it.each(['canvas', 'moodle'] as const)(
    'a partitioned cookie holds, in %s, and carries the session',
    async (profile) => {
      const sites = await startTwoSites();
      const lms = await sites.addLms({ profile });
      const chromium = await chromiumFor(sites, lms, 'cookies');
      const { page, requests } = await open(chromium.context, lms, staff);
      let frame = await toolFrame(page, cohort);
      await frame.locator('#filter-q').fill('Nora');
      await frame.locator('form.filter:has(#filter-q) button[type=submit]').click();
      frame = await toolFrame(page, /q=Nora/);
      expect(await rows(frame)).toBe(1);
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        frame.locator('a.download[href*="learners.csv"]').click(),
      ]);
      expect(readFileSync(await download.path(), 'utf8')).toContain('Nora');
      expect(requests.some((request) => request.headers()['assidu-session'] !== undefined)).toBe(false);
      expect(sites.log()).toContain('"carrier":"cookie"');
      // Another person's launch in the same browser replaces the session.
      const other = await open(chromium.context, lms, learner);
      await toolFrame(other.page, cohort);
      await frame.evaluate(() => location.reload()).catch(() => undefined);
      await expect.poll(() => page.frame('tool')?.locator('main.card').count()).toBe(1);
      await chromium.close();
      await sites.close();
    },
  );
});
