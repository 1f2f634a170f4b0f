import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Stage, setStage } from '../demo/stage.ts';
import { freePort } from '../support/free-port.ts';
import { chromiumPath, launchChromium, screenshot } from './chromium.ts';
import { accessible, cohort, open, press, staff, toolFrame } from './tool-frame.ts';
import { openChromium, startTwoSites } from './two-sites.ts';

const executable = chromiumPath();

describe.skipIf(executable === null)('a digital learning manager configures a cohort, in Chromium', () => {
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

  async function openTool(options: BrowserContextOptions = {}) {
    const context = await browser.newContext({ locale: 'fr-FR', ...options });
    const page = await context.newPage();
    page.setDefaultTimeout(10_000);
    const faults: string[] = [];
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('console', (message) => {
      if (/Content Security Policy|Refused/.test(message.text())) faults.push(message.text());
    });
    await page.goto(`${stage.lms.url}/course/2?as=${stage.staff.director.id}`);
    const frame = await toolFrame(page, /\/app\//);
    return { context, page, frame, faults };
  }

  it('makes one in the frame of the course: activities ticked, a session added, the effect seen, then saved', async () => {
    const { context, page, frame, faults } = await openTool({ viewport: { width: 1280, height: 1000 } });
    const pressed = (name: string | RegExp) => press(frame, frame.getByRole('button', { name }));
    await frame.getByRole('link', { name: 'Nouvelle cohorte' }).click();
    await frame.getByLabel('Titre en français').fill('Gestion de projet, promotion 10');
    await frame.getByLabel('Identifiant', { exact: true }).fill('promotion-10');
    await pressed('Continuer : Les étapes');
    expect(await frame.locator('main').innerText()).toContain('32 personnes');
    await pressed('Ajouter les activités cochées');
    await frame.getByLabel('Titre de la séance').fill('Bilan ensemble');
    await frame.getByLabel('Date', { exact: true }).last().fill('2030-01-15');
    await frame.getByLabel('Début').last().fill('09:30');
    await frame.getByLabel('Fin', { exact: true }).last().fill('12:00');
    await pressed('Ajouter cette séance');
    await frame.getByText('Bilan ensemble').waitFor();
    await pressed('Continuer : Les règles');
    await frame.getByText('Avec ces réglages, 0 personne').waitFor();
    await frame.getByLabel('Pour avoir terminé, il faut').selectOption('weight');
    await frame.getByLabel('Part du poids obligatoire').fill('60');
    await pressed('Recalculer l’effet');
    await frame.getByText(/Avec ces réglages, [1-9]\d* personnes sur \d+ auraient terminé/).waitFor();
    await page.screenshot({ path: screenshot('definition-in-frame') });
    await pressed(/5?\s*Vérifier/);
    await frame.getByText('Ce que vous créez').waitFor();
    await pressed('Créer la cohorte');
    await frame.getByText('Version 1 enregistrée').waitFor();
    const { definition } = await stage.services.definitions.show('default', 'promotion-10', null);
    expect(definition.units.at(-1)).toMatchObject({
      title: { fr: 'Bilan ensemble' },
      startsAt: '2030-01-15T09:30+01:00',
    });
    expect(definition.completion.require).toEqual({ weight: 0.6 });
    expect(faults).toEqual([]);
    await context.close();
  });

  it('keeps what was typed when the language is changed, and the Enter key changes none', async () => {
    const { context, frame, faults } = await openTool();
    await press(frame, frame.getByRole('link', { name: 'Nouvelle cohorte' }));
    await frame.getByLabel('Titre en français').fill('Promotion en cours de saisie');
    await press(frame, frame.getByRole('button', { name: 'English' }));
    expect(await frame.locator('html').getAttribute('lang')).toBe('en');
    const title = frame.getByLabel('Title in French');
    expect(await title.inputValue()).toBe('Promotion en cours de saisie');
    const drawn = frame.page().waitForEvent('framenavigated', { predicate: (each) => each === frame });
    await Promise.all([drawn, title.press('Enter')]);
    await frame.waitForLoadState();
    expect(await frame.locator('html').getAttribute('lang')).toBe('en');
    expect(await title.inputValue()).toBe('Promotion en cours de saisie');
    expect(faults).toEqual([]);
    await context.close();
  });

  async function looks(page: Page, name: string) {
    await page.screenshot({ path: screenshot(name), fullPage: true });
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow, `${name} scrolls sideways by ${overflow} px`).toBeLessThanOrEqual(0);
    await accessible(page);
  }

  for (const [colorScheme, width, lang] of [
    ['light', 1280, 'fr'],
    ['dark', 320, 'fr'],
    ['light', 320, 'en'],
    ['dark', 1280, 'en'],
  ] as const)
    it(`is accessible and fits, faults and all: ${colorScheme}, ${width} px, ${lang}`, async () => {
      const { context, page, frame } = await openTool({ colorScheme, viewport: { width, height: 900 } });
      const [base = ''] = /^.*\/app\/[\w-]+/.exec(frame.url()) ?? [];
      const at = `${base}/cohorts/${stage.cohortIds[1]}/definition`;
      const named = (part: string) => `definition-${part}-${colorScheme}-${width}`;
      const pressed = (button: string) => press(page.mainFrame(), page.locator(button));
      await page.goto(`${at}?lang=${lang}`);
      await page.fill('[name="startsOn"]', '');
      await pressed('.draft-save button[value="save"]');
      await looks(page, named('faults'));
      await pressed('button[value="go:units"]');
      await page.locator('.draft-unit > details > summary').nth(1).click();
      await looks(page, named('units'));
      if (lang === 'fr') {
        await page.goto(`${at}?lang=${lang}&step=rules`);
        await looks(page, named('rules'));
      } else {
        await page.goto(`${at}/duplicate?lang=${lang}`);
        await pressed('button[value="show"]');
        await looks(page, named('duplicate'));
        await page.goto(`${at}/import?lang=${lang}`);
        await page.fill('textarea', 'id: https://x\nkind: y');
        await pressed('main form button');
        await looks(page, named('import'));
      }
      await context.close();
    });
});

