import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Browser } from '../platform/browser.ts';
import { type Campus, CLIENT, person, startCampus } from '../support/campus.ts';

let campus: Campus;
let registration: string;
beforeAll(async () => {
  campus = await startCampus({ profile: 'moodle', people: [person('7'), person('8')] });
  await cohort('spoc-1', { programme: 'Leadership', businessUnit: 'Eau France' }, 8);
  await cohort('spoc-2', { programme: 'Leadership', businessUnit: 'Déchets' }, 12);
  await cohort('coaching', { programme: 'Comité' }, 3);
  await cohort('open', { programme: 'Leadership' }, 6, { endsOn: '2099-01-01' });
  const [only] = await campus.assidu.services.storage.registrations.list('default');
  registration = only?.id ?? '';
});
afterAll(() => campus.close());

const actor = (cohortId: string, number: number) => ({
  account: { homePage: 'https://lms.example', name: `${cohortId}-${number}` },
});
async function cohort(
  id: string,
  tags: Readonly<Record<string, string>>,
  enrolled: number,
  change: Readonly<Record<string, unknown>> = {},
) {
  const definition = {
    id,
    title: id,
    kind: 'spoc',
    startsOn: '2026-01-05',
    endsOn: '2026-03-01',
    tags,
    units: [{ id: `https://lms.example/${id}`, plannedMinutes: 60 }],
    cost: { fixed: 100, perLearner: 10, currency: 'EUR' },
    ...change,
  };
  const put = await campus.assidu.request('PUT', `/api/v1/cohorts/${id}`, definition);
  expect(put.status).toBe(201);
  const entries = Array.from({ length: enrolled }, (_, number) => ({
    actor: actor(id, number),
    enrolledAt: '2026-01-05T09:00:00Z',
  }));
  await campus.assidu.request('POST', `/api/v1/cohorts/${id}/enrolments`, entries);
  await complete(id, 1);
}
const complete = (id: string, number: number) =>
  campus.assidu.request('POST', '/xapi/statements', {
    actor: actor(id, number),
    verb: { id: 'http://adlnet.gov/expapi/verbs/completed' },
    object: { id: `https://lms.example/${id}` },
    timestamp: '2026-02-01T09:00:00Z',
  });
const portfolio = async (query = '') =>
  (await campus.assidu.request('GET', `/api/v1/portfolio${query}`)).json;
const grant = (fields: Readonly<Record<string, unknown>>) =>
  campus.assidu.request('POST', '/api/v1/grants', { platform: registration, ...fields });
async function open(user: string) {
  const browser = new Browser();
  const page = await browser.launch(campus.lms, { user, course: '2', link: '1', clientId: CLIENT });
  const [, launch = ''] = /\/app\/([^/?]+)/.exec(page.url) ?? [];
  return { browser, page, launch: `${campus.assidu.url}/app/${launch}` };
}

