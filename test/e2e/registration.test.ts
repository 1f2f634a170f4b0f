import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { invite } from '../lti/registering.ts';
import { type DemoLms, startDemoLms } from '../platform/demo-lms.ts';
import { someCourse, somePeople } from '../platform/demo-people.ts';
import { type RunningAssidu, startAssidu } from '../support/start-assidu.ts';
import { chromiumPath, launchChromium, screenshot } from './chromium.ts';
import { press } from './tool-frame.ts';

const executable = chromiumPath();

describe.skipIf(executable === null)('registration in the frame of the LMS, in Chromium', () => {
  let product: RunningAssidu;
  let lms: DemoLms;
  let browser: Browser;

  beforeAll(async () => {
    const options = { profile: 'moodle', name: 'Campus', users: somePeople, courses: [someCourse] } as const;
    [product, lms, browser] = await Promise.all([
      startAssidu(),
      // Another site than the tool's, as in life.
      startDemoLms({ ...options, host: '127.0.0.1' }),
      launchChromium(executable ?? ''),
    ]);
  });
  afterAll(async () => {
    await browser?.close();
    await Promise.all([product?.close(), lms?.close()]);
  });

  async function newPage(options: Parameters<Browser['newContext']>[0] = {}) {
    const context = await browser.newContext({ locale: 'fr-FR', ...options });
    const page = await context.newPage();
    const faults: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error') faults.push(message.text());
    });
    page.on('pageerror', (error) => faults.push(error.message));
    return { page, faults };
  }

  async function fitsAndIsAccessible(page: Page, name: string) {
    await page.screenshot({ path: screenshot(name), fullPage: true });
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow, `${name} scrolls sideways by ${overflow} px`).toBeLessThanOrEqual(0);
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
  }

  it('asks, registers with a code, and gives the window back to the platform', async () => {
    const { page, faults } = await newPage({ viewport: { width: 1100, height: 900 } });
    await page.goto(`${lms.url}/admin/tools`);
    await page.fill('input[name=tool]', `${product.url}/lti/register`);
    await page.click('button[type=submit]');
    const frame = page.frameLocator('iframe[name=registration]');
    await frame.getByLabel('Code d’enregistrement').fill(await invite(product.services.storage));
    await page.screenshot({ path: screenshot('register-in-frame') });
    await frame.getByRole('button', { name: 'Relier la plateforme' }).click();
    await frame.getByRole('heading', { name: 'La plateforme est reliée' }).waitFor();
    await page.screenshot({ path: screenshot('registered-in-frame') });
    await frame.getByRole('button', { name: 'Fermer cette fenêtre' }).click();
    await page.waitForURL(`${lms.url}/admin/tools`);
    expect(await page.locator('main').innerText()).toContain('Assidu');
    const [registration] = await product.services.storage.registrations.list('default');
    expect([registration?.status, faults]).toEqual(['active', []]);
    await page.context().close();
  });

  it('copies a value of the manual set-up, and lets it be selected without script', async () => {
    const { page, faults } = await newPage({ permissions: ['clipboard-read', 'clipboard-write'] });
    await page.goto(`${product.url}/lti/manual?lang=en`);
    await page.getByRole('button', { name: 'Copy Tool URL' }).first().click();
    await page.getByText('Copied').first().waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(`${product.url}/lti/launch`);
    expect(faults).toEqual([]);
    await page.context().close();

    const plain = await newPage({ javaScriptEnabled: false });
    await plain.page.goto(`${product.url}/lti/manual?lang=en`);
    expect(await plain.page.getByRole('button').count()).toBe(0);
    expect(await plain.page.locator('#canvas-canvas-json').inputValue()).toBe(
      `${product.url}/lti/canvas.json`,
    );
    await plain.page.context().close();
  });

  for (const colorScheme of ['light', 'dark'] as const)
    for (const width of [320, 1280])
      it(`is accessible and fits, ${colorScheme}, ${width} px wide`, async () => {
        const { page } = await newPage({ colorScheme, viewport: { width, height: 900 } });
        await page.goto(await lms.registrationUrl(`${product.url}/lti/register`));
        await fitsAndIsAccessible(page, `register-${colorScheme}-${width}`);
        await press(page.mainFrame(), page.locator('button[type=submit]'));
        await fitsAndIsAccessible(page, `registered-${colorScheme}-${width}`);
        await page.goto(`${product.url}/lti/register`);
        await fitsAndIsAccessible(page, `registration-fault-${colorScheme}-${width}`);
        await page.goto(`${product.url}/lti/manual`);
        await fitsAndIsAccessible(page, `manual-${colorScheme}-${width}`);
        await page.context().close();
      });
});
