import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Browser, type BrowserPage } from '../platform/browser.ts';
import { stableUuid } from '../platform/opaque-ids.ts';
import {
  type Campus,
  CLIENT,
  courseIdOf,
  instructor,
  person,
  STAFF,
  startCampus,
} from '../support/campus.ts';

const lis = 'http://purl.imsglobal.org/vocab/lis/v2';
const mentor = `${lis}/membership#Mentor`;
const parent = `${lis}/institution/person#Observer`;
const TITLE = 'Gestion de projet';

let campus: Campus;
let registration: string;
beforeAll(async () => {
  campus = await startCampus({
    profile: 'canvas',
    people: [
      person('ana'),
      person('bob'),
      person('cleo'),
      person('tutor', { roles: [mentor] }),
      person('father', { roles: [mentor, parent], mentees: ['ana', 'nobody', 'unknown'] }),
      person('mother', { roles: [mentor, parent], mentees: ['ana', 'bob'] }),
      person('aunt', { roles: [mentor, parent] }),
    ],
  });
  await campus.launch(STAFF);
  const course = await courseIdOf(campus);
  for (const id of ['spoc', 'other'])
    await campus.assidu.request('PUT', `/api/v1/cohorts/${id}`, {
      id,
      title: id === 'spoc' ? TITLE : 'Autre cohorte',
      kind: 'spoc',
      startsOn: '2026-01-05',
      contexts: [{ platform: campus.lms.issuer, course: id === 'spoc' ? course : 'elsewhere' }],
      units: [{ id: 'https://lms.example/unit/a' }],
    });
  for (const user of ['ana', 'bob', 'cleo']) await campus.launch(user);
  const [only] = await campus.assidu.services.storage.registrations.list('default');
  registration = only?.id ?? '';
});
afterAll(() => campus.close());
beforeEach(async () => {
  const { grants, storage } = campus.assidu.services;
  for (const { id } of await grants.list('default')) await grants.remove('default', id, 'test');
  await storage.registrations.setRoles('default', registration, {});
});

const open = async (user: string): Promise<{ browser: Browser; page: BrowserPage; launch: string }> => {
  const browser = new Browser();
  const page = await browser.launch(campus.lms, { user, course: '2', link: '1', clientId: CLIENT });
  const [, launch = ''] = /\/app\/([^/?]+)/.exec(page.url) ?? [];
  return { browser, page, launch: `${campus.assidu.url}/app/${launch}` };
};
/** The id of the platform for a person, as their own page tells it. */
const subOf = async (user: string): Promise<string> => {
  const { page } = await open(user);
  const [, sub] = /<code>\S+ ([\w-]+)<\/code>/.exec(page.html) ?? [];
  if (sub === undefined) throw new Error(`no identifier in ${page.html}`);
  return sub;
};
const subIn = async (browser: Browser, launch: string): Promise<string> => {
  const { html } = await browser.get(`${launch}/cohorts/spoc/learners.csv`);
  const [, sub] = /<code>\S+ ([\w-]+)<\/code>/.exec(html) ?? [];
  if (sub === undefined) throw new Error('no identifier');
  return sub;
};
const grant = (fields: Readonly<Record<string, unknown>>) =>
  campus.assidu.request('POST', '/api/v1/grants', { platform: registration, ...fields });

