import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DemoLms } from '../platform/demo-lms.ts';
import { chromiumPath, screenshot } from './chromium.ts';
import { cohort, learner, open, rows, staff, toolFrame } from './tool-frame.ts';
import { openChromium, startTwoSites, type TwoSites } from './two-sites.ts';

const executable = chromiumPath();
const chromiumFor = ({ tool }: TwoSites, { url }: DemoLms) =>
  openChromium(executable ?? '', { keeping: 'nothing', tool, platform: url });

describe.skipIf(executable === null)('a browser that keeps nothing at all of ours in a frame', () => {
  let sites: TwoSites;

  beforeAll(async () => {
    sites = await startTwoSites();
  });
  afterAll(async () => {
    await sites?.close();
  });

  it.each(['post_message_forwarding', '_parent', 'unannounced'] as const)(
    'opens with the platform’s storage: %s',
    async (storage) => {
      const lms = await sites.addLms({ profile: 'canvas', storage });
      const chromium = await chromiumFor(sites, lms);
      const { page, faults } = await open(chromium.context, lms, staff);
      const frame = await toolFrame(page, cohort);
      expect(await frame.evaluate(() => document.cookie)).toBe('');
      await expect(frame.evaluate(() => sessionStorage.length)).rejects.toThrow('SecurityError');
      await frame.locator('#filter-q').fill('Nora');
      await frame.locator('form.filter:has(#filter-q) button[type=submit]').click();
      await expect.poll(() => rows(frame)).toBe(1);
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        frame.locator('a.download[href*="learners.csv"]').click(),
      ]);
      expect(readFileSync(await download.path(), 'utf8')).toContain('Nora');
      // Nothing outlives the document: a reload says what to do, and asks no more.
      await frame.evaluate(() => location.reload()).catch(() => undefined);
      await expect.poll(() => page.frame('tool')?.locator('main.card a.button').count()).toBe(1);
      await page.screenshot({ path: screenshot(`blocked-canvas-${storage}-reloaded`) });
      expect(faults).toEqual([]);
      await chromium.close();
    },
  );

  it('believes the platform’s own frame alone, and its answer to its own question', async () => {
    const lms = await sites.addLms({ profile: 'canvas', storage: '_parent' });
    const chromium = await chromiumFor(sites, lms);
    const lies = `addEventListener('message', ({ data, source, origin }) => {
        if (data?.subject !== 'lti.put_data') return;
        const answer = { subject: 'lti.put_data.response', key: data.key, value: data.value, message_id: data.message_id };
        source.postMessage({ ...answer, message_id: 'x' }, origin);
        source.postMessage({ ...answer, subject: 'lti.get_data.response' }, origin);
        document.querySelector('[name=stranger]').contentWindow.postMessage({ answer, origin }, '*');
      });
      document.body.append(Object.assign(document.createElement('iframe'), { name: 'stranger', src: '/assets/stranger.html' }));`;
    const forwards = `addEventListener('message', ({ data: { answer, origin } }) => {
        parent.frames.tool.postMessage(answer, origin);
        document.title = 'said';
      });`;
    const script = (body: string) => ({ contentType: 'text/javascript', body });
    await chromium.context.route('**/assets/tool-storage.js', (route) => route.fulfill(script(lies)));
    await chromium.context.route('**/assets/stranger.js', (route) => route.fulfill(script(forwards)));
    await chromium.context.route('**/assets/stranger.html', (route) =>
      route.fulfill({ contentType: 'text/html', body: '<script src="/assets/stranger.js"></script>' }),
    );
    const { page } = await open(chromium.context, lms, learner);
    await page.frameLocator('iframe[name=tool]').locator('#blocked').waitFor();
    expect(await page.frame('stranger')?.title()).toBe('said');
    await chromium.close();
  });

  it('opens a window of its own where the platform has no storage', async () => {
    const lms = await sites.addLms({ profile: 'moodle' });
    const chromium = await chromiumFor(sites, lms);
    const { page, faults } = await open(chromium.context, lms, learner);
    await page.frameLocator('iframe[name=tool]').locator('#blocked').waitFor();
    await page.screenshot({ path: screenshot('blocked-moodle') });
    const [popup] = await Promise.all([
      chromium.context.waitForEvent('page'),
      page.frameLocator('iframe[name=tool]').locator('#blocked a.button').click(),
    ]);
    await popup.locator('header.head h1').waitFor();
    expect(popup.url()).toMatch(cohort);
    await popup.screenshot({ path: screenshot('blocked-moodle-window') });
    await popup.reload();
    await popup.locator('header.head h1').waitFor();
    expect(faults).toEqual([]);
    await chromium.close();
  });
});
