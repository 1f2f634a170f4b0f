import type { Browser, BrowserContextOptions, Frame, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Stage, setStage } from '../demo/stage.ts';
import { freePort } from '../support/free-port.ts';
import { chromiumPath, launchChromium, screenshot } from './chromium.ts';
import { accessible, cohort, open as openCourse, staff, toolFrame } from './tool-frame.ts';
import { openChromium, startTwoSites } from './two-sites.ts';

const executable = chromiumPath();
const PHONE = { viewport: { width: 320, height: 640 }, hasTouch: true, isMobile: true } as const;
const WORDS = {
  fr: {
    today: 'À voir aujourd’hui',
    note: 'En quelques mots (facultatif)',
    save: 'Noter',
    saved: 'Contact noté.',
    why: /Silence de|en retard|Pas commencé/,
    contacted: /Message aujourd’hui, par .*Depuis\s: rien/s,
    filters: 'Filtrer et chercher',
    filter: 'Filtrer',
  },
  en: {
    today: 'To see today',
    note: 'In a few words (optional)',
    save: 'Note',
    saved: 'Contact noted.',
    why: /Silent for|verdue|Not started/,
    contacted: /Message today, by .*Since then: nothing/s,
    filters: 'Filter and search',
    filter: 'Filter',
  },
} as const;