describe('a role given by hand', () => {
  it('counts at the next request of a page that is open, and no longer once it is taken back', async () => {
    const { browser, launch } = await open('ana');
    const csv = () => browser.get(`${launch}/cohorts/spoc/learners.csv`);
    expect((await csv()).status).toBe(403);
    const given = await grant({ sub: await subIn(browser, launch), role: 'lcm' });
    expect([given.status, (await csv()).status]).toEqual([201, 200]);
    expect((await browser.get(`${launch}/cohorts/other`)).status).toBe(404);
    await campus.assidu.request('DELETE', `/api/v1/grants/${given.json.id}`);
    expect((await csv()).status).toBe(403);
  });

  it('opens the one cohort it names, whatever course one comes from, and the learner’s own path stays', async () => {
    const { browser, launch } = await open('bob');
    await grant({ sub: await subIn(browser, launch), role: 'lcm', cohort: 'other' });
    expect((await browser.get(`${launch}/cohorts/other`)).html).toContain('Autre cohorte');
    expect((await browser.get(`${launch}/cohorts/spoc/learners.csv`)).status).toBe(403);
    const both = await browser.get(launch);
    for (const title of [TITLE, 'Autre cohorte']) expect(both.html).toContain(title);
    const { json } = await campus.assidu.request('GET', '/api/v1/cohorts/spoc/learners');
    expect(json.map(({ name }: { name: unknown }) => name)).toContain('Prénom bob');
  });

  it('leaves a learner who is granted another cohort a learner of their own, from their first launch on', async () => {
    const before = (await campus.assidu.request('GET', '/api/v1/cohorts/spoc/learners')).json.length;
    campus.people.push(person('dora'));
    const sub = stableUuid(campus.lms.url, 'user', 'dora');
    await grant({ sub, role: 'lcm', cohort: 'other' });
    const { page } = await open('dora');
    for (const title of [TITLE, 'Autre cohorte']) expect(page.html).toContain(title);
    const { json } = await campus.assidu.request('GET', '/api/v1/cohorts/spoc/learners');
    expect(json).toHaveLength(before + 1);
  });

  it('of dlm opens all cohorts; of observer none, to staff too', async () => {
    const staff = await open(STAFF);
    const learner = await open('cleo');
    const sub = await subIn(learner.browser, learner.launch);
    await grant({ sub, role: 'dlm' });
    expect((await learner.browser.get(`${learner.launch}/cohorts/other`)).status).toBe(200);
    await grant({ sub: await subOf('aunt'), role: 'lcm' });
    expect((await open('aunt')).page.html).toContain(TITLE);
    const ofStaff = (
      await campus.assidu.services.storage.launches.findLaunch(staff.launch.split('/').at(-1) ?? '')
    )?.sub;
    await grant({ sub: ofStaff, role: 'observer' });
    expect((await staff.browser.get(`${staff.launch}/cohorts/spoc`)).status).toBe(404);
  });

  it('names what is wrong with it, and belongs to its organisation', async () => {
    const sub = 'x';
    const paths = async (fields: Readonly<Record<string, unknown>>) => {
      const { status, json } = await grant({ sub, role: 'lcm', ...fields });
      return [status, json.errors?.[0]?.path];
    };
    expect(await paths({ role: 'learner' })).toEqual([400, 'role']);
    expect(await paths({ platform: 'none' })).toEqual([400, 'platform']);
    expect(await paths({ cohort: 'none' })).toEqual([400, 'cohort']);
    expect(await paths({ expiresAt: '2020-01-01T00:00:00Z' })).toEqual([400, 'expiresAt']);
    expect(await paths({ expiresAt: 'tomorrow' })).toEqual([400, 'expiresAt']);
    expect(await paths({ sub: '' })).toEqual([400, 'sub']);
    expect(await paths({ email: 'a@b.fr' })).toEqual([400, 'email']);
    const authorization = await campus.assidu.newKey(['all'], 'elsewhere');
    const foreign = { platform: registration, sub, role: 'dlm' };
    const answer = await campus.assidu.request('POST', '/api/v1/grants', foreign, { authorization });
    expect([answer.status, answer.json.errors[0].path]).toEqual([400, 'platform']);
  });

  it('is listed with who gave it and until when, page by page', async () => {
    for (const sub of ['1', '2', '3']) await grant({ sub, role: 'lcm', expiresAt: '2099-01-01T00:00:00Z' });
    const { json, headers } = await campus.assidu.request('GET', '/api/v1/grants?limit=2');
    expect(json).toMatchObject([
      { sub: '1', role: 'lcm', grantedBy: 'key test', inForce: true },
      { sub: '2' },
    ]);
    const [, next = ''] = /<([^>]+)>; rel="next"/.exec(headers.get('link') ?? '') ?? [];
    expect((await campus.assidu.request('GET', next)).json).toMatchObject([{ sub: '3', cohort: null }]);
  });
});

describe('the roles of a platform', () => {
  it('mean what they are mapped to at once, in pages that are open too', async () => {
    const { browser, launch } = await open('tutor');
    const status = async () => (await browser.get(`${launch}/cohorts/spoc/learners.csv`)).status;
    const map = (roles: Readonly<Record<string, 'observer' | 'learner' | 'dlm'>>) =>
      campus.assidu.services.storage.registrations.setRoles('default', registration, roles);
    expect(await status()).toBe(200);
    await map({ 'membership#Mentor': 'observer' });
    expect(await status()).toBe(404);
    await map({ 'membership#Mentor': 'learner' });
    expect(await status()).toBe(403);
    await map({});
    expect(await status()).toBe(200);
  });
});

