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
import { VERB } from '../support/scene.ts';

const DAY = 86_400_000;
const SITE = 'https://lms.example';
const ONE = `${SITE}/unit/1`;
const TWO = `${SITE}/unit/2`;
const QUIZ = `${SITE}/unit/quiz`;
const SEEN = `${SITE}/session/seen`;
const NOW = `${SITE}/session/now`;
/** Noon of today, in UTC: far from midnight, whatever the zone of the machine. */
const noon = Math.floor(Date.now() / DAY) * DAY + DAY / 2;
const daysAgo = (days: number) => noon - days * DAY;
const date = (instant: number) => new Date(instant).toISOString().slice(0, 10);

describe('whom to see today', () => {
  let campus: Campus;
  const people = learners(8);
  const actorOf = (id: string) => ({ account: { homePage: campus.lms.issuer, name: id } });
  const session = (id: string, from: number) => ({
    id,
    title: { fr: 'Atelier', en: 'Workshop' },
    modality: 'in-person',
    satisfiedBy: 'Attended',
    required: false,
    startsAt: new Date(from).toISOString(),
    endsAt: new Date(from + 3_600_000).toISOString(),
  });
  const told = (by: string, verb: string, unit: string, days: number, result?: object) => ({
    actor: actorOf(by),
    verb: { id: verb },
    object: { id: unit },
    timestamp: new Date(daysAgo(days)).toISOString(),
    ...(result === undefined ? {} : { result }),
  });

  beforeAll(async () => {
    campus = await startCampus({
      profile: 'moodle',
      people: [...people, person('other', instructor)],
      clock: () => noon,
    });
    const { request } = campus.assidu;
    await campus.launch(STAFF);
    const definition = {
      id: 'daily',
      title: 'Daily',
      kind: 'blended',
      timezone: 'UTC',
      startsOn: date(daysAgo(60)),
      contexts: [{ platform: campus.lms.issuer, course: await courseIdOf(campus) }],
      units: [
        { id: ONE, title: { fr: 'Cadrer', en: 'Framing' } },
        { id: TWO, title: { fr: 'Planifier', en: 'Planning' }, dueOn: date(daysAgo(3)) },
        { id: QUIZ, title: { fr: 'Quiz', en: 'Quiz' }, satisfiedBy: 'Passed', minScore: 0.6 },
        session(SEEN, daysAgo(2)),
        session(NOW, noon + 2 * 3_600_000),
      ],
      completion: { require: { weight: 0.5 } },
    };
    expect((await request('PUT', '/api/v1/cohorts/daily', definition)).status).toBe(201);
    const enrolments = people.map(({ id }) => ({
      actor: { ...actorOf(id), name: `Prénom ${id}` },
      enrolledAt: new Date(daysAgo(id === '8' ? 2 : 60)).toISOString(),
      ...(id === '7' ? { endedAt: new Date(daysAgo(1)).toISOString(), reason: 'withdrawn' } : {}),
    }));
    expect((await request('POST', '/api/v1/cohorts/daily/enrolments', enrolments)).status).toBe(200);
    const statements = [
      // 1 is silent for 12 days and has failed the quiz; 2 completed; 3 never came; 4 dropped; 5 is back; 6 is on the way.
      told('1', VERB.completed, ONE, 12),
      told('1', VERB.failed, QUIZ, 12, { score: { scaled: 0.3 } }),
      told('2', VERB.completed, ONE, 20),
      told('2', VERB.completed, TWO, 2),
      told('4', VERB.attempted, ONE, 33),
      told('5', VERB.attempted, ONE, 30),
      told('5', VERB.completed, TWO, 1),
      told('6', VERB.completed, TWO, 1),
      told('7', VERB.attempted, ONE, 9),
    ];
    expect((await request('POST', '/xapi/statements', statements)).status).toBe(200);
    const present = (unit: string, who: readonly string[]) =>
      who.map((id) => ({ actor: actorOf(id), session: unit, status: 'present' }));
    const register = [
      ...present(SEEN, ['2', '5', '6', '8']),
      { actor: actorOf('1'), session: SEEN, status: 'absent' },
    ];
    expect((await request('POST', '/api/v1/cohorts/daily/attendance', register)).status).toBe(200);
  });
  afterAll(() => campus.close());

  const opened = async (user: string = STAFF) => {
    const browser = new Browser();
    const page = await browser.launch(campus.lms, { user, course: '2', link: '1', clientId: CLIENT });
    const base = page.url.replace(/\?.*/, '');
    return { browser, base, today: (query = '') => browser.get(`${base}/today${query}`) };
  };
  const namesIn = ({ html }: BrowserPage) => {
    const [, list = ''] = /<table class="stack learners today-list">(.*?)<\/table>/s.exec(html) ?? [];
    return [...list.matchAll(/<th scope="row"><a [^>]*>([^<]*)</g)].map(([, name]) => name);
  };
  const textOf = (html: string) =>
    html
      .replaceAll(/<[^>]+>/g, ' ')
      .replaceAll('\u00a0', ' ')
      .replaceAll(/\s+/g, ' ');
  const rowOf = ({ html }: BrowserPage, name: string) => {
    const row = html.split('<tr').find((each) => each.includes(`>${name}<`) && each.includes('<td')) ?? '';
    return textOf(row);
  };
  const fieldsOf = ({ html }: BrowserPage, form: string): Record<string, string> => {
    const [, own = ''] = html.split(form);
    const fields: Record<string, string> = {};
    for (const [input] of (own.split('</form>')[0] ?? '').matchAll(/<input[^>]*>/g)) {
      const [, name = ''] = / name="([^"]*)"/.exec(input) ?? [];
      const [, value = ''] = / value="([^"]*)"/.exec(input) ?? [];
      if (name !== '' && (!/ type="radio"/.test(input) || / checked/.test(input))) fields[name] = value;
    }
    return fields;
  };
  const contactForm = (page: BrowserPage, name: string) => {
    const row =
      page.html.split('<tr').find((each) => each.includes(`>${name}<`) && each.includes('<td')) ?? '';
    const [, action = ''] = /<form method="post" action="([^"?]*)/.exec(row) ?? [];
    return {
      action: new URL(action, page.url).href,
      fields: fieldsOf({ ...page, html: row }, 'class="contact-form"'),
    };
  };

  it('lists who is at risk first, each with the reasons in words; who is done, gone or fine is not there', async () => {
    const { today } = await opened();
    const page = await today();
    expect(page.status).toBe(200);
    // Most reasons first, then the longest without an act; who is dropped comes last.
    expect(namesIn(page)).toEqual(['Prénom 3', 'Prénom 1', 'Prénom 4']);
    const one = rowOf(page, 'Prénom 1');
    expect(one).toContain('Silence de 12 jours');
    expect(one).toContain('Étape en retard : Planifier');
    expect(one).toContain('Séance manquée : Atelier');
    expect(one).toContain('Essai non réussi : Quiz');
    expect(one).toContain('1 sur 1');
    expect(one).toContain('Pas encore contacté');
    expect(rowOf(page, 'Prénom 3')).toContain('Pas commencé 60 jours après son arrivée');
    expect(rowOf(page, 'Prénom 4')).toContain('Décrochage : silence de 33 jours');
    expect(textOf(page.html)).toContain(
      '2 personnes sont à risque sur 5 en cours. 2 n’ont pas encore été contactées. 1 personne a décroché.',
    );
  });

  it('leads to the registers of today’s sessions', async () => {
    const { browser, today } = await opened();
    const page = await today();
    const [, href = ''] = /<a class="button" href="([^"]*\/sessions\/5[^"]*)"/.exec(page.html) ?? [];
    expect((await browser.get(new URL(href, page.url).href)).status).toBe(200);
    expect(textOf(page.html)).toContain('0 sur 7 notés');
  });

  it('filters and sorts by the address; what it cannot read it says', async () => {
    const { today } = await opened();
    const shown = async (query: string) => namesIn(await today(query));
    expect(await shown('?reason=inactivity')).toEqual(['Prénom 1']);
    expect(await shown('?reason=dropped')).toEqual(['Prénom 4']);
    expect(await shown('?reason=missedSession&sort=name')).toEqual(['Prénom 1', 'Prénom 3']);
    expect(await shown('?state=notStarted')).toEqual(['Prénom 3']);
    expect(await shown('?q=PRENOM+4')).toEqual(['Prénom 4']);
    expect(await shown('?reason=all&unit=1&sort=-name')).toEqual([
      'Prénom 8',
      'Prénom 6',
      'Prénom 5',
      'Prénom 4',
      'Prénom 3',
    ]);
    expect(await shown('?sort=-lastAct')).toEqual(['Prénom 1', 'Prénom 4', 'Prénom 3']);
    const odd = await today('?reason=tired&sort=name');
    expect(textOf(odd.html)).toContain('Réglages non reconnus et laissés de côté : reason');
    expect(namesIn(odd)).toEqual(['Prénom 1', 'Prénom 3', 'Prénom 4']);
    expect(textOf((await today('?q=nobody')).html)).toContain('Personne ne correspond');
    expect(textOf((await today('?lang=en')).html)).toContain('Silent for 12 days');
  });

  it('tells the week’s movements by comparing the states of a week ago with those of now', async () => {
    const { today } = await opened();
    const week = textOf((await today()).html.split('id="week"')[1] ?? '');
    expect(week).toMatch(/depuis le soir du/);
    expect(week).toMatch(/1 décrochage .*Prénom 4 1 retour .*Prénom 5 1 parcours terminé .*Prénom 2/);
    expect(week).toMatch(/1 retrait .*Prénom 7 1 arrivée .*Prénom 8/);
  });

  it('hands the list out as CSV, with the filters and in the words of metrics.md', async () => {
    const { browser, base } = await opened();
    const csv = await browser.get(`${base}/today.csv?reason=inactivity`);
    expect(csv.headers.get('content-type')).toMatch(/^text\/csv/);
    const [head = '', line = '', ...rest] = csv.html.trim().split('\r\n');
    expect(head).toMatch(/^\uFEFF?enrolmentId,name,state,since,reasons,/);
    expect(line).toContain('Prénom 1,active,');
    expect(line).toContain('inactivity overdueUnit missedSession');
    expect(rest).toEqual([]);
  });

  it('is for staff of the cohort', async () => {
    const learner = await opened('6');
    expect((await learner.today()).status).toBe(403);
    expect((await learner.browser.get(`${learner.base}/today.csv`)).status).toBe(403);
  });

  describe('a contact', () => {
    const statementsOf = async () =>
      (await campus.assidu.request('GET', '/xapi/statements?verb=urn:assidu:verb:contacted')).json.statements;

    it('is noted from the list, as a statement of ours, and shown with what came of it', async () => {
      const { browser, today } = await opened();
      const list = await today('?reason=missedSession');
      const { action, fields } = contactForm(list, 'Prénom 1');
      const figures = async () => (await campus.assidu.request('GET', '/api/v1/cohorts/daily/learners')).text;
      const before = await figures();
      const sent = { ...fields, way: 'called', note: 'Problème <d’accès>\r\nrésolu' };
      const saved = await browser.post(action, sent);
      expect(saved.status).toBe(200);
      // Back at the list as it was asked for, at the row.
      expect(saved.url).toMatch(/today\?reason=missedSession&told=saved#row-/);
      expect(textOf(saved.html)).toContain('Contact noté.');
      expect(rowOf(saved, 'Prénom 1')).toMatch(/Appel aujourd’hui, par Prénom staff Depuis : rien/);
      // The same form once more, as an impatient finger sends it, is the same contact.
      await browser.post(action, sent);
      const [statement, ...others] = await statementsOf();
      expect(others).toEqual([]);
      expect(statement).toMatchObject({
        actor: actorOf('1'),
        object: { id: 'urn:assidu:cohort:default:daily' },
        result: { extensions: { 'urn:assidu:contact:way': 'called' } },
        context: { extensions: { 'urn:assidu:recorded': { way: 'register', name: 'Prénom staff' } } },
      });
      // It is no act of the learner: the silence goes on, and no figure changes.
      expect(await figures()).toBe(before);
      expect(rowOf(await today(), 'Prénom 1')).toContain('Silence de 12 jours');
      expect(namesIn(await today('?contact=none'))).toEqual(['Prénom 3', 'Prénom 4']);
      expect(namesIn(await today('?contact=done'))).toEqual(['Prénom 1']);
      const csv = await browser.get(saved.url.replace(/\/today.*/, '/today.csv?q=1'));
      expect(csv.html).toMatch(/called,Prénom staff,true,nothing,/);
      expect(csv.html).not.toContain('accès');
    });

    it('shows that somebody is back, once they act', async () => {
      const { browser, today } = await opened();
      const { action, fields } = contactForm(await today(), 'Prénom 3');
      await browser.post(action, { ...fields, way: 'met', on: date(daysAgo(1)) });
      const back = told('3', VERB.attempted, ONE, 0);
      expect((await campus.assidu.request('POST', '/xapi/statements', [back])).status).toBe(200);
      const page = await today('?contact=recent');
      expect(namesIn(page)).toEqual(['Prénom 1', 'Prénom 3']);
      expect(rowOf(page, 'Prénom 3')).toMatch(/Rencontre hier, par Prénom staff Depuis : activité le/);
      const summary = textOf(page.html.split('id="contacts"')[1] ?? '');
      expect(summary).toContain('2 personnes contactées depuis 30 jours. 1 de nouveau active 1 sans suite');
    });

    it('stands in the timeline with its note, and is taken back there', async () => {
      const { browser, base, today } = await opened();
      const [, href = ''] = /<a href="([^"]*\/timeline[^"]*)">Prénom 1</.exec((await today()).html) ?? [];
      const timeline = await browser.get(new URL(href, base).href);
      const text = textOf(timeline.html);
      expect(text).toMatch(/Appel aujourd’hui, par Prénom staff Problème &lt;d’accès> résolu Depuis : rien/);
      expect(text).toMatch(/A terminé « Cadrer »/);
      expect(text).toContain('N’a pas réussi « Quiz » (30 %)');
      expect(text).toMatch(/Silence de 12 jours, jusqu’à aujourd’hui/);
      expect(text).toContain('Date limite passée sans que l’étape « Planifier » soit faite');
      expect(text).toMatch(/Absence à « Atelier » noté par la clé/);
      expect(text).toContain('Inscription dans la cohorte');
      const [{ id }] = await statementsOf();
      const form = timeline.html.split('class="take-back"').at(1) ?? '';
      const [, held = ''] = /name="takeBack" value="([^"]*)"/.exec(form) ?? [];
      const [, _csrf = ''] = /name="_csrf" value="([^"]*)"/.exec(form) ?? [];
      expect(id === held || (await statementsOf()).some((each: { id: string }) => each.id === held)).toBe(
        true,
      );
      const gone = await browser.post(timeline.url.replace(/timeline.*/, 'contacts'), {
        _csrf,
        takeBack: held,
      });
      expect(textOf(gone.html)).toContain('Contact retiré.');
      expect(textOf(gone.html)).not.toContain('Problème');
      expect(rowOf(await today(), 'Prénom 1')).toContain('Pas encore contacté');
    });

    it('that was not filled in well is not noted; the fault stands beside the field, what was typed is kept', async () => {
      const { browser, today } = await opened();
      const { action, fields } = contactForm(await today(), 'Prénom 4');
      const before = (await statementsOf()).length;
      const tomorrow = date(noon + DAY);
      const sent = { ...fields, way: 'wrote', on: tomorrow, note: 'Un mot' };
      const refused = await browser.post(action, sent);
      expect(refused.status).toBe(422);
      expect(refused.html).toMatch(/<a href="#contact-timeline-on">/);
      expect(refused.html).toMatch(/id="contact-timeline-on"[^>]*aria-invalid="true"/);
      expect(refused.html).toContain(`value="${tomorrow}"`);
      expect(refused.html).toContain('Un mot</textarea>');
      for (const on of ['2026-02-30', '0001-01-01', 'soon'])
        expect((await browser.post(action, { ...sent, on })).status).toBe(422);
      const { way: _, ...without } = fields;
      expect((await browser.post(action, { ...without, note: 'x'.repeat(501) })).status).toBe(422);
      expect((await statementsOf()).length).toBe(before);
    });

    it('is no matter of learners, and belongs to what they may ask for', async () => {
      const staff = await opened();
      const { action } = contactForm(await staff.today(), 'Prénom 4');
      const learner = await opened('4');
      const [, _csrf = ''] =
        /name="_csrf" value="([^"]*)"/.exec((await learner.browser.get(learner.base)).html) ?? [];
      const path = new URL(action).pathname.replace(/^\/app\/[^/]+/, '');
      const own = `${learner.base.replace(/\/cohorts.*/, '')}${path}`;
      expect((await learner.browser.post(own, { _csrf, way: 'called', form: 'x' })).status).toBe(403);
      expect((await learner.browser.get(own.replace(/contacts$/, 'timeline'))).status).toBe(403);
      const kept = await campus.assidu.services.personalAccess.of('default', actorOf('3'));
      const texts: string[] = [];
      for await (const { text } of kept.statements()) texts.push(text);
      expect(texts.some((text) => text.includes('urn:assidu:verb:contacted'))).toBe(true);
    });

    it('told by another system counts as ours from a key for cohorts, and means nothing from one for content', async () => {
      const { today } = await opened();
      const statement = {
        ...told('4', 'urn:assidu:verb:contacted', 'urn:assidu:cohort:default:daily', 0, {
          extensions: { 'urn:assidu:contact:way': 'wrote' },
        }),
        context: { contextActivities: { grouping: [{ id: 'urn:assidu:cohort:default:daily' }] } },
      };
      const content = { authorization: await campus.assidu.newKey(['statements/write']) };
      await campus.assidu.request('POST', '/xapi/statements', [statement], content);
      expect(rowOf(await today(), 'Prénom 4')).toContain('Pas encore contacté');
      await campus.assidu.request('POST', '/xapi/statements', [statement]);
      expect(rowOf(await today(), 'Prénom 4')).toMatch(/Message aujourd’hui, par test Depuis : rien/);
    });
  });

  it('calls whom the platform hides the name of by a pseudonym, in the list and in the timeline', async () => {
    const { browser, base, today } = await opened();
    const hidden = { actor: actorOf('hidden'), enrolledAt: new Date(daysAgo(50)).toISOString() };
    await campus.assidu.request('POST', '/api/v1/cohorts/daily/enrolments', [hidden]);
    const page = await today('?q=&reason=notStartedYet');
    const [name = ''] = namesIn(page);
    expect(name).toMatch(/^Apprenant·e [0-9A-Z]{5}$/);
    const [, href = ''] = new RegExp(`<a href="([^"]*)">${name}<`).exec(page.html) ?? [];
    expect((await browser.get(new URL(href, base).href)).html).toContain(`<h1>${name}</h1>`);
    expect(namesIn(await today(`?q=${name.slice(-5)}`))).toEqual([name]);
  });

  it('says that nobody is at risk as the good news it is, and that a closed cohort expects nobody', async () => {
    const { browser, base } = await opened();
    const cohortOf = async (id: string, days: number, change: object) => {
      const definition = {
        id,
        title: id,
        kind: 'spoc',
        timezone: 'UTC',
        startsOn: date(daysAgo(days)),
        contexts: [{ platform: campus.lms.issuer, course: await courseIdOf(campus) }],
        units: [{ id: ONE }],
        ...change,
      };
      await campus.assidu.request('PUT', `/api/v1/cohorts/${id}`, definition);
      const enrolment = { actor: actorOf('6'), enrolledAt: new Date(daysAgo(days)).toISOString() };
      await campus.assidu.request('POST', `/api/v1/cohorts/${id}/enrolments`, [enrolment]);
      return textOf((await browser.get(`${base.replace(/daily$/, id)}/today`)).html);
    };
    const calm = await cohortOf('calm', 1, {});
    expect(calm).toContain('Personne n’est à risque sur 1 en cours.');
    expect(calm).toContain('Rien ne vous attend ici aujourd’hui');
    // Whoever dropped out of a cohort that is over has nothing to come back to: nobody is to be called about it.
    const told6 = told('6', VERB.attempted, ONE, 79);
    expect((await campus.assidu.request('POST', '/xapi/statements', [told6])).status).toBe(200);
    const over = await cohortOf('over', 80, { endsOn: date(daysAgo(30)) });
    expect((await campus.assidu.request('GET', '/api/v1/cohorts/over/metrics')).json.counts.dropped).toBe(1);
    expect(over).toContain('Cette cohorte est close');
    expect(over).not.toContain('Décrochage : silence de');
  });
});
