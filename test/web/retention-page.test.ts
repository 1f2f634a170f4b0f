import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Retention } from '../../src/metrics/types.ts';
import { outcomesCsv, survivalCsv } from '../../src/web/retention-csv.ts';
import { Browser } from '../platform/browser.ts';
import { type Campus, CLIENT, courseIdOf, learners, STAFF, startCampus } from '../support/campus.ts';

const UNIT = 'https://lms.example/unit/a';
let campus: Campus;
const browser = new Browser();
let url: string;

/** Twelve learners of a cohort that is over: three leave, four complete, all by a launch of their teacher's course. */
beforeAll(async () => {
  campus = await startCampus({ profile: 'moodle', people: learners(1) });
  const { assidu, lms } = campus;
  await campus.launch(STAFF);
  await assidu.request('PUT', '/api/v1/cohorts/spring', {
    id: 'spring',
    title: 'Spring',
    kind: 'spoc',
    startsOn: '2026-03-02',
    endsOn: '2026-04-30',
    dropout: { dropAfterDays: 20 },
    contexts: [{ platform: lms.issuer, course: await courseIdOf(campus) }],
    units: [{ id: UNIT }],
  });
  const actor = (index: number) => ({ account: { homePage: lms.issuer, name: `spring-${index}` } });
  const said = (index: number, verb: string, timestamp: string) => ({
    actor: actor(index),
    verb: { id: `http://adlnet.gov/expapi/verbs/${verb}` },
    object: { id: UNIT },
    timestamp,
  });
  const all = Array.from({ length: 12 }, (_, index) => index);
  await assidu.request(
    'POST',
    '/api/v1/cohorts/spring/enrolments',
    all.map((index) => ({ actor: actor(index), enrolledAt: '2026-03-02T08:00:00Z' })),
  );
  await assidu.request('POST', '/xapi/statements', [
    ...all.map((index) => said(index, 'experienced', '2026-03-03T10:00:00Z')),
    ...all.slice(3).map((index) => said(index, 'interacted', '2026-04-25T10:00:00Z')),
    ...[3, 4, 5, 6].map((index) => said(index, 'completed', '2026-04-28T10:00:00Z')),
  ]);
  await assidu.services.feed.settled();
  const asked = { user: STAFF, course: '2', link: '1', clientId: CLIENT };
  url = (await browser.launch(lms, asked)).url;
});
afterAll(() => campus?.close());

const retention = async (query: string): Promise<Retention> =>
  (await campus.assidu.request('GET', `/api/v1/cohorts/spring/retention?${query}`)).json;

describe('the cohort’s page, opened from the course', () => {
  it('shows both charts, of the clock and the population that the address asks for', async () => {
    const { status, html } = await browser.get(`${url}?clock=learner&population=enrolled&lang=en`);
    expect(status).toBe(200);
    expect(html.match(/<svg class="chart"/g)).toHaveLength(2);
    expect(html).toContain('<option value="learner" selected>');
    expect(html).toContain('<option value="enrolled" selected>');
    expect(html).toContain('12 people observed');
    expect(html).toContain('Hatched area');
    expect(html).not.toContain('style="');
  });
  it('has the same figures as the API, as CSV', async () => {
    const query = 'clock=learner&population=enrolled';
    const answered = await retention(query);
    expect(answered.curve).toMatchObject([{ day: 2, atRisk: 12, events: 3 }]);
    expect((await browser.get(`${url}/retention.csv?${query}`)).html).toBe(
      survivalCsv(answered).replace(/^\uFEFF/, ''),
    );
    expect((await browser.get(`${url}/outcomes.csv?${query}`)).html).toBe(
      outcomesCsv(answered).replace(/^\uFEFF/, ''),
    );
  });
  it('is not for learners', async () => {
    const own = new Browser();
    const page = await own.launch(campus.lms, { user: '1', course: '2', link: '1', clientId: CLIENT });
    for (const table of ['retention', 'outcomes'])
      expect((await own.get(`${page.url}/${table}.csv`)).status).toBe(403);
    expect(page.html).not.toContain('class="chart"');
  });
});
