import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Browser, type BrowserPage } from '../platform/browser.ts';
import {
  type Campus,
  CLIENT,
  courseIdOf,
  instructor,
  learners,
  person,
  STAFF,
  startCampus,
} from '../support/campus.ts';

const SITE = 'https://lms.example';
const DAY = 86_400_000;
const HOUR = 3_600_000;
const MORNING = `${SITE}/session/morning`;
const AFTERNOON = `${SITE}/session/afternoon`;
/** Noon of a day long enough ago, in UTC. */
const noon = Math.floor(Date.now() / DAY) * DAY - 4 * DAY + 12 * HOUR;

describe('the register of a day’s sessions', () => {
  let campus: Campus;
  const people = learners(3);
  beforeAll(async () => {
    campus = await startCampus({ profile: 'moodle', people: [...people, person('other', instructor)] });
    await campus.launch(STAFF);
    const course = await courseIdOf(campus);
    const session = (id: string, from: number) => ({
      id,
      title: { fr: id.endsWith('morning') ? 'Matin' : 'Autre', en: 'Session' },
      modality: 'in-person',
      satisfiedBy: 'Attended',
      startsAt: new Date(from).toISOString(),
      endsAt: new Date(from + 3 * HOUR).toISOString(),
    });
    const definition = {
      id: 'blended',
      title: 'Blended',
      kind: 'blended',
      timezone: 'UTC',
      startsOn: new Date(noon - DAY).toISOString().slice(0, 10),
      contexts: [{ platform: campus.lms.issuer, course }],
      units: [
        { id: `${SITE}/unit/1`, title: { fr: 'Cadrer', en: 'Framing' } },
        session(MORNING, noon - 3 * HOUR),
        session(AFTERNOON, noon + HOUR),
        session(`${SITE}/session/later`, Date.now() + 2 * DAY),
      ],
    };
    const put = await campus.assidu.request('PUT', '/api/v1/cohorts/blended', definition);
    expect(put.status).toBe(201);
    for (const { id } of people) await campus.launch(id);
    const rows = (await campus.assidu.request('GET', '/api/v1/cohorts/blended/learners')).json;
    const back = rows.map(({ actor }: { actor: object }) => ({
      actor,
      enrolledAt: new Date(noon - DAY).toISOString(),
    }));
    await campus.assidu.request('POST', '/api/v1/cohorts/blended/enrolments', back);
  });
  afterAll(() => campus.close());

  /** A browser in which somebody has opened the cohort. */
  const opened = async (user: string): Promise<{ browser: Browser; page: BrowserPage }> => {
    const browser = new Browser();
    const page = await browser.launch(campus.lms, { user, course: '2', link: '1', clientId: CLIENT });
    return { browser, page };
  };
  const at = ({ url }: BrowserPage, path: string) => `${url.replace(/\?.*/, '')}/${path}`;
  /** Fields of the register as it stands in a page, as a browser would send them. */
  const fieldsOf = ({ html }: BrowserPage): Record<string, string> => {
    const fields: Record<string, string> = {};
    for (const [input] of html.matchAll(/<input[^>]*>/g)) {
      const [, name = ''] = / name="([^"]*)"/.exec(input) ?? [];
      const [, value = ''] = / value="([^"]*)"/.exec(input) ?? [];
      const box = / type="(radio|checkbox)"/.test(input);
      if (name !== '' && (!box || / checked/.test(input))) fields[name] = value;
    }
    return fields;
  };
  /** The key of a learner's box: which session (place among the units), whose. */
  const boxOf = ({ html }: BrowserPage, name: string, number: number): string => {
    const [, rest = ''] = html.split(`<legend>Prénom ${name}</legend>`);
    const [, key = ''] = new RegExp(`name="seen-(${number}-[^"]+)"`).exec(rest) ?? [];
    return key;
  };
  const sessionOf = async (name: string, id: string) => {
    const rows = (await campus.assidu.request('GET', '/api/v1/cohorts/blended/learners')).json;
    const row = rows.find((each: { name: string }) => each.name === `Prénom ${name}`);
    return row.sessions.find((each: { id: string }) => each.id === id);
  };

  it('is linked from the cohort, shows the day’s sessions together, and saves by one form', async () => {
    const { browser, page } = await opened(STAFF);
    expect(page.html).toContain('/sessions/2?lang=fr');
    const register = await browser.get(at(page, 'sessions/2'));
    expect(register.status).toBe(200);
    for (const text of ['Matin', 'Autre', 'Prénom 1', 'Prénom 3']) expect(register.html).toContain(text);
    expect(register.html).toMatch(/<h1>Séances du /);
    const [one, two] = [boxOf(register, '1', 2), boxOf(register, '2', 2)];
    const saved = await browser.post(at(page, 'sessions/2'), {
      ...fieldsOf(register),
      [`status-${one}`]: 'present',
      [`minutes-${one}`]: '45,5',
      [`status-${two}`]: 'excused',
      rest: 'present',
    });
    expect(saved.status).toBe(200);
    expect(saved.html).toContain('6 présences enregistrées');
    expect(saved.html).toMatch(/Excusé·e, noté par Prénom staff le/);
    expect(await sessionOf('1', MORNING)).toMatchObject({ status: 'absent', minutes: 46 });
    expect(await sessionOf('2', MORNING)).toMatchObject({ status: 'excused' });
    expect(await sessionOf('3', MORNING)).toMatchObject({ status: 'attended', minutes: 180 });
    expect(await sessionOf('3', AFTERNOON)).toMatchObject({ status: 'attended' });
    const again = await browser.post(at(page, 'sessions/2'), fieldsOf(saved));
    expect(again.html).toContain('Rien de nouveau');
    const listed = await campus.assidu.request('GET', '/api/v1/cohorts/blended/attendance');
    expect(listed.json[0].recordedBy).toMatchObject({ way: 'register', name: 'Prénom staff' });
  });

  it('takes an entry out with “not recorded”', async () => {
    const { browser, page } = await opened(STAFF);
    const register = await browser.get(at(page, 'sessions/2'));
    const box = boxOf(register, '3', 3);
    await browser.post(at(page, 'sessions/2'), { ...fieldsOf(register), [`status-${box}`]: '' });
    expect(await sessionOf('3', AFTERNOON)).toMatchObject({ status: 'absent', minutes: 0 });
  });

  it('shows faults beside the fields, keeps what was filled in, and saves nothing', async () => {
    const { browser, page } = await opened(STAFF);
    const register = await browser.get(at(page, 'sessions/2'));
    const [one, two] = [boxOf(register, '1', 2), boxOf(register, '2', 2)];
    const faulty = await browser.post(at(page, 'sessions/2'), {
      ...fieldsOf(register),
      [`status-${one}`]: 'absent',
      [`status-${two}`]: 'present',
      [`minutes-${two}`]: '999',
    });
    expect(faulty.status).toBe(422);
    expect(faulty.html).toContain('Un nombre de 0 à 180');
    expect(fieldsOf(faulty)).toMatchObject({ [`status-${one}`]: 'absent', [`minutes-${two}`]: '999' });
    expect(await sessionOf('1', MORNING)).toMatchObject({ minutes: 46 });
  });

  it('two who fill it in at once do not undo each other; what changed meanwhile is shown', async () => {
    const [first, second] = [await opened(STAFF), await opened('other')];
    const seen = await first.browser.get(at(first.page, 'sessions/2'));
    const same = await second.browser.get(at(second.page, 'sessions/2'));
    const [one, two] = [boxOf(seen, '1', 2), boxOf(seen, '2', 2)];
    await first.browser.post(at(first.page, 'sessions/2'), {
      ...fieldsOf(seen),
      [`status-${one}`]: 'absent',
    });
    // The other changes another line: the first one's is not touched.
    const other = await second.browser.post(at(second.page, 'sessions/2'), {
      ...fieldsOf(same),
      [`status-${two}`]: 'absent',
    });
    expect(other.status).toBe(200);
    expect(await sessionOf('1', MORNING)).toMatchObject({ status: 'absent', minutes: 0 });
    // The same line: it is shown, with who and when, and what was filled in stays.
    const conflict = await second.browser.post(at(second.page, 'sessions/2'), {
      ...fieldsOf(same),
      [`status-${one}`]: 'excused',
    });
    expect(conflict.status).toBe(409);
    expect(conflict.html).toMatch(/Changé entre-temps\s*: «\s*Absent·e\s*», noté par Prénom staff/);
    expect(fieldsOf(conflict)[`status-${one}`]).toBe('excused');
    expect(await sessionOf('1', MORNING)).toMatchObject({ status: 'absent' });
    const knowingly = await second.browser.post(at(second.page, 'sessions/2'), fieldsOf(conflict));
    expect(knowingly.status).toBe(200);
    expect(await sessionOf('1', MORNING)).toMatchObject({ status: 'excused' });
  });

  it('of a session to come only excuses can be told', async () => {
    const { browser, page } = await opened(STAFF);
    const register = await browser.get(at(page, 'sessions/4'));
    expect(register.html).not.toContain('value="present"');
    expect(register.html).toMatch(/<h1>Séance du /);
    const box = boxOf(register, '1', 4);
    const saved = await browser.post(at(page, 'sessions/4'), {
      ...fieldsOf(register),
      [`status-${box}`]: 'excused',
    });
    expect(saved.html).toContain('1 présence enregistrée');
  });

  it('is for staff, of this cohort’s sessions, and takes only forms of its own pages', async () => {
    const { browser, page } = await opened(STAFF);
    for (const number of ['1', '99', 'x'])
      expect((await browser.get(at(page, `sessions/${number}`))).status).toBe(404);
    const register = await browser.get(at(page, 'sessions/2'));
    const { _csrf: _, ...without } = fieldsOf(register);
    expect((await browser.post(at(page, 'sessions/2'), without)).status).toBe(403);
    const learner = await opened('1');
    expect((await learner.browser.get(at(learner.page, 'sessions/2'))).status).toBe(403);
    const own = fieldsOf(learner.page);
    expect((await learner.browser.post(at(learner.page, 'sessions/2'), own)).status).toBe(403);
  });

  describe('a waiver on a learner’s path as staff see it', () => {
    const pathOf = async (browser: Browser, page: BrowserPage) => {
      const [, href = ''] = /href="([^"]*\/learners\/[^"?]+)[^"]*">Prénom 1</.exec(page.html) ?? [];
      return browser.get(new URL(href, page.url).href);
    };
    it('is given with a reason, shown with who gave it, and taken back', async () => {
      const { browser, page } = await opened(STAFF);
      const path = await pathOf(browser, page);
      expect(path.html).toContain('Dispenser de cette étape');
      const { _csrf = '' } = fieldsOf(path);
      const send = (fields: Record<string, string>) =>
        browser.post(`${path.url.replace(/\?.*/, '')}/waivers`, { _csrf, unit: '1', ...fields });
      const faulty = await send({ reason: ' ' });
      expect(faulty.status).toBe(422);
      expect(faulty.html).toContain('Dites pourquoi');
      const given = await send({ reason: 'Déjà <acquis>' });
      expect(given.status).toBe(200);
      expect(given.html).toMatch(/Dispense\s*: Déjà &lt;acquis>, noté par Prénom staff/);
      expect(given.html).toContain('Dispense accordée');
      expect((await send({ takeBack: 'on' })).html).not.toContain('Dispense accordée');
    });
    it('is no matter of learners', async () => {
      const { page } = await opened(STAFF);
      const path = /\/learners\/[^"?]+/.exec(page.html)?.[0] ?? '';
      const learner = await opened('1');
      expect(learner.page.html).not.toContain('Dispenser');
      const sent = { ...fieldsOf(learner.page), unit: '1', reason: 'x' };
      expect((await learner.browser.post(at(learner.page, `${path.slice(1)}/waivers`), sent)).status).toBe(
        403,
      );
    });
  });
});
