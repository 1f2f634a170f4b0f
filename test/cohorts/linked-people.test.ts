import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Browser, type BrowserPage } from '../platform/browser.ts';
import { type Campus, CLIENT, instructor, person, startCampus } from '../support/campus.ts';

let [one, two]: Campus[] = [];
beforeAll(async () => {
  one = await startCampus({ profile: 'moodle', people: [person('ana'), person('ben')] });
  two = await startCampus({
    profile: 'canvas',
    people: [person('a1', { email: 'ANA@exemple.fr' }), person('b1', { email: 'ben@exemple.fr' })],
    assidu: one.assidu,
  });
  // What each platform calls its course, a first launch tells.
  await one.launch('staff');
  await two.launch('staff');
  const courses = await one.assidu.services.storage.courses.list('default');
  const platforms = [one, two].map(({ lms }) => {
    const course = courses.find(({ registrationId }) => registrationId === `campus-${new URL(lms.url).port}`);
    return { platform: lms.issuer, course: course?.courseId ?? '' };
  });
  await one.assidu.request('PUT', '/api/v1/cohorts/c', {
    id: 'c',
    title: 'A cohort',
    kind: 'spoc',
    startsOn: '2026-01-05',
    contexts: platforms,
    units: [{ id: 'https://lms.example/unit' }],
  });
});
afterAll(async () => {
  await two?.close();
  await one?.close();
});

const campuses = (): readonly [Campus, Campus] => {
  if (one === undefined || two === undefined) throw new Error('not started');
  return [one, two];
};
const rows = async () => (await campuses()[0].assidu.request('GET', '/api/v1/cohorts/c/learners')).json;

/** The page about a learner whom the cohort's page links. */
const pageOf = async (browser: Browser, { html, url }: BrowserPage, name: string): Promise<BrowserPage> => {
  const row = html.split('<tr').find((each) => each.includes(`Prénom ${name}`)) ?? '';
  const path = /href="([^"]*\/learners\/[^"]*)"/.exec(row)?.[1] ?? '';
  return browser.get(new URL(path.replaceAll('&amp;', '&'), url).href);
};

describe('people of two platforms', () => {
  it('with the same address are two until their organisation says otherwise, then one', async () => {
    const [moodle, canvas] = campuses();
    await moodle.launch('ana');
    await canvas.launch('a1');
    const before = (await rows()).length;
    await moodle.assidu.request('PUT', '/api/v1/identities/rules/email', { on: true });
    await moodle.launch('ana');
    await canvas.launch('a1');
    expect(await rows()).toHaveLength(before - 1);
    await moodle.launch('ben');
    await canvas.launch('b1');
    expect(await rows()).toHaveLength(before);
    // What is kept of the address is its digest.
    const links = await moodle.assidu.request('GET', '/api/v1/identities');
    expect(links.json).toHaveLength(4);
    expect(links.text.toLowerCase()).not.toContain('exemple.fr');
    await moodle.assidu.request('PUT', '/api/v1/identities/rules/email', { on: false });
    // Ben's second account was never enrolled: he was already.
    expect(await rows()).toHaveLength(before + 1);
  });

  it('are one in their own page, by whichever platform they come, and staff read the history in words', async () => {
    const [moodle] = campuses();
    await moodle.assidu.request('PUT', '/api/v1/identities/rules/email', { on: true });
    moodle.people.push(person('teacher', instructor));
    const browser = new Browser();
    const link = { user: 'teacher', course: '2', link: '1', clientId: CLIENT };
    const page = await browser.launch(moodle.lms, link);
    const { html, status } = await pageOf(browser, page, 'ana');
    expect(status).toBe(200);
    expect(html).toMatch(/Historique de l’inscription/);
    expect(html).toMatch(/Inscription à partir du \d+ \S+ 2026/);
    expect(html).toMatch(/Deux identifiants sont la même personne\s: ana \(http/);
    const own = await browser.launch(moodle.lms, { ...link, user: 'ana' });
    expect(own.html).not.toMatch(/Historique/);
  });
});
