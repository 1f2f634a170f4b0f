import { AxeBuilder } from '@axe-core/playwright';
import { describe, expect, it } from 'vitest';
import { CLIENT, courseIdOf, person, STAFF, startCampus } from '../support/campus.ts';
import { chromiumPath, launchChromium, screenshot } from './chromium.ts';

const executable = chromiumPath();
const roles = [
  'http://purl.imsglobal.org/vocab/lis/v2/membership#Mentor',
  'http://purl.imsglobal.org/vocab/lis/v2/institution/person#Observer',
];

describe.skipIf(executable === null)('the front page of a mentor, in Chromium', () => {
  it.each([320, 1280])('lists whom they follow, at %i px', async (width) => {
    const people = [person('ana'), person('bob'), person('mother', { roles, mentees: ['ana', 'bob'] })];
    const campus = await startCampus({ profile: 'canvas', people });
    const browser = await launchChromium(executable ?? '');
    try {
      await campus.launch(STAFF);
      await campus.assidu.request('PUT', '/api/v1/cohorts/spoc', {
        id: 'spoc',
        title: 'Gestion de projet',
        kind: 'spoc',
        startsOn: '2026-01-05',
        contexts: [{ platform: campus.lms.issuer, course: await courseIdOf(campus) }],
        units: [{ id: 'https://lms.example/unit/a' }],
      });
      for (const user of ['ana', 'bob']) await campus.launch(user);
      const context = await browser.newContext({ locale: 'fr-FR', viewport: { width, height: 800 } });
      const page = await context.newPage();
      await page.goto(`${campus.lms.url}/course/2?as=mother&client=${CLIENT}&link=1`);
      const frame = page.frames().find((each) => each.url().includes('/app/')) ?? page.frames()[1];
      await frame?.getByText('Les parcours que vous suivez').waitFor();
      const address =
        page
          .frames()
          .find((each) => each.url().includes('/app/'))
          ?.url() ?? '';
      await page.goto(address);
      await page.screenshot({ path: screenshot(`mentees-${width}`), fullPage: true });
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
      await page.getByRole('link', { name: /^Prénom bob/ }).click();
      await page.getByText('Prénom bob').first().waitFor();
    } finally {
      await browser.close();
      await campus.close();
    }
  });
});