describe('a mentor of people whom the platform names', () => {
  it('sees the path of their one child at once, and nothing else of the cohort', async () => {
    const { browser, page, launch } = await open('father');
    expect([page.status, /\/cohorts\/spoc\/learners\/[\w-]+$/.test(page.url)]).toEqual([200, true]);
    expect(page.html).toContain('Prénom ana');
    const others = await Promise.all(
      ['cohorts/spoc', 'cohorts/spoc/learners.csv', 'cohorts/other', 'placing'].map((path) =>
        browser.get(`${launch}/${path}`),
      ),
    );
    expect(others.map(({ status }) => status)).toEqual([404, 404, 404, 404]);
    expect(others.some(({ html }) => html.includes(TITLE))).toBe(false);
  });

  it('of several is shown a list of them, and opens each, but no other learner', async () => {
    const { browser, page, launch } = await open('mother');
    const links = [...page.html.matchAll(/href="(\/app\/[^"]+\/learners\/[^"]+)"/g)].map(
      ([, href = '']) => href,
    );
    expect([page.status, links.length]).toEqual([200, 2]);
    for (const name of ['Prénom ana', 'Prénom bob']) expect(page.html).toContain(name);
    expect(page.html).not.toContain('Prénom cleo');
    for (const href of links) expect((await browser.get(`${campus.assidu.url}${href}`)).status).toBe(200);
    const { json } = await campus.assidu.request('GET', '/api/v1/cohorts/spoc/learners');
    expect(json.map(({ name }: { name: unknown }) => name)).not.toContain('Prénom mother');
    expect((await browser.get(`${launch}/cohorts/spoc/learners/unknown`)).status).toBe(404);
  });

  it('is told so when the platform names nobody, with the identifier for a grant', async () => {
    const { page } = await open('aunt');
    expect(page.status).toBe(403);
    expect(page.html).toContain(registration);
    expect(page.html).not.toContain(TITLE);
  });

  it('is no staff for roles that lie beside nonsense in the claim', async () => {
    const browser = new Browser();
    const claim = 'https://purl.imsglobal.org/spec/lti/claim/role_scope_mentor';
    for (const nonsense of [
      'everybody',
      { all: true },
      7,
      [null, {}],
      Array.from({ length: 10_000 }, (_, index) => `${index}`),
    ]) {
      const asked = { user: 'tutor', course: '2', link: '1', clientId: CLIENT };
      const { authRequest } = await browser.login(campus.lms, asked);
      const { state = '', nonce = '' } = authRequest ?? {};
      const id_token = await campus.lms.idToken({ ...asked, nonce, overrides: { [claim]: nonsense } });
      const page = await browser.post(`${campus.assidu.url}/lti/launch`, { id_token, state });
      expect([page.status, page.html.includes(TITLE)]).toEqual([403, false]);
    }
  });
});

describe.each(['moodle', 'canvas'] as const)('a platform of %s that hides names', (profile) => {
  it('has pseudonyms on pages and in files, no name in the API, and nothing of one in what is kept', async () => {
    const people = [person('41'), person('42'), person('43', instructor)];
    const { assidu } = campus;
    const hidden = await startCampus({ profile, people, assidu, shareNames: false });
    try {
      const asked = { course: '2', link: '1', clientId: CLIENT };
      await hidden.launch('43');
      const courses = await assidu.services.storage.courses.list('default');
      const { courseId = '' } =
        courses.find(({ registrationId }) => registrationId !== registration && !seen.has(registrationId)) ??
        {};
      for (const each of courses) seen.add(each.registrationId);
      const id = `hidden-${profile}`;
      await assidu.request('PUT', `/api/v1/cohorts/${id}`, {
        id,
        title: id,
        kind: 'spoc',
        startsOn: '2026-01-05',
        contexts: [{ platform: hidden.lms.issuer, course: courseId }],
        units: [{ id: 'https://lms.example/unit/h' }],
      });
      const own = await new Browser().launch(hidden.lms, { user: '41', ...asked });
      await hidden.launch('42');
      const staff = new Browser();
      const cohort = await staff.launch(hidden.lms, { user: '43', ...asked });
      const csv = await staff.get(`${cohort.url}/learners.csv`);
      const api = await assidu.request('GET', `/api/v1/cohorts/${id}/learners`);
      const statements = await assidu.request('GET', '/xapi/statements?limit=50');
      expect([own.status, cohort.status, csv.status, api.json.length]).toEqual([200, 200, 200, 2]);
      expect(api.json.map(({ name }: { name: unknown }) => name)).toEqual([null, null]);
      const codes = csv.html
        .split('\r\n')
        .slice(1, 3)
        .map((line) => line.split(',')[1] ?? '');
      for (const code of codes) {
        expect(code).toMatch(/^[2-9A-Z]{5}$/);
        expect(cohort.html).toContain(code);
      }
      const ofPeople = people.flatMap(({ name, email, username }) => [name, email, username]);
      for (const text of [own.html, cohort.html, csv.html, api.text, statements.text])
        expect(ofPeople.filter((each) => text.includes(each))).toEqual([]);
    } finally {
      await hidden.close();
    }
  });
});

/** Platforms whose courses earlier tests of this file made known. */
const seen = new Set<string>();
