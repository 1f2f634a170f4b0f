import { writeFileSync } from 'node:fs';
import type { Browser, BrowserContextOptions, Frame, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Stage, setStage } from '../demo/stage.ts';
import { PNG } from '../organisations/logos.ts';
import { freePort } from '../support/free-port.ts';
import { chromiumPath, launchChromium, screenshot } from './chromium.ts';
import { accessible, cohort, open as openCourse, staff, toolFrame } from './tool-frame.ts';
import { openChromium, startTwoSites } from './two-sites.ts';

const executable = chromiumPath();

describe.skipIf(executable === null)('a digital learning manager proves results, in Chromium', () => {
  let stage: Stage;
  let browser: Browser;
  beforeAll(async () => {
    stage = await setStage({ port: await freePort(), lmsPort: 0, say: () => undefined });
    browser = await launchChromium(executable ?? '');
  });
  afterAll(async () => {
    await browser?.close();
    await stage?.close();
  });

  /** Opens the finished course's page as the director and waits for the tool in its frame. */
  async function open(options: BrowserContextOptions = {}): Promise<{ page: Page; frame: Frame }> {
    const context = await browser.newContext({
      locale: 'fr-FR',
      viewport: { width: 1280, height: 1000 },
      ...options,
    });
    const page = await context.newPage();
    await page.goto(`${stage.lms.url}/course/3?as=${stage.staff.director.id}`);
    for (let tries = 0; tries < 400; tries += 1) {
      const frame = page.frames().find((each) => each.url().startsWith(`${stage.url}/app/`));
      if (frame && (await frame.locator('h1').count()) > 0) return { page, frame };
      await page.waitForTimeout(50);
    }
    throw new Error(`the tool did not open: ${page.frames().map((each) => each.url())}`);
  }
  it('goes back in time by the slider, compares, and prints the report, all in the frame of the LMS', async () => {
    const { page, frame } = await open();
    const [open3 = '', running = ''] = [stage.cohortIds[1], stage.cohortIds[0]];
    const before = await frame.locator('.figures').first().innerText();
    // By keyboard the slider sets the date; the button asks for it.
    const slider = frame.locator('#asOf-slider');
    await slider.focus();
    await page.keyboard.press('Home');
    for (let day = 0; day < 30; day += 1) await page.keyboard.press('ArrowRight');
    expect(await slider.getAttribute('aria-valuetext')).toContain('jour 30');
    await frame.locator('.as-of-form button').click();
    await frame.locator('.notice', { hasText: 'Vous regardez le passé' }).waitFor();
    expect(await frame.locator('.figures').first().innerText()).not.toBe(before);

    await frame.locator('.site-nav a', { hasText: 'Comparer' }).click();
    await heading(frame, /Comparer à âge égal/);
    await frame.locator(`input[name="with"][value="${running}"]`).check();
    await frame.locator('main form button').click();
    await frame.locator('#differences').waitFor();
    expect(await frame.locator('path.compare-0, path.compare-1').count()).toBe(2);
    await page.screenshot({ path: screenshot('compare-in-frame') });

    await frame.locator('.site-nav a', { hasText: 'Bilan' }).click();
    await heading(frame, /^Bilan/);
    const metrics = await stage.metrics(open3);
    const { numerator, denominator } = metrics.rates.completionOfEnrolled;
    expect((await frame.locator('main').innerText()).replaceAll(/\s+/g, ' ')).toContain(
      `${numerator} sur ${denominator}`,
    );
    await page.context().close();
  });

  it('gives the organisation’s name and logo, and prints in them, on A4', async () => {
    const { page, frame } = await open();
    const cohort = frame.url().replace(/\?.*/, '');
    await page.goto(`${cohort.replace(/\/cohorts.*/, '')}/organisation`);
    await page.fill('#nameFr', 'Université d’entreprise Aqua');
    await page.fill('#website', 'https://formation.aqua.example');
    await page.setInputFiles('#logo', { name: 'logo.png', mimeType: 'image/png', buffer: PNG });
    await page.click('main button[type=submit]');
    await page.getByText('C’est enregistré').waitFor();

    await page.goto(`${cohort}/report`);
    const logo = page.locator('.report-banner img');
    expect(await logo.evaluate((image) => image instanceof HTMLImageElement && image.naturalWidth)).toBe(1);
    expect(await page.locator('[data-print]').isVisible()).toBe(true);
    const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: true });
    writeFileSync(screenshot('report').replace(/png$/, 'pdf'), pdf);
    const text = pdf.toString('latin1');
    const pages = text.match(/\/Type\s*\/Page\b/g)?.length ?? 0;
    expect(pages).toBeGreaterThanOrEqual(3);
    expect(pages).toBeLessThanOrEqual(7);
    const [, width, height] = /\/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]/.exec(text) ?? [];
    expect([Math.round(Number(width)), Math.round(Number(height))]).toEqual([595, 842]);

    await page.emulateMedia({ media: 'print' });
    for (const hidden of ['.report-form', '.site-nav', '.head-line', '.foot form'])
      expect(await page.locator(hidden).first().isVisible(), hidden).toBe(false);
    expect(await page.locator('.report-banner').isVisible()).toBe(true);
    await page.context().close();
  });

  for (const colorScheme of ['light', 'dark'] as const)
    for (const [width, lang] of [
      [320, 'fr'],
      [1280, 'en'],
    ] as const)
      it(`finds these pages accessible and fitting, ${colorScheme}, ${width} px wide, in ${lang}`, async () => {
        const { page, frame } = await open({ colorScheme, viewport: { width, height: 900 } });
        const cohort = frame.url().replace(/\?.*/, '');
        for (const [name, path] of [
          ['weeks', `${cohort}?heat=learners&state=dropped&lang=${lang}`],
          ['compare', `${cohort}/compare?with=${stage.cohortIds[0]}&lang=${lang}`],
          ['report', `${cohort}/report?for=outside&lang=${lang}`],
          ['organisation', `${cohort.replace(/\/cohorts.*/, '')}/organisation?lang=${lang}`],
        ] as const) {
          await page.goto(path);
          await page.screenshot({ path: screenshot(`${name}-${colorScheme}-${width}`), fullPage: true });
          const overflow = await page.evaluate(
            () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
          );
          expect(overflow, `${name} scrolls sideways by ${overflow} px`).toBeLessThanOrEqual(0);
          // What axe finds depends on colours and on words, hardly on both with the width.
          if ((colorScheme === 'light') === (width === 320)) await accessible(page);
        }
        await page.context().close();
      });
});

