import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningAssidu, startAssidu } from '../support/start-assidu.ts';

const SITE = 'https://moodle.example.org';
const COURSE = `${SITE}/course/view.php?id=2`;
const SESSION = `${SITE}/session/1`;
const PAGE = `${SITE}/mod/page/view.php?id=1`;
const [ANA, BEN, CLO] = ['7', '8', '9'].map((name) => ({ account: { homePage: SITE, name } }));
const ATTENDED = 'http://adlnet.gov/expapi/verbs/attended';

let assidu: RunningAssidu;
const api = (method: string, path: string, body?: unknown) =>
  assidu.request(method, `/api/v1/cohorts/mixed${path}`, body);

describe('row “this product”', () => {
  beforeAll(async () => {
    assidu = await startAssidu();
    await api('PUT', '', {
      id: 'mixed',
      title: 'Mixed',
      kind: 'blended',
      startsOn: '2026-03-02',
      contexts: [{ platform: SITE, course: '2', activity: COURSE }],
      units: [
        {
          id: SESSION,
          modality: 'in-person',
          satisfiedBy: 'Attended',
          startsAt: '2026-03-09T14:00:00Z',
          endsAt: '2026-03-09T16:00:00Z',
        },
        { id: PAGE },
      ],
    });
    const enrolledAt = '2026-03-02T08:00:00Z';
    await api(
      'POST',
      '/enrolments',
      [ANA, BEN, CLO].map((actor) => ({ actor, enrolledAt })),
    );
    const told = [
      { actor: ANA, session: SESSION, status: 'present', minutes: 110 },
      { actor: BEN, session: SESSION, status: 'absent' },
      { actor: CLO, session: SESSION, status: 'excused' },
    ];
    expect((await api('POST', '/attendance', told)).status).toBe(200);
    const waivers = [{ actor: CLO, unit: PAGE, reason: 'Known already' }];
    expect((await api('POST', '/waivers', waivers)).status).toBe(200);
  });
  afterAll(() => assidu.close());

  const rowsOf = async (query = '?asOf=2026-03-10T12:00:00Z') =>
    new Map<string, ReturnType<typeof JSON.parse>>(
      (await api('GET', `/learners${query}`)).json.map((row: { actor: { account: { name: string } } }) => [
        row.actor.account.name,
        row,
      ]),
    );

  it.each([
    ['7', ATTENDED, SESSION],
    ['8', 'urn:assidu:verb:absent', SESSION],
    ['9', 'urn:assidu:verb:excused', SESSION],
    ['9', 'https://w3id.org/xapi/adl/verbs/waived', PAGE],
  ])(
    'says of learner %s %s with platform, course, cohort and the episode as registration',
    async (name, verb, object) => {
      const agent = encodeURIComponent(JSON.stringify({ account: { homePage: SITE, name } }));
      const query = `agent=${agent}&verb=${encodeURIComponent(verb)}`;
      const { statements } = (await assidu.request('GET', `/xapi/statements?${query}`)).json;
      expect(statements).toMatchObject([
        {
          object: { id: object },
          authority: { account: { name: 'assidu' } },
          context: {
            platform: SITE,
            registration: (await rowsOf()).get(name).enrolmentId,
            contextActivities: { grouping: [{ id: COURSE }, { id: 'urn:assidu:cohort:default:mixed' }] },
            extensions: { 'urn:assidu:recorded': { way: 'api' } },
          },
        },
      ]);
    },
  );
  it('who attended has come; who was absent, excused or waived from a step did nothing by that', async () => {
    const rows = await rowsOf();
    const seen = ['7', '8', '9'].map((name) => {
      const { sessions, lastActAt, state } = rows.get(name);
      return [sessions[0].status, sessions[0].minutes, lastActAt, state];
    });
    expect(seen).toEqual([
      ['attended', 110, '2026-03-09T16:00:00.000Z', 'active'],
      ['absent', 0, null, 'notStarted'],
      ['excused', null, null, 'notStarted'],
    ]);
    const waived = (await rowsOf('')).get('9');
    expect([waived.units[1].waived, waived.lastActAt]).toEqual([true, null]);
  });
  it('the same from a key for content changes no standing, however it says who it is', async () => {
    const key = await assidu.newKey(['statements/write']);
    const before = await rowsOf();
    const statement = {
      actor: BEN,
      verb: { id: ATTENDED },
      object: { id: SESSION },
      result: { completion: true, duration: 'PT2H' },
      context: { extensions: { 'urn:assidu:recorded': { way: 'register', id: 'x', name: 'A trainer' } } },
      authority: { mbox: 'mailto:assidu@example.org' },
      timestamp: '2026-03-09T16:00:00Z',
    };
    const sent = await assidu.request('POST', '/xapi/statements', statement, { authorization: key });
    expect(sent.status, sent.text).toBe(200);
    expect(await rowsOf()).toEqual(before);
  });
});
