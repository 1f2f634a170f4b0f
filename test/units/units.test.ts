import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Browser } from '../platform/browser.ts';
import { STAFF } from '../support/campus.ts';
import { playXapi, startContentServer } from './content.ts';
import { startUnitCampus, UNITS, type UnitCampus, unitUrl } from './unit-campus.ts';

const verb = (name: string) => `http://adlnet.gov/expapi/verbs/${name}`;
const DAY = 86_400_000;

describe('units that are pages of ours, in Canvas', () => {
  let content: Awaited<ReturnType<typeof startContentServer>>;
  let campus: UnitCampus;
  beforeAll(async () => {
    content = await startContentServer();
    campus = await startUnitCampus(content.url);
  });
  afterAll(async () => {
    await campus?.close();
    await content?.close();
  });
  const done = (user: string) =>
    campus
      .statements({ verb: verb('completed'), activity: UNITS.done })
      .then((all) =>
        all.filter(({ actor, object }) => object.id === UNITS.done && actor.account.name === subOf(user)),
      );
  const subs = new Map<string, string>();
  const subOf = (user: string) => subs.get(user);
  /** The unit's page, and the learner's `sub` remembered. */
  const arrive = async (user: string, unit: keyof typeof UNITS) => {
    const browser = new Browser();
    const page = await campus.openUnit(browser, user, unit);
    const row = await campus.row(user);
    subs.set(user, row?.actor.account.name);
    return { browser, page };
  };

  it('open where the link leads: title, planned time, due date, what is to be done, where one stands', async () => {
    const { page } = await arrive('1', 'done');
    expect(page.status).toBe(200);
    expect(page.url).toContain(unitUrl(page, 'spoc', UNITS.done));
    for (const words of [
      '<h1>Lire la charte</h1>',
      '45',
      'Échéance le',
      'À faire d’ici le',
      'Marquer comme faite',
    ])
      expect(page.html).toContain(words);
    expect(page.html).not.toContain('Ouvrir le contenu');
  });

  it('are linked from the learner’s path; those of the platform are not', async () => {
    const browser = new Browser();
    const page = await campus.openUnit(browser, '1', 'platform');
    expect(page.url).toMatch(/\/cohorts\/spoc#step-5$/);
    expect(page.html).toContain('Lire la charte</a>');
    expect(page.html).not.toContain('De la plateforme</a>');
    const [, href = ''] = /href="(\/app\/[^"]*\/units\/[^"]+)"[^>]*>Lire la charte/.exec(page.html) ?? [];
    expect((await browser.get(new URL(href, page.url).href)).html).toContain('<h1>Lire la charte</h1>');
  });

  it('are marked as done once, however often one presses; the metrics know it', async () => {
    const { browser, page } = await arrive('2', 'done');
    const pages = await Promise.all([1, 2, 3].map(() => campus.press(browser, page, 'done')));
    for (const each of pages) {
      expect(each.status).toBe(200);
      expect(each.html).toContain('Vous l’avez marquée comme faite le');
      expect(each.html).not.toContain('Marquer comme faite');
    }
    await campus.press(browser, page, 'done');
    const said = await done('2');
    const row = await campus.row('2');
    expect(said).toMatchObject([
      {
        actor: { account: { homePage: campus.lms.issuer } },
        object: { id: UNITS.done, definition: { name: { fr: 'Lire la charte' } } },
        result: { completion: true },
        context: {
          registration: row.enrolmentId,
          platform: 'Campus',
          contextActivities: {
            grouping: [{ id: `${campus.lms.issuer}/courses/2` }, { id: 'urn:assidu:cohort:default:spoc' }],
          },
        },
        authority: { name: 'Assidu' },
      },
    ]);
    expect(row.units[0]).toEqual({ id: UNITS.done, satisfiedAt: said[0].timestamp, waived: false });
    expect(row.state).toBe('active');
  });

  it('are taken back the same day, and marked anew', async () => {
    const { browser, page } = await arrive('3', 'done');
    await campus.press(browser, page, 'done');
    const undone = await campus.press(browser, page, 'undo');
    expect(undone.html).toContain('Marquer comme faite');
    expect(await done('3')).toEqual([]);
    expect((await campus.row('3')).units[0].satisfiedAt).toBeNull();
    expect(await campus.statements({ verb: verb('voided') })).toHaveLength(1);
    // Taken back once is taken back.
    expect((await campus.press(browser, page, 'undo')).status).toBe(200);
    await campus.press(browser, page, 'done');
    expect(await done('3')).toHaveLength(1);
    expect((await campus.row('3')).units[0].satisfiedAt).not.toBeNull();
  });

  it('open a link in one click, which counts as a start; the learner says when it is done', async () => {
    const { browser, page } = await arrive('4', 'link');
    expect((await campus.row('4')).firstActAt).toBeNull();
    const opening = await campus.press(browser, page, 'open');
    expect(campus.onward(opening)).toBe(`${content.url}/link`);
    expect((await campus.row('4')).firstActAt).not.toBeNull();
    await campus.press(browser, page, 'done');
    expect((await campus.row('4')).units[1].satisfiedAt).not.toBeNull();
  });

  it('open xAPI content with a credential of its own, which satisfies the unit', async () => {
    const { browser, page } = await arrive('5', 'xapi');
    expect(page.html).not.toContain('Marquer comme faite');
    const opening = await campus.press(browser, page, 'open');
    expect(opening.headers.get('cache-control')).toBe('no-store');
    expect(opening.html).toContain('rel="noopener noreferrer"');
    const href = campus.onward(opening);
    const row = await campus.row('5');
    const { searchParams } = new URL(href);
    expect(searchParams.get('registration')).toBe(row.enrolmentId);
    expect(searchParams.get('activity_id')).toBe(UNITS.xapi);
    expect(JSON.parse(searchParams.get('actor') ?? '')).toEqual({
      objectType: 'Agent',
      account: { homePage: campus.lms.issuer, name: row.actor.account.name },
    });
    expect(await campus.statements({ verb: verb('launched'), activity: UNITS.xapi })).toHaveLength(1);
    expect(await playXapi(href)).toBe(200);
    expect((await campus.row('5')).units[2].satisfiedAt).not.toBeNull();
    // The credential is this learner's, in this episode, and nobody sees it in a log.
    const auth = searchParams.get('auth') ?? '';
    const other = href.replace(encodeURIComponent(row.enrolmentId), '760e3480-ba55-4991-94b0-01820dbd23a2');
    expect(await playXapi(other)).toBe(403);
    expect(campus.log()).not.toContain(auth.replace('Basic ', ''));
    const secret = Buffer.from(auth.replace('Basic ', ''), 'base64').toString().split(':')[1] ?? 'none';
    expect(campus.log()).not.toContain(secret);
    expect(campus.log()).toContain('/open');
    campus.later(2 * 3_600_000);
    expect(await playXapi(href)).toBe(401);
  });

  it('are a preview for staff, which writes nothing', async () => {
    const browser = new Browser();
    const page = await campus.openUnit(browser, STAFF, 'link');
    expect(page.url).toContain('/units/');
    expect(page.html).toContain('Aperçu');
    expect(page.html).toContain(`${content.url}/link`);
    expect(page.html).not.toContain('<button class="button"');
    const before = await campus.statements({});
    for (const action of ['open', 'done', 'undo'] as const)
      expect((await campus.press(browser, page, action)).status).toBe(403);
    await browser.get(page.url);
    expect(await campus.statements({})).toHaveLength(before.length);
  });

  it('are nowhere for whom they are not: another course, another organisation, an observer, no unit', async () => {
    const browser = new Browser();
    const page = await campus.openUnit(browser, '1', 'done');
    const elsewhere = (id: string, course: string) => ({
      id,
      title: id,
      kind: 'spoc',
      startsOn: '2026-01-05',
      contexts: [{ platform: campus.lms.issuer, course }],
      units: [{ id: UNITS.done, content: { markAsDone: true } }],
    });
    const { contexts } = (await campus.assidu.request('GET', '/api/v1/cohorts/spoc')).json;
    const authorization = await campus.assidu.newKey(['all', 'cohorts'], 'other');
    await campus.assidu.request('PUT', '/api/v1/cohorts/next-door', elsewhere('next-door', 'another'));
    await campus.assidu.request('PUT', '/api/v1/cohorts/abroad', elsewhere('abroad', contexts[0].course), {
      authorization,
    });
    const strange = [
      unitUrl(page, 'next-door', UNITS.done),
      unitUrl(page, 'abroad', UNITS.done),
      unitUrl(page, 'spoc', UNITS.platform),
      unitUrl(page, 'spoc', 'https://units.example/none'),
    ];
    for (const url of strange) {
      expect((await browser.get(url)).status).toBe(404);
      for (const action of ['open', 'done', 'undo'] as const)
        expect((await campus.press(browser, { ...page, url }, action)).status).toBe(404);
    }
    const guest = new Browser();
    const theirs = await campus.openUnit(guest, 'guest', 'done');
    expect((await guest.get(unitUrl(theirs, 'spoc', UNITS.done))).status).toBe(404);
  });

  it('are for the launch’s own session and forms', async () => {
    const { browser, page } = await arrive('1', 'done');
    expect((await new Browser().get(page.url)).status).toBe(401);
    const path = page.url.replace(/\?.*/, '');
    expect((await browser.post(`${path}/done`, {})).status).toBe(403);
    await browser.get(`${content.url}/link`);
    expect((await campus.press(browser, page, 'done')).status).toBe(403);
    expect(await done('1')).toEqual([]);
  });

  it('do nothing for who is no longer, or was never, enrolled', async () => {
    const { browser, page } = await arrive('6', 'done');
    const enrol = (user: string, change: Readonly<Record<string, string>>) =>
      campus.assidu.request('POST', '/api/v1/cohorts/spoc/enrolments', [
        { actor: { account: { homePage: campus.lms.issuer, name: subOf(user) } }, ...change },
      ]);
    const at = (days: number) => new Date(Date.now() + days * DAY).toISOString();
    expect((await enrol('6', { endedAt: at(0), reason: 'withdrawn' })).status).toBe(200);
    const left = await browser.get(page.url);
    expect(left.html).toContain('Votre inscription a pris fin');
    expect(left.html).not.toContain('Marquer comme faite');
    for (const action of ['open', 'done', 'undo'] as const)
      expect((await campus.press(browser, page, action)).html).toContain('Votre inscription a pris fin');
    const second = await arrive('7', 'done');
    expect((await enrol('7', { endedAt: at(0), reason: 'excluded' })).status).toBe(200);
    const excluded = await second.browser.get(second.page.url);
    expect(excluded.html).toContain('Votre parcours n’est pas encore ouvert');
    expect((await campus.press(second.browser, second.page, 'done')).status).toBe(403);
    expect([...(await done('6')), ...(await done('7'))]).toEqual([]);
  });

  it('are no longer taken back the day after, and show how they stand when the cohort is closed', async () => {
    campus.later(DAY);
    const { browser, page } = await arrive('2', 'done');
    expect(page.html).toContain('Vous l’avez marquée comme faite le');
    expect(page.html).not.toContain('Annuler');
    const late = await campus.press(browser, page, 'undo');
    expect(late.html).toContain('Vous l’avez marquée comme faite le');
    // A date of the cohort's own zone: at night it is not that of UTC, and nobody enrols after the closing day.
    const yesterday = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Paris' }).format(Date.now());
    await campus.define({ endsOn: yesterday, graceDays: 0 });
    const closed = await browser.get(page.url);
    expect(closed.html).toContain('Ce parcours est clos');
    expect(closed.html).toContain('Faite le');
    const before = await campus.statements({});
    for (const action of ['open', 'done', 'undo'] as const)
      expect((await campus.press(browser, page, action)).html).toContain('Ce parcours est clos');
    expect(await campus.statements({})).toHaveLength(before.length);
    expect(await done('2')).toHaveLength(1);
  });
});
