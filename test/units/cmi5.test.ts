import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Browser, type BrowserPage } from '../platform/browser.ts';
import { playCmi5, startContentServer } from './content.ts';
import { startUnitCampus, UNITS, type UnitCampus } from './unit-campus.ts';

const SESSION = 'https://w3id.org/xapi/cmi5/context/extensions/sessionid';
const EXTENSION = 'https://w3id.org/xapi/cmi5/context/extensions';
const ALL = ['initialized', 'completed', 'passed', 'terminated'];
const abandonedVerb = 'https://w3id.org/xapi/adl/verbs/abandoned';

describe('cmi5 content of a unit', () => {
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
  const arrive = async (user: string) => {
    const browser = new Browser();
    const page: BrowserPage = await campus.openUnit(browser, user, 'cmi5');
    return {
      open: async () => campus.onward(await campus.press(browser, page, 'open')),
      row: () => campus.row(user),
    };
  };
  const fetchOf = (href: string) => new URL(href).searchParams.get('fetch') ?? '';
  const post = async (url: string) => (await fetch(url, { method: 'POST' })).json();
  const said = (verb: string, registration: string) => campus.statements({ verb, registration });

  it('is launched with what cmi5 asks for, runs, and satisfies the unit', async () => {
    const { open, row } = await arrive('1');
    const href = await open();
    const { enrolmentId } = await row();
    const { searchParams, origin, pathname } = new URL(href);
    expect(origin + pathname).toBe(`${content.url}/cmi5`);
    expect([...searchParams.keys()]).toEqual(['endpoint', 'fetch', 'actor', 'registration', 'activityId']);
    expect(searchParams.get('registration')).toBe(enrolmentId);

    const { launchData, preferences, statuses } = await playCmi5(href, ALL);
    expect(statuses).toEqual([200, 200, 200, 200]);
    const session = launchData.contextTemplate.extensions[SESSION];
    expect(launchData).toEqual({
      contextTemplate: {
        contextActivities: {
          grouping: [
            { objectType: 'Activity', id: 'urn:publisher:au-1' },
            expect.objectContaining({ id: `${campus.lms.issuer}/courses/2` }),
            expect.objectContaining({ id: 'urn:assidu:cohort:default:spoc' }),
          ],
        },
        extensions: { [SESSION]: session },
      },
      launchMode: 'Normal',
      launchMethod: 'AnyWindow',
      moveOn: 'CompletedAndPassed',
      masteryScore: 0.8,
      returnURL: `${campus.assidu.url}/cmi5/returned?lang=fr`,
    });
    expect(preferences).toEqual({ languagePreference: 'fr,en', audioPreference: 'on' });
    expect(await said('http://adlnet.gov/expapi/verbs/launched', enrolmentId)).toContainEqual(
      expect.objectContaining({
        object: expect.objectContaining({ id: UNITS.cmi5 }),
        context: expect.objectContaining({
          registration: enrolmentId,
          contextActivities: {
            category: [expect.objectContaining({ id: 'https://w3id.org/xapi/cmi5/context/categories/cmi5' })],
            grouping: expect.arrayContaining([expect.objectContaining({ id: 'urn:publisher:au-1' })]),
          },
          extensions: {
            [SESSION]: session,
            [`${EXTENSION}/launchmode`]: 'Normal',
            [`${EXTENSION}/launchurl`]: `${content.url}/cmi5`,
            [`${EXTENSION}/moveon`]: 'CompletedAndPassed',
            [`${EXTENSION}/masteryscore`]: 0.8,
          },
        }),
      }),
    );
    const { units, state } = await row();
    expect(units[3].satisfiedAt).not.toBeNull();
    expect(state).toBe('active');
  });

  it('gets its key once, by a POST, whoever else asks at the same time; no log knows the token', async () => {
    const { open } = await arrive('2');
    const address = fetchOf(await open());
    const wrongMethod = await fetch(address);
    expect([wrongMethod.status, wrongMethod.headers.get('allow')]).toEqual([405, 'POST, OPTIONS']);
    const answers = await Promise.all([1, 2, 3, 4].map(() => post(address)));
    expect(answers.filter((answer) => 'auth-token' in answer)).toHaveLength(1);
    expect(answers.filter((answer) => answer['error-code'] === '1')).toHaveLength(3);
    const [token] = answers.flatMap((answer) => answer['auth-token'] ?? []);
    for (const secret of [new URL(address).searchParams.get('token') ?? '', token])
      expect(campus.log()).not.toContain(secret);
    expect(campus.log()).toContain('/cmi5/fetch');
  });

  it('fetches from any origin, without cookies; an address that no launch gave is refused as cmi5 says', async () => {
    const address = `${campus.assidu.url}/cmi5/fetch?token=none`;
    const asked = await fetch(address, { method: 'OPTIONS', headers: { origin: 'https://content.example' } });
    expect(asked.status).toBe(204);
    expect(asked.headers.get('access-control-allow-methods')).toBe('POST');
    for (const url of [address, `${campus.assidu.url}/cmi5/fetch`, `${address}&token=twice`]) {
      const answer = await fetch(url, { method: 'POST', headers: { origin: 'https://content.example' } });
      expect(answer.status).toBe(200);
      expect(answer.headers.get('access-control-allow-origin')).toBe('*');
      expect(answer.headers.get('access-control-allow-credentials')).toBeNull();
      expect(answer.headers.get('cache-control')).toBe('no-store');
      expect(await answer.json()).toEqual({ 'error-code': '2', 'error-text': expect.any(String) });
    }
  });

  it('is abandoned by the next opening when it had not terminated: its key is revoked, its token gone', async () => {
    const { open, row } = await arrive('3');
    const first = await open();
    const play = await playCmi5(first, ['initialized']);
    const { enrolmentId } = await row();
    expect(await said(abandonedVerb, enrolmentId)).toEqual([]);
    const second = await open();
    const session = play.launchData.contextTemplate.extensions[SESSION];
    expect(await said(abandonedVerb, enrolmentId)).toMatchObject([
      {
        actor: { account: { homePage: campus.lms.issuer } },
        object: { id: UNITS.cmi5 },
        result: { duration: expect.stringMatching(/^PT\d+\.\d\dS$/) },
        context: { extensions: { [SESSION]: session } },
      },
    ]);
    const headers = {
      authorization: `Basic ${play.fetched['auth-token']}`,
      'X-Experience-API-Version': '1.0.3',
    };
    const late = await fetch(`${campus.assidu.url}/xapi/statements`, { headers });
    expect(late.status).toBe(401);
    // Opened once more before the content had fetched anything: that session is abandoned too.
    const third = await open();
    expect(await said(abandonedVerb, enrolmentId)).toHaveLength(2);
    expect(await post(fetchOf(second))).toMatchObject({ 'error-code': '1' });
    // One that has terminated is not.
    expect((await playCmi5(third, ALL)).statuses).toEqual([200, 200, 200, 200]);
    await open();
    expect(await said(abandonedVerb, enrolmentId)).toHaveLength(2);
    // What an LMS says of a session is no learner's act, and no dropout.
    expect((await row()).state).toBe('active');
  });

  it('is opened in several windows at once without a fault; one of them gets to run', async () => {
    const { open, row } = await arrive('4');
    const opened = await Promise.all([open(), open(), open()]);
    const last = await open();
    const { enrolmentId } = await row();
    const abandoned = await said(abandonedVerb, enrolmentId);
    expect(new Set(abandoned.map(({ context }) => context.extensions[SESSION])).size).toBe(3);
    for (const href of opened) expect(await post(fetchOf(href))).toMatchObject({ 'error-code': '1' });
    expect((await playCmi5(last, ALL)).statuses).toEqual([200, 200, 200, 200]);
  });

  it('reads and leaves what the learner has set, and writes what is its own only', async () => {
    const { open, row } = await arrive('5');
    const { actor } = await row();
    const agent = JSON.stringify({ account: actor.account });
    const set = { languagePreference: 'de', audioPreference: 'off' };
    const query = new URLSearchParams({ agent, profileId: 'cmi5LearnerPreferences' });
    await campus.assidu.request('PUT', `/xapi/agents/profile?${query}`, set, { 'If-None-Match': '*' });
    const { preferences, fetched } = await playCmi5(await open(), []);
    expect(preferences).toEqual(set);
    const state = new URLSearchParams({
      activityId: UNITS.cmi5,
      agent,
      registration: (await row()).enrolmentId,
      stateId: 'LMS.LaunchData',
    });
    const authorization = `Basic ${fetched['auth-token']}`;
    const rewritten = await campus.assidu.request(
      'PUT',
      `/xapi/activities/state?${state}`,
      {},
      { authorization },
    );
    expect(rewritten.status).toBe(403);
  });

  it('says goodbye on a page that needs no session', async () => {
    const answer = await fetch(`${campus.assidu.url}/cmi5/returned?lang=fr`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(await answer.text()).toContain('Vous pouvez fermer cette fenêtre');
  });

  it('has minutes to fetch its key', async () => {
    const { open } = await arrive('6');
    const address = fetchOf(await open());
    campus.later(5 * 60_000);
    expect(await post(address)).toMatchObject({ 'error-code': '1', 'error-text': 'The launch has expired.' });
  });
});