describe.skipIf(executable === null)('proving results where third-party cookies are blocked', () => {
  it('goes by the session’s header: back in time, compared, reported', async () => {
    const sites = await startTwoSites('/assidu');
    const lms = await sites.addLms({ profile: 'moodle' });
    const chromium = await openChromium(executable ?? '', {
      keeping: 'storage',
      tool: sites.tool,
      platform: lms.url,
    });
    const { page, faults } = await openCourse(chromium.context, lms, staff);
    page.setDefaultTimeout(15_000);
    const frame = await toolFrame(page, cohort);
    expect(await frame.evaluate(() => document.cookie)).toBe('');
    await frame.locator('#asOf').fill(new Date(Date.now() - 2 * 86_400_000).toISOString().slice(0, 10));
    await frame.locator('.as-of-form button').click();
    await frame.locator('.notice', { hasText: 'Vous regardez le passé' }).waitFor();
    await frame.locator('.site-nav a', { hasText: 'Comparer' }).click();
    await heading(frame, /Comparer à âge égal/);
    await frame.locator('.site-nav a', { hasText: 'Bilan' }).click();
    await heading(frame, /^Bilan/);
    expect(faults).toEqual([]);
    await chromium.close();
    await sites.close();
  });
});

/** Waits for a page with this heading. */
function heading(frame: Frame, text: RegExp): Promise<void> {
  return frame.locator('h1', { hasText: text }).waitFor({ timeout: 20_000 });
}