describe.skipIf(executable === null)(
  'the day of a learning community manager, in the frame of the LMS',
  () => {
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

    /** Opens a course as the manager, the tool in its frame. */
    async function open(course: string, options: BrowserContextOptions = {}) {
      const context = await browser.newContext({ locale: 'fr-FR', ...options });
      const page = await context.newPage();
      const faults: string[] = [];
      page.on('console', (message) => {
        if (message.type() === 'error') faults.push(message.text());
      });
      page.on('pageerror', (error) => faults.push(error.message));
      await page.goto(`${stage.lms.url}/course/${course}?as=${stage.staff.manager.id}`);
      const frame = await toolFrame(page, cohort);
      return { context, page, frame, faults, base: frame.url().replace(/\?.*/, '') };
    }

    async function fits(page: Page, name: string) {
      await page.screenshot({ path: screenshot(name), fullPage: true });
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(overflow, `${name} scrolls sideways by ${overflow} px`).toBeLessThanOrEqual(0);
      await accessible(page);
    }

    /** Opens the list, notes a message to the first person, and narrows to whom nobody was in touch with. */
    async function noteContact(frame: Frame, lang: 'fr' | 'en') {
      const words = WORDS[lang];
      if (lang === 'en') await frame.locator('nav.language a').click();
      await frame.getByRole('link', { name: words.today }).first().click();
      await frame.locator('.today-list').waitFor();
      const first = frame.locator('.today-list tbody tr').first();
      const name = await first.locator('th').innerText();
      expect(await first.innerText()).toMatch(words.why);
      await first.locator('.contact-add > summary').click();
      await first.getByLabel('Message').check();
      await first.getByLabel(words.note).fill('Relance envoyée.');
      await first.getByRole('button', { name: words.save, exact: true }).click();
      await frame.getByText(words.saved).waitFor();
      const row = frame.locator('.today-list tr', { hasText: name }).first();
      expect((await row.innerText()).replaceAll('\u00a0', ' ')).toMatch(words.contacted);
      await frame.getByText(words.filters).click();
      await frame.getByLabel('Contact', { exact: true }).selectOption('none');
      await frame.getByRole('button', { name: words.filter, exact: true }).click();
      await frame.waitForURL(/contact=none/);
      expect(await frame.locator('.today-list').innerText()).not.toContain(name);
      return name;
    }

    it.each(['fr', 'en'] as const)(
      'whom to see and why, a contact noted, and the next one (%s)',
      async (lang) => {
        const { page, frame, faults, context } = await open('2', { viewport: { width: 1280, height: 1000 } });
        await noteContact(frame, lang);
        await page.screenshot({ path: screenshot(`today-in-frame-${lang}`) });
        expect(faults).toEqual([]);
        await context.close();
      },
    );

    for (const colorScheme of ['light', 'dark'] as const)
      for (const width of [320, 1280])
        it(`list, timeline and register are accessible and fit, ${colorScheme}, ${width} px wide`, async () => {
          const { page, base, context } = await open('2', { colorScheme, viewport: { width, height: 900 } });
          await page.goto(`${base}/today`);
          await page.screenshot({ path: screenshot(`today-all-${colorScheme}-${width}`), fullPage: true });
          // All rows are alike: a few are enough to look into.
          await page.goto(`${base}/today?reason=dropped`);
          await page.locator('.contact-add > summary').first().click();
          await fits(page, `today-${colorScheme}-${width}`);
          await page.locator('.today-list tbody th a').last().click();
          await page.locator('.timeline').waitFor();
          await page.locator('.sources > summary').first().click();
          await fits(page, `timeline-${colorScheme}-${width}`);
          await context.close();
          const blended = await open('3', { colorScheme, viewport: { width, height: 900 } });
          await blended.page.goto(await registerOf(blended.page, blended.base));
          await fits(blended.page, `register-${colorScheme}-${width}`);
          await blended.context.close();
        });

    /** Address of a cohort's first register. */
    async function registerOf(page: Page, base: string): Promise<string> {
      await page.goto(base);
      const href = await page.locator('a[href*="/sessions/"]').first().getAttribute('href');
      return new URL(href ?? '', base).href;
    }

    it('the register by thumb: found by name, counted, kept without a network, and saved', async () => {
      const { page, base, context, faults } = await open('3', PHONE);
      await page.goto(await registerOf(page, base));
      const small = await page.evaluate(() =>
        [...document.querySelectorAll('.register :is(label.choice, summary, button, input[type=search])')]
          .map((each) => ({ text: each.textContent, box: each.getBoundingClientRect() }))
          .filter(({ box }) => box.height > 0 && (box.height < 44 || box.width < 44))
          .map(({ text, box }) => `${text} ${box.width} x ${box.height}`),
      );
      expect(small).toEqual([]);
      const rows = page.locator('.register-list > li');
      const left = async () => Number(await page.locator('.register-save output').innerText());
      const before = await left();
      const all = await rows.count();
      const row = page.locator('.register-list > li[data-left]').first();
      const name = (await row.locator('legend').first().innerText()).trim();
      await page.getByLabel('Chercher un nom').fill(name.toUpperCase());
      expect(await rows.filter({ visible: true }).count()).toBeLessThan(all);
      await row.getByText('Excusé·e', { exact: true }).tap();
      expect(await left()).toBe(before - 1);
      // The network is gone, then the page is: what was ticked is still there.
      await context.setOffline(true);
      await page.getByRole('button', { name: 'Enregistrer' }).tap();
      await page.getByText('Pas de réseau pour l’instant').waitFor();
      await context.setOffline(false);
      await page.reload();
      await page.getByText('Ce que vous aviez coché est revenu').waitFor();
      expect(await left()).toBe(before - 1);
      await page.getByRole('button', { name: 'Enregistrer' }).tap();
      await page.getByText('1 présence enregistrée').waitFor();
      expect(await left()).toBe(before - 1);
      await page.goto(page.url());
      expect(await page.getByText('Ce que vous aviez coché est revenu').isVisible()).toBe(false);
      expect(faults).toEqual([]);
      await context.close();
    });

    it('works where no cookie of ours is kept, published under a path', async () => {
      const sites = await startTwoSites('/assidu');
      const lms = await sites.addLms({ profile: 'moodle' });
      const chromium = await openChromium(executable ?? '', {
        keeping: 'storage',
        tool: sites.tool,
        platform: lms.url,
      });
      const { page, faults } = await openCourse(chromium.context, lms, staff);
      const frame = await toolFrame(page, cohort);
      await frame.getByRole('link', { name: WORDS.fr.today }).first().click();
      await frame.getByText(WORDS.fr.filters).click();
      await frame.getByLabel('Raison').selectOption('all');
      await frame.getByRole('button', { name: 'Filtrer', exact: true }).click();
      const first = frame.locator('.today-list tbody tr').first();
      await first.locator('.contact-add > summary').click();
      await first.getByRole('button', { name: 'Noter', exact: true }).click();
      await frame.getByText(WORDS.fr.saved).waitFor();
      expect(frame.url()).toMatch(/\/assidu\/app\/.*\/today\?reason=all/);
      await first.locator('th a').click();
      await frame.getByRole('button', { name: /Retirer le contact/ }).click();
      await frame.getByText('Contact retiré.').waitFor();
      expect(faults).toEqual([]);
      await chromium.close();
      await sites.close();
    });
  },
);
