import { AxeBuilder } from '@axe-core/playwright';
import type { BrowserContext, Frame, Locator, Page, Request } from 'playwright-core';
import { expect } from 'vitest';
import type { DemoLms } from '../platform/demo-lms.ts';

/** People of the course. */
export const staff = '3';
export const learner = '4';

/** Opens the course page as a person, at a link of the course; `message`: another message than that link's launch. */
export async function open(
  context: BrowserContext,
  lms: DemoLms,
  user: string,
  link = '1',
  message: Readonly<Record<string, string>> = {},
) {
  const page = await context.newPage();
  const requests: Request[] = [];
  const faults: string[] = [];
  page.on('request', (request) => requests.push(request));
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    if (/Content Security Policy|Refused/.test(message.text())) faults.push(message.text());
  });
  await page.goto(`${lms.url}/course/2?${new URLSearchParams({ as: user, link, ...message })}`);
  return { page, requests, faults };
}

/** The tool's frame, once it shows a heading at such an address. */
export async function toolFrame(page: Page, address: RegExp, timeout = 10_000): Promise<Frame> {
  const end = Date.now() + timeout;
  while (Date.now() < end) {
    const frame = page.frame('tool');
    if (frame && address.test(frame.url()) && (await frame.locator('header.head h1').count()) > 0)
      return frame;
    await page.waitForTimeout(50);
  }
  throw new Error(`not there: ${page.frames().map((frame) => frame.url())}`);
}

/** Presses what leads to another page, in a frame or in the page itself, and waits until that is there. */
export async function press(frame: Frame, what: Locator): Promise<void> {
  const left = frame.page().waitForEvent('framenavigated', { predicate: (each) => each === frame });
  await Promise.all([left, what.first().click()]);
  await frame.waitForLoadState();
}

/** Axe finds nothing on this page, or within this element of one of its frames. */
export async function accessible(
  page: Page,
  within?: readonly [frame: string, element: string],
): Promise<void> {
  const axe = new AxeBuilder({ page });
  if (within !== undefined) axe.include([...within]);
  const { violations } = await axe.analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
}

/** Address of a cohort's page. */
export const cohort = /\/app\/[\w-]{22}\/cohorts\/[\w-]+/;
/** How many learners are listed. */
export const rows = (frame: Frame) => frame.locator('table.learners tbody tr').count();
