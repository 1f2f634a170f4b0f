import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assidu as command } from '../cli/run.ts';
import { type RunningAssidu, startAssidu } from '../support/start-assidu.ts';
import { account, definition } from './definition.ts';

const PAGE = 'https://lms.example.org/mod/page/view.php?id=12';
const LATE = '2026-12-20T12:00:00Z';
/** Twelve people of September; the same twelve again in October, where they leave a week sooner. */
const COHORTS = [
  { id: 'autumn', startsOn: '2026-09-07', endsOn: '2026-11-01', sooner: 0 },
  { id: 'october', startsOn: '2026-10-05', endsOn: '2026-11-29', sooner: 7 },
];
let assidu: RunningAssidu;
const now = Date.parse('2026-12-20T12:00:00Z');

beforeAll(async () => {
  assidu = await startAssidu({ clock: () => now });
  for (const { id, startsOn, endsOn, sooner } of COHORTS) {
    const day = (number: number) =>
      new Date(Date.parse(`${startsOn}T10:00:00Z`) + number * 86_400_000).toISOString();
    const unit = `${PAGE}&cohort=${id}`;
    const units = [{ id: unit, satisfiedBy: 'Completed' }];
    const rule = { dropout: { dropAfterDays: null }, graceDays: 0, units };
    await assidu.request('PUT', `/api/v1/cohorts/${id}`, definition({ id, startsOn, endsOn, ...rule }));
    const people = Array.from({ length: 12 }, (_, index) => account(String(index)));
    const entries = people.map((actor, index) => ({
      actor,
      enrolledAt: day(0),
      ...(index < 3 ? { endedAt: day(20 + index - sooner), reason: 'withdrawn' } : {}),
    }));
    expect((await assidu.request('POST', `/api/v1/cohorts/${id}/enrolments`, entries)).status).toBe(200);
    const said = (index: number, verb: string, on: number) => ({
      actor: people[index],
      verb: { id: `http://adlnet.gov/expapi/verbs/${verb}` },
      object: { id: unit },
      timestamp: day(on),
    });
    await assidu.request('POST', '/xapi/statements', [
      ...people.slice(0, 10).map((_, index) => said(index, 'experienced', 1)),
      ...[5, 6].map((index) => said(index, 'completed', 30)),
    ]);
  }
  // Begins after the others, and is younger than any day that is asked for.
  const young = definition({ id: 'young', startsOn: '2026-12-15', endsOn: '2027-02-01' });
  await assidu.request('PUT', '/api/v1/cohorts/young', young);
  await assidu.services.feed.settled();
});
afterAll(() => assidu.close());

const retention = (rest = '') => assidu.request('GET', `/api/v1/cohorts/autumn/retention${rest}`);
const compare = (rest: string) => assidu.request('GET', `/api/v1/comparison?${rest}`);

describe('GET /cohorts/{id}/retention', () => {
  it('answers who stays and what became of them, of who started, by the cohort’s clock', async () => {
    const { status, json } = await retention(`?asOf=${LATE}`);
    expect(status).toBe(200);
    expect(json).toMatchObject({
      cohortId: 'autumn',
      final: true,
      clock: 'cohort',
      population: 'started',
      horizon: 55,
      knownThrough: 55,
      n: 10,
      withdrawnBeforeStart: 0,
      curve: [
        { day: 20, atRisk: 10, events: 1, survival: 0.9, thin: false },
        { day: 21, atRisk: 9, events: 1, thin: true },
        { day: 22, atRisk: 8, events: 1 },
      ],
    });
    expect(json.curve[2].survival).toBeCloseTo(0.7, 12);
    const last = json.outcomes.at(-1);
    expect(last.day).toBe(30);
    for (const [name, share] of Object.entries({ dropped: 0.3, completed: 0.2, stillIn: 0.5 })) {
      expect(last[name]).toBeCloseTo(share, 12);
      expect(last.ci95[name][0]).toBeLessThan(share);
      expect(last.ci95[name][1]).toBeGreaterThan(share);
    }
  });
  it('of everyone enrolled, and by the learner’s clock, when asked', async () => {
    const { json } = await retention(`?population=enrolled&clock=learner&asOf=${LATE}`);
    expect(json).toMatchObject({ population: 'enrolled', clock: 'learner', n: 12 });
    expect(json.curve[0]).toMatchObject({ day: 20, atRisk: 12 });
  });
  it('says on day 25 what it says of that day at the end', async () => {
    const early = await retention('?asOf=2026-10-02T20:00:00Z');
    expect(early.json).toMatchObject({ final: false, horizon: 25 });
    expect(early.json.curve).toEqual((await retention(`?asOf=${LATE}`)).json.curve);
  });
  it.each([
    ['clock=moon', 'clock'],
    ['population=everyone', 'population'],
    ['asOf=today', 'asOf'],
    ['kind=km', 'kind'],
  ])('refuses ?%s, naming the parameter', async (query, path) => {
    const { status, json } = await retention(`?${query}`);
    expect([status, json.errors[0].path]).toEqual([400, path]);
  });
  it('is for keys that may read cohorts, of the same organisation', async () => {
    const asKey = async (scopes: Parameters<RunningAssidu['newKey']>[0], org?: string) =>
      assidu.request('GET', '/api/v1/cohorts/autumn/retention', undefined, {
        authorization: await assidu.newKey(scopes, org),
      });
    expect((await asKey(['all/read'])).status).toBe(200);
    expect((await asKey(['statements/write'])).status).toBe(403);
    expect((await asKey(['all', 'cohorts'], 'elsewhere')).status).toBe(404);
  });
});

