import type { Frame } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DemoLms } from '../platform/demo-lms.ts';
import { chromiumPath, screenshot } from './chromium.ts';
import { accessible, cohort, learner, open, staff, toolFrame } from './tool-frame.ts';
import { openChromium, startTwoSites, type TwoSites } from './two-sites.ts';

const executable = chromiumPath();
const placing = /\/app\/[\w-]{22}\/placing/;
const learnerPage = /\/cohorts\/[\w-]+\/learners\//;

describe.skipIf(executable === null)('placing links from the frame of a course, in Chromium', () => {
  describe.each([
    ['moodle', 'cookies'],
    ['moodle', 'storage'],
    ['canvas', 'cookies'],
    ['canvas', 'storage'],
  ] as const)('%s, in a browser that keeps %s', (profile, keeping) => {
    let sites: TwoSites;
    let lms: DemoLms;
    let chromium: Awaited<ReturnType<typeof openChromium>>;
    let id: string;

    beforeAll(async () => {
      sites = await startTwoSites();
      lms = await sites.addLms({ profile });
      id = `lms-${new URL(lms.url).port}`;
      chromium = await openChromium(executable ?? '', { keeping, tool: sites.tool, platform: lms.url });
    });
    afterAll(async () => {
      await chromium?.close();
      await sites?.close();
    });

    const openPlacing = async () => {
      const opened = await open(chromium.context, lms, staff, '1', { message: 'LtiDeepLinkingRequest' });
      return { ...opened, frame: await toolFrame(opened.page, placing) };
    };
    const shot = (name: string) => screenshot(`deep-linking-${profile}-${keeping}-${name}`);
    const check = (frame: Frame, label: string) => frame.getByLabel(label, { exact: true }).check();
    /** The session is carried as this browser allows. */
    const carrier = keeping === 'cookies' ? 'cookie' : 'header';

    it('picks a cohort and two of its steps, which become links of the course, with their columns', async () => {
      const { page, frame, faults } = await openPlacing();
      expect(sites.log()).toContain(`"carrier":"${carrier}"`);
      // Nothing chosen is said on the same page, and the choice goes on there.
      await frame.getByRole('button', { name: 'Placer' }).click();
      await frame.getByRole('alert').waitFor();
      expect(await frame.getByRole('alert').allInnerTexts()).toEqual(['Choisissez au moins un lien.']);
      await check(frame, 'Gestion de projet');
      await frame.locator('details summary').click();
      await check(frame, 'Étape 1');
      await check(frame, 'Étape 3');
      await frame.locator('input[name=grades]').check();
      await page.screenshot({ path: shot('choice') });
      await frame.getByRole('button', { name: 'Placer' }).click();
      await expect.poll(() => lms.placed.length).toBe(3);
      expect(lms.placed.map(({ item }) => item)).toMatchObject(
        [
          ['Gestion de projet', null],
          ['Étape 1', `${lms.url}/unit/1`],
          ['Étape 3', `${lms.url}/unit/3`],
        ].map(([title, unit]) => ({
          title,
          url: `${sites.tool}/lti/launch`,
          custom: { cohort: id, ...(unit === null ? {} : { unit }) },
          lineItem: { label: title, scoreMaximum: 100, tag: 'assidu' },
        })),
      );
      const columns = [...lms.lineItems.values()];
      expect(columns.map(({ label, tag }) => [label, tag])).toEqual([
        ['Gestion de projet', 'assidu'],
        ['Étape 1', 'assidu'],
        ['Étape 3', 'assidu'],
      ]);
      expect(new Set(columns.map(({ resourceId }) => resourceId)).size).toBe(3);
      // The platform's own page is in the frame again: the answer went there as a form does.
      await expect.poll(() => page.frame('tool')?.url()).toContain(lms.url);
      await page.frame('tool')?.getByText('Étape 3').waitFor();
      await page.screenshot({ path: shot('placed') });
      expect(faults).toEqual([]);
      await page.close();
    });

    it('opens what was placed: the cohort for staff, the step’s place on the path for a learner', async () => {
      const [whole, step] = lms.placed.map(({ link }) => link.id);
      const team = await open(chromium.context, lms, staff, whole);
      const dashboard = await toolFrame(team.page, cohort);
      expect(await dashboard.locator('table.learners tbody tr').count()).toBe(3);
      await team.page.screenshot({ path: shot('dashboard') });
      await team.page.close();
      const own = await open(chromium.context, lms, learner, step);
      const path = await toolFrame(own.page, /#step-1$/);
      expect(await path.locator('#step-1').innerText()).toContain('Étape 1');
      expect(await path.getByRole('alert').count()).toBe(0);
      await own.page.screenshot({ path: shot('step') });
      expect([...team.faults, ...own.faults]).toEqual([]);
      await own.page.close();
    });

    it('opens the path of whom a grader reviews', async () => {
      const [whole = ''] = lms.placed.map(({ link }) => link.id);
      const message = { message: 'LtiSubmissionReviewRequest', about: learner };
      const { page, frame, faults } = await (async () => {
        const opened = await open(chromium.context, lms, staff, whole, message);
        return { ...opened, frame: await toolFrame(opened.page, learnerPage) };
      })();
      expect(await frame.locator('.role').innerText()).toMatch(/Équipe pédagogique/i);
      await page.screenshot({ path: shot('review') });
      await frame.locator('nav.language a').click();
      await frame.locator('html[lang=en]').waitFor();
      expect(frame.url()).toMatch(learnerPage);
      expect(await frame.getByRole('alert').count()).toBe(0);
      expect(faults).toEqual([]);
      await page.close();
    });

    it('gives nothing back when the person changes their mind, and stays accessible', async () => {
      const before = lms.placed.length;
      const { page, frame } = await openPlacing();
      await accessible(page, ['iframe[name=tool]', 'main']);
      await frame.getByRole('button', { name: 'Annuler' }).click();
      await expect.poll(() => page.frame('tool')?.url()).toContain(lms.url);
      expect(lms.placed).toHaveLength(before);
      await page.close();
    });
  });
});
