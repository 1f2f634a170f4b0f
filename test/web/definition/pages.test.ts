import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { cohortDefinitionSchema } from '../../../config/cohort-definition.ts';
import {
  meetingAttended,
  moduleCompleted,
  moduleViewed,
  quizAttempted,
} from '../../demo/moodle-statements.ts';
import type { Browser, BrowserPage } from '../../platform/browser.ts';
import { type Campus, courseIdOf, learners, person, STAFF, startCampus } from '../../support/campus.ts';
import { actionOf, fieldsOf, openedBy, redrawnAt, textOf } from './pages.ts';

const DAY = 86_400_000;
const HOUR = 3_600_000;
const dlm = { roles: ['http://purl.imsglobal.org/vocab/lis/v2/membership#Administrator'] };
/** Noon in UTC, some days ago. */
const noon = Math.floor(Date.now() / DAY) * DAY - 10 * DAY + 12 * HOUR;
const dateOf = (instant: number) => new Date(instant).toISOString().slice(0, 10);

describe('configuring a cohort in the page', () => {
  let campus: Campus;
  let site = '';
  let course = '';
  const people = learners(4);
  const unit = (kind: 'page' | 'quiz' | 'bigbluebuttonbn', id: number) =>
    `${site}/mod/${kind}/view.php?id=${id}`;

  beforeAll(async () => {
    campus = await startCampus({
      profile: 'moodle',
      people: [...people, person('dlm', dlm), person('other', dlm)],
    });
    site = campus.lms.issuer;
    await campus.launch(STAFF);
    course = await courseIdOf(campus);
    const moodle = { lms: site, courseId: course, courseTitle: 'Gestion de projet' };
    const [ana, bob, cid] = people;
    if (!ana || !bob || !cid) throw new Error('there are four');
    const statements = [
      moduleViewed(moodle, ana, unit('page', 21), noon),
      moduleCompleted(moodle, ana, unit('page', 21), noon + 60_000),
      moduleViewed(moodle, bob, unit('page', 21), noon + HOUR),
      moduleViewed(moodle, cid, unit('page', 21), noon + HOUR),
      moduleViewed(moodle, ana, unit('quiz', 22), noon + 2 * HOUR),
      quizAttempted(moodle, ana, { unit: unit('quiz', 22), attempt: 1, points: 15 }, noon + 3 * HOUR),
      ...[ana, bob].flatMap((user) =>
        meetingAttended(moodle, user, {
          unit: unit('bigbluebuttonbn', 23),
          from: noon + DAY + 60_000,
          to: noon + DAY + HOUR,
        }),
      ),
    ];
    const sent = await campus.assidu.request('POST', '/xapi/statements', statements);
    expect(sent.status).toBe(200);
  });
  afterAll(() => campus.close());

  const definitions = () => campus.assidu.services.storage.cohorts.currentVersions('default');
  const send = (browser: Browser, page: BrowserPage, act: string, typed: Record<string, string> = {}) =>
    browser.post(actionOf(page), { ...fieldsOf(page), ...typed, do: act });
  const made = async (id: string, change: object = {}) => {
    const definition = {
      id,
      title: { fr: `Cohorte ${id}`, en: `Cohort ${id}`, de: 'Kohorte' },
      kind: 'blended',
      startsOn: dateOf(noon - DAY),
      contexts: [
        { platform: site, course, activity: `${site}/course/view.php?id=${course}` },
        { platform: 'https://elsewhere.example', course: '9', group: 'Promo 9' },
      ],
      units: [
        { id: unit('page', 21), title: { fr: 'Cadrer', en: 'Framing', es: 'Encuadrar' }, plannedMinutes: 45 },
        { id: unit('quiz', 22), modality: 'assessment', satisfiedBy: 'Passed', minScore: 0.125, weight: 2 },
      ],
      cost: { fixed: 12_000, perLearner: 90, currency: 'EUR' },
      ...change,
    };
    const put = await campus.assidu.request('PUT', `/api/v1/cohorts/${id}`, definition);
    expect(put.status).toBe(201);
    return cohortDefinitionSchema.parse(definition);
  };
  const kept = async (id: string) => {
    const { json } = await campus.assidu.request('GET', `/api/v1/cohorts/${id}`);
    return json;
  };

  it('begins with what the launch and the statements tell, and is for digital learning managers only', async () => {
    const { browser, base, page } = await openedBy(campus, 'dlm');
    expect(page.html).toContain('/new-cohort');
    const form = await browser.get(`${base}/new-cohort`);
    expect(form.status).toBe(200);
    const fields = fieldsOf(form);
    expect(fields['title.fr']).toBe('Gestion de projet');
    expect(fields.timezone).toBe('Europe/Paris');
    expect(fields.startsOn).toBe(dateOf(noon));
    expect(fields.id).toMatch(/^gestion-de-projet-\d{4}-\d{2}$/);
    expect(fields['contexts.0.course']).toBe(course);
    expect(fields['contexts.0.activity']).toBe(`${site}/course/view.php?id=${course}`);
    const staff = await openedBy(campus, STAFF);
    expect((await staff.browser.get(`${staff.base}/new-cohort`)).status).toBe(403);
  });

  it('proposes activities with how many did what, adds sessions, shows the effect, and saves only when asked', async () => {
    const { browser, base } = await openedBy(campus, 'dlm');
    let page = await send(browser, await browser.get(`${base}/new-cohort`), 'go:units');
    expect(textOf(page)).toMatch(
      /mod\/page\/view\.php\?id=21 3 personnes 1 a terminé et 2 l’ont seulement ouverte/,
    );
    expect(textOf(page)).toMatch(
      /view\.php\?id=22 1 personne 1 l’a essayée Évaluation réussi · note minimale proposée/,
    );
    expect(textOf(page)).toMatch(
      /view\.php\?id=23 2 personnes 2 sont venues Classe virtuelle été présent·e · séance devinée/,
    );
    page = await send(browser, page, 'propose', { pick: unit('page', 21) });
    page = await send(browser, page, 'propose', { pick: unit('quiz', 22) });
    expect(fieldsOf(page)).toMatchObject({
      'units.0.satisfiedBy': 'Completed',
      'units.1.satisfiedBy': 'Passed',
      'units.1.modality': 'assessment',
      'units.1.minScore': '50',
    });
    page = await send(browser, page, 'add:session', {
      'new.title': 'Journée à Paris',
      'new.modality': 'in-person',
      'new.date': '2027-03-30',
      'new.from': '09:00',
      'new.until': '',
    });
    expect(page.html).toMatch(/id="f-new-until-fault"/);
    expect(page.html).toContain('value="Journée à Paris"');
    page = await send(browser, page, 'add:session', { 'new.until': '17:00' });
    page = await send(browser, page, 'go:rules');
    expect(textOf(page)).toContain('Avec ces réglages, 0 personne sur 3 aurait terminé');
    expect(textOf(page)).toContain('personnes vues dans le cours');
    page = await send(browser, page, 'update', {
      'completion.require': 'weight',
      'completion.weight': '50',
    });
    expect(textOf(page)).toContain('Avec ces réglages, 1 personne sur 3 aurait terminé');
    expect(await definitions()).toEqual([]);
    page = await send(browser, page, 'save');
    expect(textOf(page)).toContain('Version 1 enregistrée');
    const [version] = await definitions();
    const { units, completion } = JSON.parse(version?.definition ?? '{}');
    expect(version?.recordedBy).toBe(`account|${site}|dlm`);
    expect(completion.require).toEqual({ weight: 0.5 });
    expect(units[2]).toMatchObject({
      title: { fr: 'Journée à Paris' },
      modality: 'in-person',
      satisfiedBy: 'Attended',
      startsAt: '2027-03-30T09:00+02:00',
      endsAt: '2027-03-30T17:00+02:00',
      plannedMinutes: 480,
    });
  });

  it('says what is at fault beside the field and on top, and loses nothing of what was typed', async () => {
    const definition = await made('faults');
    const { browser, base } = await openedBy(campus, 'dlm');
    let page = await browser.get(`${base}/cohorts/faults/definition?step=rules`);
    page = await send(browser, page, 'go:cohort', { 'dropout.dropAfterDays': 'bientôt' });
    page = await send(browser, page, 'save', { endsOn: '2001-01-01', 'title.fr': 'Un autre titre' });
    expect(page.status).toBe(422);
    expect(textOf(page)).toContain('2 réglages sont à corriger');
    expect(page.html).toContain('href="#f-endsOn"');
    expect(page.html).toMatch(
      /id="f-endsOn" aria-describedby="f-endsOn-hint f-endsOn-fault" aria-invalid="true"/,
    );
    expect(fieldsOf(page)['title.fr']).toBe('Un autre titre');
    page = await send(browser, page, 'go:rules');
    expect(fieldsOf(page)['dropout.dropAfterDays']).toBe('bientôt');
    expect(textOf(page)).toContain('Un nombre entier de jours');
    expect(cohortDefinitionSchema.parse(definition)).toEqual(definition);
    page = await send(browser, page, 'go:cohort', { 'dropout.dropAfterDays': '' });
    page = await send(browser, page, 'save', { endsOn: '' });
    expect(page.status).toBe(200);
    expect(await kept('faults')).toMatchObject({
      dropout: { dropAfterDays: null },
      title: { de: 'Kohorte' },
    });
  });

  it('is drawn again in the other language with all that was typed, added or ticked, and saves nothing', async () => {
    await made('spoken', { units: [{ id: unit('page', 21) }] });
    const { browser, base } = await openedBy(campus, 'dlm');
    const redrawn = (page: BrowserPage, typed: Record<string, string>) =>
      browser.post(redrawnAt(page), { ...fieldsOf(page), ...typed, do: 'redraw' });
    let page = await browser.get(`${base}/cohorts/spoken/definition?lang=fr`);
    page = await redrawn(page, { 'title.fr': 'Tapé en français', endsOn: 'pas encore' });
    expect(textOf(page)).toContain('Configure the cohort');
    expect(fieldsOf(page)).toMatchObject({ 'title.fr': 'Tapé en français', endsOn: 'pas encore' });
    expect(textOf(page)).not.toContain('One setting needs');
    page = await send(browser, page, 'go:units');
    page = await redrawn(page, { 'new.title': 'Journée', 'new.from': '09:00', pick: unit('quiz', 22) });
    expect(textOf(page)).toContain('Configurer la cohorte');
    expect(fieldsOf(page)).toMatchObject({ 'new.title': 'Journée', 'new.from': '09:00' });
    const ticked = [...page.html.matchAll(/<input[^>]* name="pick"[^>]*>/g)].filter(([box]) =>
      / checked/.test(box),
    );
    expect(ticked.map(([box]) => / value="([^"]*)"/.exec(box)?.[1])).toEqual([unit('quiz', 22)]);
    expect(fieldsOf(await send(browser, page, 'go:cohort'))['title.fr']).toBe('Tapé en français');
    expect(await kept('spoken')).toMatchObject({ version: 1, title: { fr: 'Cohorte spoken' } });
    for (const [path, name] of [
      ['/cohorts/spoken/definition/duplicate', 'title.fr'],
      ['/new-cohort/import', 'text'],
    ] as const) {
      page = await redrawn(await browser.get(`${base}${path}`), { [name]: 'à garder' });
      expect(page.html).toContain('<html lang="en"');
      expect(page.html).toContain('à garder');
      expect(textOf(page)).not.toMatch(/needs|Dates/);
    }
  });

  it('keeps all that was not changed, wherever it stands, through every part of the form', async () => {
    const definition = await made('kept', { startsOn: '2026-01-05', endsOn: '2026-06-30' });
    const { browser, base } = await openedBy(campus, 'dlm');
    let page = await browser.get(`${base}/cohorts/kept/definition?lang=en`);
    for (const step of ['units', 'rules', 'options', 'check', 'cohort'])
      page = await send(browser, page, `go:${step}`);
    page = await send(browser, page, 'save');
    expect(textOf(page)).toContain('Nothing changed');
    page = await send(browser, page, 'go:options');
    page = await send(browser, page, 'save', { 'cost.perLearner': '95.5' });
    const { version, ...rest } = await kept('kept');
    expect(cohortDefinitionSchema.parse(withoutAdded(rest, version))).toEqual({
      ...definition,
      cost: { fixed: 12_000, perLearner: 95.5, currency: 'EUR' },
    });
  });

  it('shows before saving the figures that the saved cohort then has', async () => {
    await made('effect', { completion: { require: 'all' } });
    const enrolled = people.map(({ id }) => ({
      actor: { account: { homePage: site, name: id } },
      enrolledAt: new Date(noon - HOUR).toISOString(),
    }));
    await campus.assidu.request('POST', '/api/v1/cohorts/effect/enrolments', enrolled);
    const { browser, base } = await openedBy(campus, 'dlm');
    let page = await browser.get(`${base}/cohorts/effect/definition?step=rules`);
    expect(textOf(page)).toContain('Ces réglages ne changent aucun de ces chiffres');
    page = await send(browser, page, 'update', { 'completion.require': 'weight', 'completion.weight': '30' });
    expect(textOf(page)).toContain('1 personne sur 4 aurait terminé (aujourd’hui : 1)');
    page = await send(browser, page, 'go:units');
    page = await send(browser, page, 'go:check', { 'units.1.minScore': '90', 'units.0.weight': '3' });
    expect(textOf(page)).toContain('Note minimale, en % : 12,5 % → 90,0 %');
    const shown = /Terminé [^0-9]*(\d+) (\d+)/.exec(textOf(page));
    expect(shown?.slice(1)).toEqual(['1', '1']);
    await send(browser, page, 'save');
    const { json } = await campus.assidu.request('GET', '/api/v1/cohorts/effect/metrics');
    expect(json.counts).toMatchObject({ completed: 1, enrolled: 4 });
  });

  it('tells of what somebody else saved meanwhile, and puts both together', async () => {
    await made('meanwhile');
    const mine = await openedBy(campus, 'dlm');
    const theirs = await openedBy(campus, 'other');
    const rules = `/cohorts/meanwhile/definition?step=rules`;
    const myPage = await mine.browser.get(mine.base + rules);
    const theirPage = await theirs.browser.get(theirs.base + rules);
    await send(theirs.browser, theirPage, 'save', {
      'dropout.warnAfterDays': '5',
      'dropout.alertAfterDays': '20',
    });
    let page = await send(mine.browser, myPage, 'save', {
      'dropout.alertAfterDays': '10',
      'completion.minAttendance': '80',
    });
    expect(page.status).toBe(409);
    expect(textOf(page)).toContain('Prénom other a enregistré la version 2');
    expect(textOf(page)).toContain('vous « 10 », l’autre « 20 »');
    page = await send(mine.browser, page, 'save');
    expect(await kept('meanwhile')).toMatchObject({
      completion: { minAttendance: 0.8 },
      dropout: { warnAfterDays: 5, alertAfterDays: 10 },
    });
    const versions = await mine.browser.get(`${mine.base}/cohorts/meanwhile/definition/versions`);
    const text = textOf(versions);
    expect(text).toMatch(/Version 3 en vigueur .* vous .*Assiduité minimale, en % : rien → 80,0 %/);
    expect(text).toContain('Inactif après, en jours : 20 jours → 10 jours');
    expect(text).toMatch(/Version 2 .*Prénom other Alerte « silence » après, en jours : 7 jours → 5 jours/);
    expect(text).toMatch(/Version 1 .* test Cohorte créée/);
  });

  it('refuses an identifier that another cohort has', async () => {
    await made('taken');
    const { browser, base } = await openedBy(campus, 'dlm');
    let page = await browser.get(`${base}/new-cohort`);
    page = await send(browser, page, 'go:rules', { id: 'taken' });
    page = await send(browser, page, 'save', { 'completion.acceptCourseCompletion': 'on' });
    expect(page.status).toBe(409);
    expect(textOf(page)).toContain('Une autre cohorte a déjà cet identifiant');
    expect((await kept('taken')).title.de).toBe('Kohorte');
  });

  it('prepares the next promotion: all dates later, shown before anything is made', async () => {
    await made('promotion-9', {
      title: { fr: 'Promotion 9' },
      startsOn: '2026-09-07',
      endsOn: '2026-11-27',
      breaks: [{ from: '2026-10-19', to: '2026-10-30' }],
      units: [
        { id: unit('page', 21), dueOn: '2026-09-20' },
        {
          id: 'urn:uuid:0a6f1f0e-8b1c-4d6e-9d2a-5f3c1b2a4d5e',
          modality: 'in-person',
          satisfiedBy: 'Attended',
          startsAt: '2026-10-22T14:00+02:00',
          endsAt: '2026-10-22T15:30+02:00',
        },
      ],
    });
    const { browser, base } = await openedBy(campus, 'dlm');
    let page = await browser.get(`${base}/cohorts/promotion-9/definition/duplicate`);
    expect(fieldsOf(page)).toMatchObject({ 'title.fr': 'Promotion 10', startsOn: '2026-11-30' });
    page = await send(browser, page, 'show', { startsOn: '2026-09-28', id: 'promotion-10' });
    expect(textOf(page)).toContain('Décalage de 21 jours');
    expect(textOf(page)).toMatch(/Début 22 oct\. 2026, 14:00 12 nov\. 2026, 14:00/);
    page = await send(browser, page, 'go');
    expect(textOf(page)).toContain('Ce que vous créez');
    page = await send(browser, page, 'save');
    const next = await kept('promotion-10');
    expect(next).toMatchObject({
      startsOn: '2026-09-28',
      endsOn: '2026-12-18',
      breaks: [{ from: '2026-11-09', to: '2026-11-20' }],
      units: [
        { dueOn: '2026-10-11' },
        { startsAt: '2026-11-12T14:00+01:00', endsAt: '2026-11-12T15:30+01:00' },
      ],
    });
    expect(next.units[1].id).not.toContain('0a6f1f0e');
  });

  it('gives the definition as the file that the command takes, and reads it back, pasted or as a file', async () => {
    const definition = await made('files');
    const { browser, base } = await openedBy(campus, 'dlm');
    const file = await browser.get(`${base}/cohorts/files/definition.yaml`);
    expect(file.headers.get('content-disposition')).toContain('files.yaml');
    expect(cohortDefinitionSchema.parse((await import('yaml')).parse(file.html))).toEqual(definition);
    const at = `${base}/cohorts/files/definition/import`;
    let page = await browser.get(at);
    const wrong =
      'id: files\ntitle: Un titre\nkind: mooc\nstartsOn: 2026-02-30\nunits:\n  - id: https://a.example/1\n    weigth: 2\n';
    page = await browser.post(at, { ...fieldsOf(page), text: wrong });
    expect(page.status).toBe(422);
    expect(textOf(page)).toMatch(/ligne 3 kind/);
    expect(textOf(page)).toMatch(/ligne 4 startsOn/);
    expect(textOf(page)).toMatch(/ligne 7 units\[0\]\.weigth : Ce nom n’est pas celui d’un réglage/);
    expect(page.html).toContain('kind: mooc');
    const text = stringify({ ...definition, graceDays: 14 });
    const form = new FormData();
    form.set('_csrf', fieldsOf(page)._csrf ?? '');
    form.set('file', new Blob([text]), 'cohorte.yaml');
    const answer = await fetch(at, {
      method: 'POST',
      body: form,
      headers: { cookie: browser.jar.header(at) ?? '', origin: new URL(at).origin },
    });
    expect(answer.status).toBe(200);
    expect(textOf({ ...page, html: await answer.text() })).toContain('Jours de grâce : 7 → 14');
    expect((await kept('files')).graceDays).toBe(7);
  });
});

/** What the API adds to a definition. */
function withoutAdded(answer: Record<string, unknown>, _version: unknown): Record<string, unknown> {
  const { recordedAt: _at, ...definition } = answer;
  return definition;
}