describe('GET /comparison', () => {
  it('has the counts and rates of each at the end of the same day number', async () => {
    const { status, json } = await compare('cohort=autumn&cohort=october&day=16');
    expect(status).toBe(200);
    expect(json).toMatchObject({ definitionVersion: 1, day: 16, knownAt: null });
    const [autumn, october] = json.cohorts;
    // Midnight in Paris, in summer time.
    expect(autumn).toMatchObject({ cohortId: 'autumn', asOf: '2026-09-23T21:59:59.999Z', reason: null });
    expect(autumn.rates.dropoutOfEnrolled).toMatchObject({ numerator: 0, denominator: 12 });
    expect(october).toMatchObject({ cohortId: 'october', asOf: '2026-10-21T21:59:59.999Z', final: false });
    expect(october.rates.dropoutOfEnrolled).toMatchObject({ numerator: 3, denominator: 12, value: 0.25 });
    const alone = await assidu.request('GET', `/api/v1/cohorts/october/metrics?asOf=${october.asOf}`);
    expect(october.counts).toEqual(alone.json.counts);
    expect(october.rates).toEqual(alone.json.rates);
  });
  it('takes the greatest age that all have reached, or the first day on which all are final', async () => {
    expect((await compare('cohort=autumn&cohort=october')).json.day).toBe(56);
    expect((await compare('cohort=autumn&cohort=young')).json.day).toBe(4);
    const { cohorts } = (await compare('cohort=autumn&cohort=october')).json;
    expect(cohorts.map(({ final }: { final: boolean }) => final)).toEqual([true, true]);
  });
  it('gives null and the reason for a cohort that is younger, rather than what it is now', async () => {
    const { json } = await compare('cohort=young&cohort=autumn&day=30');
    expect(json.cohorts[0]).toEqual({
      cohortId: 'young',
      cohortVersion: 1,
      asOf: '2027-01-14T22:59:59.999Z',
      final: null,
      counts: null,
      rates: null,
      progress: null,
      reason: 'younger',
    });
    expect(json.cohorts[1].counts.enrolled).toBe(12);
    expect((await compare('cohort=young&cohort=autumn&day=5')).json.cohorts[0].reason).toBe('younger');
  });
  it.each([
    ['cohort=autumn', 400, 'cohort'],
    ['cohort=autumn&cohort=autumn', 400, 'cohort'],
    ['cohort=autumn&cohort=october&day=-1', 400, 'day'],
    ['cohort=autumn&cohort=october&day=4.5', 400, 'day'],
    ['cohort=autumn&cohort=october&asOf=2026-10-01T00:00:00Z', 400, 'asOf'],
  ])('refuses ?%s', async (query, status, path) => {
    const answer = await compare(query);
    expect([answer.status, answer.json.errors[0].path]).toEqual([status, path]);
  });
  it('finds no cohort of another organisation, even beside its own', async () => {
    expect((await compare('cohort=autumn&cohort=nowhere')).status).toBe(404);
    const authorization = await assidu.newKey(['all', 'cohorts'], 'elsewhere');
    const path = '/api/v1/comparison?cohort=autumn&cohort=october';
    expect((await assidu.request('GET', path, undefined, { authorization })).status).toBe(404);
  });
});

describe('assidu retention, assidu compare', () => {
  it('print tables, or the JSON of the API', async () => {
    const [text, json, compared, usage] = await Promise.all([
      command(assidu.folder, ['retention', 'autumn', '--as-of', LATE]),
      command(assidu.folder, ['retention', 'autumn', '--as-of', LATE, '--population', 'enrolled', '--json']),
      command(assidu.folder, ['compare', 'autumn', 'october', '--day', '16']),
      command(assidu.folder, ['retention', 'autumn', '--clock', 'moon']),
    ]);
    expect([text.code, json.code, compared.code, usage.code]).toEqual([0, 0, 0, 2]);
    expect(text.stdout).toContain('10 observed');
    expect(text.stdout).toMatch(/^ 30 +50\.0 % .* thin$/m);
    const api = await retention(`?population=enrolled&asOf=${LATE}`);
    expect(JSON.parse(json.stdout)).toEqual(api.json);
    expect(compared.stdout).toMatch(/^dropoutOfEnrolled +0\.0 % \(0\/12\) +25\.0 % \(3\/12\)$/m);
    expect(usage.stderr).toContain('--clock');
  });
});