describe.skipIf(executable === null)('configuring a cohort where third-party cookies are blocked', () => {
  it('goes by the session’s header: parts of the form, a file to import, saving', async () => {
    const sites = await startTwoSites('/assidu');
    const lms = await sites.addLms({ profile: 'moodle' });
    const platform = await sites.services.storage.registrations.find(lms.issuer, 'two-sites');
    if (platform === null) throw new Error('it is registered');
    await sites.services.grants.add('default', { platform: platform.id, sub: staff, role: 'dlm' }, 'test');
    const chromium = await openChromium(executable ?? '', {
      keeping: 'storage',
      tool: sites.tool,
      platform: lms.url,
    });
    const { page, faults } = await open(chromium.context, lms, staff);
    page.setDefaultTimeout(10_000);
    const frame = await toolFrame(page, cohort);
    expect(await frame.evaluate(() => document.cookie)).toBe('');
    await frame.getByRole('link', { name: 'Configurer', exact: true }).click();
    await frame.getByRole('button', { name: 'Continuer : Les étapes' }).click();
    await frame.locator('#unit-1 button[value="up:units:1"]').click();
    await frame.locator('#unit-0', { hasText: 'Étape 2' }).waitFor();
    await frame.getByRole('button', { name: 'Vérifier' }).click();
    await frame.getByText('Étapes dans un autre ordre').waitFor();
    await frame.locator('.draft-save button[value="save"]').click();
    await frame.getByText('Version 2 enregistrée').waitFor();
    await frame.getByRole('link', { name: 'Importer un fichier' }).click();
    await frame.getByLabel('Fichier').setInputFiles({
      name: 'cohorte.yaml',
      mimeType: 'application/yaml',
      buffer: Buffer.from('id: autre\nkind: mooc\n'),
    });
    await frame.getByRole('button', { name: 'Lire' }).click();
    await frame.getByText('ligne 2').waitFor();
    expect(faults).toEqual([]);
    await chromium.close();
    await sites.close();
  });
});
