import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContextOptions, Frame, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Stage, setStage } from '../demo/stage.ts';
import { freePort } from '../support/free-port.ts';
import { chromiumPath, launchChromium, screenshot } from './chromium.ts';

const executable = chromiumPath();

describe.skipIf(executable === null)('pages in the frame of the LMS, in Chromium', () => {
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

  /** Opens the course page as a person and waits for the tool in its frame. */
  async function open(user: string, course: string, options: BrowserContextOptions = {}) {
    const context = await browser.newContext({ locale: 'fr-FR', ...options });
    const page = await context.newPage();
    const faults: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error') faults.push(message.text());
    });
    page.on('pageerror', (error) => faults.push(error.message));
    await page.goto(`${stage.lms.url}/course/${course}?as=${user}`);
    const frame = await toolFrame(page);
    return { page, frame, faults };
  }

  async function toolFrame(page: Page): Promise<Frame> {
    await page.waitForFunction(() => document.querySelector('iframe') !== null);
    for (let tries = 0; tries < 200; tries += 1) {
      const found = page.frames().find((each) => each.url().startsWith(`${stage.url}/app/`));
      if (found && (await found.locator('h1').count()) > 0) return found;
      await page.waitForTimeout(50);
    }
    throw new Error(`the tool did not open: ${page.frames().map((each) => each.url())}`);
  }

  async function fitsAndIsAccessible(url: string, page: Page, name: string) {
    // The tool's page alone, at the size of the frame: axe looks into documents, not across origins.
    await page.goto(url);
    await page.screenshot({ path: screenshot(name), fullPage: true });
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow, `${name} scrolls sideways by ${overflow} px`).toBeLessThanOrEqual(0);
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
  }

  it('shows a learner their own path, in French, by name', async () => {
    const learner = stage.learners[0];
    const { page, frame, faults } = await open(learner?.id ?? '', '2', {
      viewport: { width: 1280, height: 1000 },
    });
    expect(await frame.locator('html').getAttribute('lang')).toBe('fr');
    expect(await frame.locator('main').innerText()).toContain('Cadrer le projet');
    expect(await frame.content()).toContain(learner?.givenName);
    await page.screenshot({ path: screenshot('learner-in-frame') });
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it('shows the community manager the cohort: counts, rates with numerator and denominator, learners', async () => {
    const { page, frame, faults } = await open(stage.staff.manager.id, '2', {
      viewport: { width: 1280, height: 1000 },
    });
    const metrics = await stage.metrics(stage.cohortIds[0] ?? '');
    const text = (await frame.locator('main').innerText()).replaceAll(/\s+/g, ' ');
    const { numerator, denominator } = metrics.rates.completionOfEnrolled;
    expect(text).toContain(`${numerator} sur ${denominator}`);
    expect(text).toContain(stage.learners[1]?.name);
    await page.screenshot({ path: screenshot('cohort-in-frame') });
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it('filters the learners by state through the address', async () => {
    const { page, frame } = await open(stage.staff.manager.id, '2');
    const metrics = await stage.metrics(stage.cohortIds[0] ?? '');
    await page.goto(`${frame.url()}?state=completed`);
    expect(await page.locator('table.learners tbody tr').count()).toBe(metrics.counts.completed);
    await page.context().close();
  });

  it('lets the digital learning manager open the finished cohort, in English too', async () => {
    const { page, frame } = await open(stage.staff.director.id, '3');
    await page.goto(`${frame.url()}?lang=en`);
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
    expect(await page.locator('h1').innerText()).toContain('Hybrid management');
    await page.context().close();
  });

  it('ends the session when asked, and asks to reopen from the course', async () => {
    const { page, frame } = await open(stage.learners[0]?.id ?? '', '2');
    const url = frame.url();
    await frame.locator('form[action$="/close"] button').click();
    await page.waitForTimeout(300);
    const after = await page.context().request.get(url);
    expect(after.status()).toBe(401);
    await page.context().close();
  });

  for (const colorScheme of ['light', 'dark'] as const)
    for (const width of [320, 1280])
      it(`is accessible and fits, ${colorScheme}, ${width} px wide`, async () => {
        const options = { colorScheme, viewport: { width, height: 900 } };
        const learner = await open(stage.learners[0]?.id ?? '', '2', options);
        await fitsAndIsAccessible(learner.frame.url(), learner.page, `learner-${colorScheme}-${width}`);
        await learner.page.context().close();
        const cohort = await open(stage.staff.manager.id, '2', options);
        await fitsAndIsAccessible(cohort.frame.url(), cohort.page, `cohort-${colorScheme}-${width}`);
        await cohort.page.context().close();
      });

  it('prints', async () => {
    const { page, frame } = await open(stage.staff.manager.id, '3');
    await page.goto(frame.url());
    await page.emulateMedia({ media: 'print' });
    await page.screenshot({ path: screenshot('cohort-print'), fullPage: true });
    expect(await page.locator('form').first().isVisible()).toBe(false);
    await page.context().close();
  });
});
