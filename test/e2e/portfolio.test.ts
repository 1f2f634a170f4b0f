import { readFileSync } from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContext, Frame, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DemoLms } from '../platform/demo-lms.ts';
import { type Campus, courseIdOf, person, STAFF, startCampus } from '../support/campus.ts';
import { chromiumPath, launchChromium, screenshot } from './chromium.ts';
import { manyCohorts, ownCohort } from './portfolio-cohorts.ts';
import { learner, open, toolFrame } from './tool-frame.ts';
import { openChromium, startTwoSites, type TwoSites } from './two-sites.ts';

const executable = chromiumPath();
const portfolio = /\/app\/[\w-]{22}\/portfolio/;
const ownPath = /\/app\/[\w-]{22}\/cohorts\/[\w-]+/;

const saved = async (page: Page, click: () => Promise<void>): Promise<string> => {
  const [download] = await Promise.all([page.waitForEvent('download'), click()]);
  return readFileSync(await download.path(), 'utf8');
};

describe.skipIf(executable === null)('third-party cookies blocked, in the frame of the LMS', () => {
  let sites: TwoSites;
  let lms: DemoLms;
  let chromium: Awaited<ReturnType<typeof openChromium>>;
  beforeAll(async () => {
    sites = await startTwoSites();
    lms = await sites.addLms({ profile: 'moodle' });
    chromium = await openChromium(executable ?? '', {
      keeping: 'storage',
      tool: sites.tool,
      platform: lms.url,
    });
    await manyCohorts(sites.request);
  });
  afterAll(async () => {
    await chromium?.close();
    await sites?.close();
  });

  it('a learner sees their path and what is next, and takes their data and dates with them', async () => {
    await ownCohort(sites.request, `lms-${new URL(lms.url).port}`, lms.issuer);
    const { page, faults } = await open(chromium.context, lms, learner);
    const frame = await toolFrame(page, ownPath);
    expect(await frame.locator('#next').count()).toBe(1);
    expect(await frame.locator('ol.upcoming li').allInnerTexts()).toEqual([
      expect.stringContaining('À rattraper'),
      expect.stringContaining('À faire au plus tard'),
      expect.stringContaining('Europe/Paris'),
    ]);
    const dates = await saved(page, () => frame.locator('a[href*="my-calendar.ics"]').click());
    expect(dates).toContain('BEGIN:VEVENT');
    await frame.getByRole('link', { name: 'Mes données' }).click();
    await frame.locator('#kept').waitFor();
    await page.screenshot({ path: screenshot('my-data-in-frame') });
    const data = JSON.parse(await saved(page, () => frame.locator('a[href$="my-data.json"]').click()));
    expect(data.identifiers).toEqual([
      { objectType: 'Agent', account: { homePage: lms.issuer, name: learner } },
    ]);
    await frame.getByRole('link', { name: 'Mon parcours' }).click();
    await frame.locator('ol.upcoming').waitFor();
    expect(faults).toEqual([]);
    await page.close();
  });

  it('an executive is led to the portfolio, narrows it, sorts it and takes it with them', async () => {
    await sites.request('POST', '/api/v1/grants', {
      platform: `lms-${new URL(lms.url).port}`,
      sub: '5',
      role: 'executive',
    });
    const { page, faults } = await open(chromium.context, lms, '5');
    const frame = await toolFrame(page, portfolio);
    expect(await frame.locator('.role').innerText()).toBe('Direction et métiers');
    await frame.locator('#filter-programme').selectOption('Leadership');
    await frame.locator('form.filter button[type=submit]').click();
    await expect.poll(() => names(frame, 'final')).toEqual(['Leadership', 'Ensemble']);
    await frame.getByRole('link', { name: 'Par entité' }).click();
    await expect.poll(() => names(frame, 'final')).toEqual(['Déchets', 'Eau France', 'Énergie', 'Ensemble']);
    const sort = frame.locator('section:has(#portfolio-final) a.sort', { hasText: 'Achèvement' }).first();
    await sort.click();
    await frame
      .locator('section:has(#portfolio-final) th[aria-sort=ascending]', { hasText: 'Achèvement' })
      .waitFor();
    const csv = await saved(page, () => frame.locator('a[href*="portfolio.csv"]').click());
    expect(csv).toContain('group,final,Leadership,Eau France');
    await page.screenshot({ path: screenshot('portfolio-in-frame') });
    expect(faults).toEqual([]);
    await page.close();
  });
});

const names = (frame: Frame, state: 'final' | 'open') =>
  frame.locator(`section:has(#portfolio-${state}) tbody th`).allInnerTexts();

describe.skipIf(executable === null)('the learner’s and the executive’s pages, in Chromium', () => {
  let campus: Campus;
  let browser: Browser;
  beforeAll(async () => {
    campus = await startCampus({ profile: 'moodle', people: ['4', '5', '7'].map((id) => person(id)) });
    await campus.launch(STAFF);
    await manyCohorts(campus.assidu.request);
    await ownCohort(campus.assidu.request, 'own', campus.lms.issuer, await courseIdOf(campus), 0.2);
    const [platform] = await campus.assidu.services.storage.registrations.list('default');
    for (const sub of ['7'])
      await campus.assidu.request('POST', '/api/v1/grants', {
        platform: platform?.id,
        sub,
        role: 'executive',
      });
    await campus.launch('4');
    browser = await launchChromium(executable ?? '');
  });
  afterAll(async () => {
    await browser?.close();
    await campus?.close();
  });

  /** The address of what somebody opens, in a browser of their own. */
  async function opened(context: BrowserContext, user: string, address: RegExp) {
    const page = await context.newPage();
    await page.goto(`${campus.lms.url}/course/2?as=${user}`);
    const frame = await toolFrame(page, address);
    return { page, url: frame.url() };
  }

  async function fitsAndIsAccessible(page: Page, url: string, name: string): Promise<void> {
    await page.goto(url);
    await page.screenshot({ path: screenshot(name), fullPage: true });
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow, `${name} scrolls sideways`).toBeLessThanOrEqual(0);
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect([name, violations.map(({ id, nodes }) => [id, nodes[0]?.html])]).toEqual([name, []]);
  }

  for (const colorScheme of ['light', 'dark'] as const)
    for (const width of [320, 1280])
      it(`are accessible and fit, ${colorScheme}, ${width} px wide, in both languages`, async () => {
        const context = await browser.newContext({
          colorScheme,
          viewport: { width, height: 900 },
          locale: 'fr-FR',
        });
        // One language in the light and the other in the dark: each page in both widths.
        const lang = (colorScheme === 'light') === (width === 1280) ? 'fr' : 'en';
        const shot = (name: string) => `${name}-${lang}-${colorScheme}-${width}`;
        const executive = await opened(context, '7', portfolio);
        const [address] = executive.url.split('?');
        await fitsAndIsAccessible(executive.page, `${address}?lang=${lang}`, shot('portfolio'));
        if (width === 1280) {
          await executive.page.emulateMedia({ media: 'print' });
          await executive.page.screenshot({ path: screenshot(shot('portfolio-print')), fullPage: true });
          expect(await executive.page.locator('form.filter').isVisible()).toBe(false);
        }
        const own = await opened(context, '4', ownPath);
        const [path = ''] = own.url.split('?');
        await fitsAndIsAccessible(own.page, `${path}?lang=${lang}`, shot('own'));
        // Of the two plain pages each in half of the cases: axe takes its time.
        const plain = lang === 'fr' ? 'attestation' : 'my-data';
        await fitsAndIsAccessible(own.page, `${path}/${plain}?lang=${lang}`, shot(plain));
        await context.close();
      });
});