describe('GET /api/v1/portfolio', () => {
  it('pools cohorts by programme, with numerator, denominator, interval and cost; the small group is withheld', async () => {
    const { final, open: underWay, trend, smallestGroup } = await portfolio();
    expect(smallestGroup).toBe(5);
    expect(final.groups).toMatchObject([
      { name: 'Comité', cohorts: 1, withheld: 1, enrolled: null },
      {
        name: 'Leadership',
        cohorts: 2,
        enrolled: 20,
        rates: {
          startRate: { numerator: 2, denominator: 20 },
          completionOfEnrolled: { numerator: 2, denominator: 20, value: 0.1 },
          attendanceNet: { denominator: 0, value: null },
          realisation: { numerator: 120, denominator: 1_200 },
        },
        cost: [{ currency: 'EUR', total: 400, completed: 2, perCompleter: 200 }],
      },
    ]);
    expect(final.groups[1].rates.completionOfEnrolled.ci95[0]).toBeCloseTo(0.0279, 3);
    expect(final.total).toMatchObject({ cohorts: 3, withheld: 1, enrolled: 20 });
    expect(underWay.total.enrolled).toBe(6);
    expect(trend).toMatchObject([{ quarter: '2026-Q1', open: 1, figures: { enrolled: 20 } }]);
  });

  it('groups and filters as asked, and names the parameter that it cannot read', async () => {
    expect((await portfolio('?by=businessUnit&programme=Leadership&state=final')).final.groups).toMatchObject(
      [
        { name: 'Déchets', enrolled: 12 },
        { name: 'Eau France', enrolled: 8 },
      ],
    );
    expect((await portfolio('?from=2026-Q2')).final.total.cohorts).toBe(0);
    const bad = async (query: string) => (await portfolio(query)).errors[0].path;
    expect(await Promise.all(['?by=x', '?from=2026', '?kind=mooc', '?colour=red'].map(bad))).toEqual([
      'by',
      'from',
      'kind',
      'colour',
    ]);
  });

  it('is told of the next statement, enrolment and definition at once, whatever it remembers', async () => {
    const completed = async () =>
      (await portfolio('?businessUnit=Déchets')).final.total.rates.completionOfEnrolled;
    expect(await completed()).toMatchObject({ numerator: 1, denominator: 12 });
    await complete('spoc-2', 5);
    expect(await completed()).toMatchObject({ numerator: 2, denominator: 12 });
    await campus.assidu.request('POST', '/api/v1/cohorts/spoc-2/enrolments', [
      { actor: actor('spoc-2', 99), enrolledAt: '2026-01-06T09:00:00Z' },
    ]);
    expect(await completed()).toMatchObject({ numerator: 2, denominator: 13 });
    const { json } = await campus.assidu.request('GET', '/api/v1/cohorts/spoc-2');
    const tags = { ...json.tags, businessUnit: 'Énergie' };
    await campus.assidu.request('PUT', '/api/v1/cohorts/spoc-2', { ...json, tags });
    expect((await completed()).denominator).toBe(0);
    await campus.assidu.request('PUT', '/api/v1/cohorts/spoc-2', json);
  });

  it('comes as CSV, described in the OpenAPI document', async () => {
    const csv = await campus.assidu.request('GET', '/api/v1/portfolio', undefined, { accept: 'text/csv' });
    const [head, ...lines] = csv.text.replace('\uFEFF', '').trim().split('\r\n');
    expect(head).toMatch(/^asOf,table,state,programme,.*costPerCompleter EUR$/);
    expect(lines.map((line) => line.split(',').slice(1, 4).join(' '))).toEqual([
      'total final ',
      'group final Comité',
      'group final Leadership',
      'total open ',
      'group open Leadership',
      'quarter final ',
    ]);
    const openapi = await campus.assidu.request('GET', '/api/v1/openapi.json');
    expect(Object.keys(openapi.json.paths)).toContain('/portfolio');
  });
});

describe('an executive', () => {
  it('is led to the portfolio wherever they come from, and sees nothing else', async () => {
    const before = await open('7');
    expect((await before.browser.get(`${before.launch}/portfolio`)).status).toBe(403);
    expect((await grant({ sub: '7', role: 'executive' })).status).toBe(201);
    const { page, browser, launch } = await open('7');
    expect([page.status, page.url]).toEqual([200, `${launch}/portfolio`]);
    expect(page.html).toContain('Leadership');
    expect(page.html).not.toContain('spoc-1');
    for (const path of ['cohorts/spoc-1', 'cohorts/spoc-1/learners.csv', 'placing'])
      expect((await browser.get(`${launch}/${path}`)).status).toBe(404);
    expect((await browser.get(`${launch}/portfolio.csv`)).html).toContain('group,final,Leadership');
  });

  it('of one business unit sees figures of its cohorts alone, in files and choices too', async () => {
    await grant({ sub: '8', role: 'executive', tags: { businessUnit: ' Eau  France ' } });
    const { page, browser, launch } = await open('8');
    expect(page.html).toContain('Eau France');
    const csv = (await browser.get(`${launch}/portfolio.csv?by=businessUnit`)).html;
    for (const { html } of [page, { html: csv }]) {
      expect(html).not.toContain('Déchets');
      expect(html).not.toContain('Comité');
    }
    expect((await browser.get(`${launch}/portfolio?programme=Comit%C3%A9`)).html).toContain(
      'Aucune cohorte ne correspond',
    );
  });

  it('is granted by tags alone, and by words that are known', async () => {
    const path = async (fields: Readonly<Record<string, unknown>>) =>
      (await grant({ sub: '9', role: 'executive', ...fields })).json.errors?.[0]?.path;
    expect(await path({ cohort: 'spoc-1' })).toBe('cohort');
    expect(await path({ tags: { colour: 'red' } })).toMatch(/^tags/);
    expect(await path({ tags: { programme: '  ' } })).toBe('tags.programme');
    expect(await path({ role: 'lcm', tags: { programme: 'Leadership' } })).toBe('tags');
    const { json } = await campus.assidu.request('GET', '/api/v1/grants');
    expect(json.map(({ role, tags }: { role: unknown; tags: unknown }) => [role, tags])).toEqual([
      ['executive', null],
      ['executive', { businessUnit: 'Eau France' }],
    ]);
  });
});
