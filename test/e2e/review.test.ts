import { randomBytes } from 'node:crypto';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hashOfReviewCode, newCode } from '../../lti/registration/code.ts';
import { registerAt } from '../lti/registering.ts';
import { type DemoLms, startDemoLms } from '../platform/demo-lms.ts';
import { someCourse, somePeople } from '../platform/demo-people.ts';
import { type RunningAssidu, startAssidu } from '../support/start-assidu.ts';
import { chromiumPath, launchChromium, screenshot } from './chromium.ts';

const executable = chromiumPath();

describe.skipIf(executable === null)('the page on which platforms are approved, in Chromium', () => {
  let product: RunningAssidu;
  let platforms: readonly DemoLms[];
  let browser: Browser;

  beforeAll(async () => {
    const people = { users: somePeople, courses: [someCourse] };
    platforms = await Promise.all([
      startDemoLms({ profile: 'moodle', name: 'Campus', ...people }),
      startDemoLms({ profile: 'canvas', name: 'Université du Littoral', ...people }),
    ]);
    [product, browser] = await Promise.all([startAssidu(), launchChromium(executable ?? '')]);
    for (const lms of platforms) await registerAt(await lms.registrationUrl(`${product.url}/lti/register`));
    const { registrations } = product.services.storage;
    const [first] = await registrations.list('');
    if (!first) throw new Error('nothing waits');
    await registrations.save({ ...first, id: 'active', org: 'default', clientId: 'x', status: 'active' });
    const waiting = {
      registrationId: 'active',
      deployment: 'compte-7:8865aa05b4b79b64a91a86042e43af5ea8ae79eb',
      seenAt: Date.now(),
    };
    await registrations.rememberWaiting(waiting, 10);
  });
  afterAll(async () => {
    await browser?.close();
    await Promise.all([product?.close(), ...(platforms ?? []).map((lms) => lms.close())]);
  });

  async function fits(page: Page, name: string): Promise<void> {
    await page.screenshot({ path: screenshot(name), fullPage: true });
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow, `${name} scrolls sideways by ${overflow} px`).toBeLessThanOrEqual(0);
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
  }

  it.each([
    [320, 'light'],
    [1280, 'light'],
    [1280, 'dark'],
  ] as const)('at %i px, %s: a code, what waits, a decision by keyboard', async (width, colorScheme) => {
    const code = newCode(randomBytes);
    const now = Date.now();
    await product.services.storage.invitations.insert({
      hash: hashOfReviewCode(code),
      org: 'default',
      createdAt: now,
      expiresAt: now + 3_600_000,
      firstDeployment: false,
      usedAt: null,
      usedBy: null,
    });
    const context = await browser.newContext({
      locale: 'fr-FR',
      viewport: { width, height: 900 },
      colorScheme,
    });
    const page = await context.newPage();
    await page.goto(`${product.url}/lti/review`);
    await fits(page, `review-code-${width}-${colorScheme}`);
    await page.getByLabel('Code').fill(code);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Plateformes en attente' }).waitFor();
    await page
      .getByRole('button', { name: /^Accepter dans/ })
      .first()
      .waitFor();
    await page.getByText('Autorisations, mot pour mot').first().click();
    await fits(page, `review-${width}-${colorScheme}`);
    if (colorScheme === 'dark') {
      await page.getByRole('button', { name: 'Refuser' }).first().press('Enter');
      await page.getByRole('status').waitFor();
      await fits(page, 'review-refused');
    }
    await context.close();
  });
});
