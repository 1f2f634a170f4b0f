import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningAssidu, startAssidu } from '../support/start-assidu.ts';
import { account, definition } from './definition.ts';
import { follow, type Row } from './follow.ts';

const PAGE = 'https://lms.example.org/mod/page/view.php?id=12';
const QUIZ = 'https://lms.example.org/mod/quiz/view.php?id=18';
const WHEN = '2026-09-20T12:00:00Z';
const PEOPLE = 11;

let assidu: RunningAssidu;
let written: string;

/** Eleven people: number 0 completes, 1 to 4 only read the page, the others never come. */
beforeAll(async () => {
  assidu = await startAssidu();
  await assidu.request('PUT', '/api/v1/cohorts/class-9', definition());
  const entries = Array.from({ length: PEOPLE }, (_, index) => ({
    actor: account(String(index)),
    enrolledAt: `2026-09-0${7 + (index % 3)}T08:00:00Z`,
  }));
  await assidu.request('POST', '/api/v1/cohorts/class-9/enrolments', entries);
  const said = (name: string, verb: string, object: string, day: number, result?: object) => ({
    id: randomUUID(),
    actor: account(name),
    verb: { id: `http://adlnet.gov/expapi/verbs/${verb}` },
    object: { id: object },
    timestamp: `2026-09-${day}T10:00:00Z`,
    ...(result ? { result } : {}),
  });
  await assidu.request('POST', '/xapi/statements', [
    said('0', 'completed', PAGE, 10),
    said('0', 'passed', QUIZ, 15, { score: { scaled: 0.7 } }),
    ...['1', '2', '3', '4'].map((name) => said(name, 'completed', PAGE, 19)),
  ]);
  await assidu.services.feed.settled();
  await new Promise((resolve) => setTimeout(resolve, 5));
  written = new Date().toISOString();
});
afterAll(() => assidu.close());

const get = (rest: string) => assidu.request('GET', `/api/v1/cohorts/class-9/${rest}`);

describe('GET /cohorts/{id}/metrics', () => {
  it('answers the figures of an instant', async () => {
    const { status, json } = await get(`metrics?asOf=${WHEN}`);
    expect(status).toBe(200);
    expect(json).toMatchObject({
      cohortId: 'class-9',
      definitionVersion: 1,
      cohortVersion: 1,
      asOf: '2026-09-20T12:00:00.000Z',
      knownAt: null,
      final: false,
      counts: { enrolled: PEOPLE, completed: 1, active: 4, notStarted: 6, started: 5 },
      rates: { completionOfEnrolled: { numerator: 1, denominator: PEOPLE, value: 1 / PEOPLE } },
    });
  });

  it('leaves out what was recorded after knownAt', async () => {
    const before = await get(`metrics?asOf=${WHEN}&knownAt=2026-01-01T00:00:00Z`);
    expect(before.status).toBe(404);
    const after = await get(`metrics?asOf=${WHEN}&knownAt=${written}`);
    expect(after.json).toEqual({ ...(await get(`metrics?asOf=${WHEN}`)).json, knownAt: written });
  });

  it.each([
    ['asOf=yesterday', 'asOf'],
    ['asOf=9999-01-01T12:00:00Z', 'asOf'],
    ['asOf=2026-09-20', 'asOf'],
    ['asOf=2026-09-20T12:00:00', 'asOf'],
    ['asOf=2026-02-30T12:00:00Z', 'asOf'],
    ['asOf=2026-09-20T12:00:00+02:00', 'asOf'],
    [`asOf=${WHEN}&asOf=${WHEN}`, 'asOf'],
    ['knownAt=now', 'knownAt'],
    ['asof=2026-09-20T12:00:00Z', 'asof'],
    ['limit=3', 'limit'],
  ])('refuses ?%s', async (parameters, field) => {
    const { status, json } = await get(`metrics?${parameters}`);
    expect([status, json.errors[0].path]).toEqual([400, field]);
  });
});

describe('GET /cohorts/{id}/learners', () => {
  const pagesOf = (parameters: string) => follow(assidu, `/api/v1/cohorts/class-9/learners?${parameters}`);

  it('answers a row for each enrolment, in the words of metrics.md', async () => {
    const rows: readonly Row[] = (await get(`learners?asOf=${WHEN}`)).json;
    expect(rows).toHaveLength(PEOPLE);
    expect(rows.find(({ state }) => state === 'completed')).toEqual({
      enrolmentId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      actor: { objectType: 'Agent', ...account('0') },
      name: null,
      enrolledAt: '2026-09-07T08:00:00.000Z',
      endedAt: null,
      state: 'completed',
      since: '2026-09-15T10:00:00.000Z',
      alerts: [],
      progress: 1,
      realisation: null,
      firstActAt: '2026-09-10T10:00:00.000Z',
      lastActAt: '2026-09-15T10:00:00.000Z',
      lastSeenAt: '2026-09-15T10:00:00.000Z',
      completedAt: '2026-09-15T10:00:00.000Z',
      units: [
        { id: PAGE, satisfiedAt: '2026-09-10T10:00:00.000Z', waived: false },
        { id: QUIZ, satisfiedAt: '2026-09-15T10:00:00.000Z', waived: false },
      ],
      sessions: [],
    });
  });

  it('covers all rows once, in order, by pages of any size', async () => {
    const all: readonly Row[] = (await get(`learners?asOf=${WHEN}`)).json;
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: PEOPLE + 1 }), async (limit) => {
        const pages = await pagesOf(`asOf=${WHEN}&limit=${limit}`);
        expect(pages.every((page) => page.length <= limit)).toBe(true);
        expect(pages.flat()).toEqual(all);
      }),
      { numRuns: 12 },
    );
  });

  it('covers them also when asked for now, each page being of the moment of the first', async () => {
    const pages = await follow(assidu, '/api/v1/cohorts/class-9/learners?limit=4', {}, async () => {
      await new Promise((resolve) => setTimeout(resolve, 2));
    });
    expect(new Set(pages.flat().map(({ enrolmentId }) => enrolmentId)).size).toBe(PEOPLE);
    const { headers } = await get('learners?limit=4');
    expect(headers.get('Link')).toMatch(/asOf=/);
  });

  it('filters by state and alert, over pages', async () => {
    const active = (await pagesOf(`asOf=${WHEN}&state=active&limit=3`)).flat();
    expect(active.map(({ state }) => state)).toEqual(Array(4).fill('active'));
    const silent = (await pagesOf(`asOf=${WHEN}&alert=notStartedYet`)).flat();
    expect(silent.length).toBe(6);
    expect((await get(`learners?asOf=${WHEN}&state=dropped`)).json).toEqual([]);
  });

  it.each([
    ['state=lost', 'state'],
    ['alert=bored', 'alert'],
    ['limit=0', 'limit'],
    ['cursor=x', 'cursor'],
    ['states=active', 'states'],
    ['asOf=now', 'asOf'],
  ])('refuses ?%s', async (parameters, field) => {
    const { status, json } = await get(`learners?${parameters}`);
    expect([status, json.errors[0].path]).toEqual([400, field]);
  });
});
