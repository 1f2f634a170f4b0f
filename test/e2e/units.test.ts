import type { Browser, Frame, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DemoLms } from '../platform/demo-lms.ts';
import { startContentServer } from '../units/content.ts';
import { startUnitCampus, type UnitCampus } from '../units/unit-campus.ts';
import { chromiumPath, launchChromium, screenshot } from './chromium.ts';
import { accessible, learner, open, toolFrame } from './tool-frame.ts';
import { openChromium, startTwoSites, type TwoSites } from './two-sites.ts';

const executable = chromiumPath();
const unitPage = /\/app\/[\w-]{22}\/cohorts\/[\w-]+\/units\/[\w-]{16}/;
const units = ['done', 'link', 'xapi', 'cmi5'] as const;
type Unit = (typeof units)[number];
const idOf = (unit: Unit) => `https://units.example/${unit}`;

describe.skipIf(executable === null)('placed units in the frame of a course, in Chromium', () => {
  describe.each(['storage', 'cookies'] as const)('in a browser that keeps %s', (keeping) => {
    let content: Awaited<ReturnType<typeof startContentServer>>;
    let sites: TwoSites;
    let lms: DemoLms;
    let chromium: Awaited<ReturnType<typeof openChromium>>;

    beforeAll(async () => {
      content = await startContentServer();
      sites = await startTwoSites();
      const links = units.map((id) => ({ id, title: id, custom: { cohort: 'units', unit: idOf(id) } }));
      lms = await sites.addLms({ profile: 'canvas' }, links);
      const { contexts } = (await sites.request('GET', `/api/v1/cohorts/lms-${new URL(lms.url).port}`)).json;
      await sites.request('PUT', '/api/v1/cohorts/units', {
        id: 'units',
        title: { fr: 'Gestion de projet', en: 'Project management' },
        kind: 'spoc',
        startsOn: new Date(Date.now() - 10 * 86_400_000).toISOString().slice(0, 10),
        contexts,
        units: [
          {
            id: idOf('done'),
            title: { fr: 'Lire la charte', en: 'Read the charter' },
            plannedMinutes: 45,
            dueOn: new Date(Date.now() + 9 * 86_400_000).toISOString().slice(0, 10),
            content: { markAsDone: true },
          },
          ...(['link', 'xapi', 'cmi5'] as const).map((launch) => ({
            id: idOf(launch),
            title: { fr: `Contenu ${launch}`, en: `Content ${launch}` },
            content: { url: `${content.url}/${launch}`, launch },
          })),
        ],
      });
      chromium = await openChromium(executable ?? '', { keeping, tool: sites.tool, platform: lms.url });
    });
    afterAll(async () => {
      await chromium?.close();
      await sites?.close();
      await content?.close();
    });

    const openUnit = async (user: string, unit: Unit) => {
      const opened = await open(chromium.context, lms, user, unit);
      return { ...opened, frame: await toolFrame(opened.page, unitPage) };
    };
    const button = (frame: Frame, label: string) => frame.getByRole('button', { name: label });

    it('is marked as done, and taken back, in the frame', async () => {
      const { page, frame, faults } = await openUnit(learner, 'done');
      expect(await frame.locator('h1').innerText()).toBe('Lire la charte');
      expect(await frame.evaluate(() => document.cookie)).toBe('');
      await button(frame, 'Marquer comme faite').click();
      await frame.getByText('Vous l’avez marquée comme faite').waitFor();
      await page.screenshot({ path: screenshot(`unit-${keeping}-done`) });
      await button(frame, 'Annuler').click();
      await button(frame, 'Marquer comme faite').waitFor();
      await button(frame, 'Marquer comme faite').click();
      await frame.getByText('Vous l’avez marquée comme faite').waitFor();
      await frame.locator('.unit-back a').click();
      await frame.locator('.step-done', { hasText: 'Lire la charte' }).waitFor();
      expect(faults).toEqual([]);
      await page.close();
    });

    it.each([
      ['xapi', '200'],
      ['cmi5', '200,200,200'],
    ] as const)(
      'opens %s content of another site in a window of its own, which satisfies it',
      async (unit, said) => {
        const { page, frame, faults } = await openUnit(learner, unit);
        const aside: Promise<Page> = chromium.context.waitForEvent('page');
        await button(frame, 'Ouvrir le contenu').click();
        const opened = await aside;
        await opened.locator('output', { hasText: said }).waitFor();
        expect(await opened.evaluate(() => window.opener)).toBeNull();
        expect(await opened.evaluate(() => document.referrer)).toBe('');
        await opened.close();
        await frame.locator('a[href*="/units/"]').last().click();
        await frame.locator('.unit-standing.step-done').waitFor();
        await page.screenshot({ path: screenshot(`unit-${keeping}-${unit}`) });
        expect(faults).toEqual([]);
        await page.close();
      },
    );

    it('opens a link without a word of where it was', async () => {
      const { page, frame } = await openUnit(learner, 'link');
      const aside = chromium.context.waitForEvent('page');
      await button(frame, 'Ouvrir le contenu').click();
      const opened = await aside;
      await opened.locator('output', { hasText: 'lu' }).waitFor();
      expect(new URL(opened.url()).search).toBe('');
      await opened.close();
      expect(content.referrers.filter((referrer) => referrer !== undefined)).toEqual([]);
      await page.close();
    });
  });

  describe('whatever the width and the colours', () => {
    let content: Awaited<ReturnType<typeof startContentServer>>;
    let campus: UnitCampus;
    let browser: Browser;

    beforeAll(async () => {
      content = await startContentServer();
      campus = await startUnitCampus(content.url);
      browser = await launchChromium(executable ?? '');
    });
    afterAll(async () => {
      await browser?.close();
      await campus?.close();
      await content?.close();
    });

    const looks = async (page: Page, name: string) => {
      await page.screenshot({ path: screenshot(name), fullPage: true });
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(overflow, `${name} scrolls sideways by ${overflow} px`).toBeLessThanOrEqual(0);
      await accessible(page);
    };

    it.each([
      ['light', 320, '1'],
      ['dark', 320, '2'],
      ['light', 1280, '3'],
      ['dark', 1280, '4'],
    ] as const)('is accessible and fits, %s, %i px wide', async (colorScheme, width, user) => {
      const context = await browser.newContext({
        locale: 'fr-FR',
        colorScheme,
        viewport: { width, height: 700 },
      });
      /** The tool's page alone, at the size of the frame. */
      const show = async (person: string, unit: Unit) => {
        const { page } = await open(context, campus.lms, person, unit);
        const frame = await toolFrame(page, unitPage);
        await page.goto(frame.url());
        return page;
      };
      const at = `${colorScheme}-${width}`;
      const page = await show(user, 'done');
      await looks(page, `unit-todo-${at}`);
      await page.getByRole('button', { name: 'Marquer comme faite' }).click();
      await page.getByText('Vous l’avez marquée').waitFor();
      await looks(page, `unit-done-${at}`);
      const linked = await show(user, 'cmi5');
      await looks(linked, `unit-content-${at}`);
      // Without script the page that hands the content over is shown by itself.
      await linked.evaluate(() => document.querySelector<HTMLFormElement>('form[data-aside]')?.submit());
      await linked.locator('a[data-onward]').waitFor();
      await looks(linked, `unit-opening-${at}`);
      await looks(await show('staff', 'link'), `unit-preview-${at}`);
      await context.close();
    });
  });
});
