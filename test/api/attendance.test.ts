import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Answer, type RunningAssidu, startAssidu } from '../support/start-assidu.ts';

const SITE = 'https://moodle.example';
const UNIT = `${SITE}/mod/1`;
const MORNING = `${SITE}/session/morning`;
const AFTERNOON = `${SITE}/session/afternoon`;
const TOMORROW = `${SITE}/session/tomorrow`;
const CANCELLED = `${SITE}/session/cancelled`;
const DAY = 86_400_000;
const iso = (at: number) => new Date(at).toISOString();
const now = Date.now();
const session = (id: string, from: number, change: object = {}) => ({
  id,
  modality: 'in-person',
  satisfiedBy: 'Attended',
  startsAt: iso(from),
  endsAt: iso(from + 3 * 3_600_000),
  ...change,
});
const actor = (name: string) => ({ account: { homePage: SITE, name } });
const definition = (change: object = {}) => ({
  id: 'blended',
  title: 'Blended',
  kind: 'blended',
  timezone: 'UTC',
  startsOn: iso(now - 20 * DAY).slice(0, 10),
  units: [
    { id: UNIT },
    session(MORNING, now - 5 * DAY),
    session(AFTERNOON, now - 5 * DAY + 4 * 3_600_000),
    session(TOMORROW, now + DAY),
    session(CANCELLED, now - 6 * DAY, { cancelled: true }),
  ],
  ...change,
});

describe('registers over HTTP', () => {
  let assidu: RunningAssidu;
  const to = (method: string, path: string, body?: unknown, headers = {}): Promise<Answer> =>
    assidu.request(method, `/api/v1/cohorts/blended/${path}`, body, headers);
  const rowsOf = async (query = '') => (await to('GET', `learners${query}`)).json;
  const row = async (name: string, query = '') =>
    (await rowsOf(query)).find(
      (each: { actor: { account: { name: string } } }) => each.actor.account.name === name,
    );
  const statusOf = async (name: string, id: string, query = '') =>
    (await row(name, query)).sessions.find((each: { id: string }) => each.id === id);

  beforeAll(async () => {
    assidu = await startAssidu();
    await assidu.request('PUT', '/api/v1/cohorts/blended', definition());
    await to(
      'POST',
      'enrolments',
      ['a', 'b', 'c', 'd'].map((name) => ({ actor: actor(name), enrolledAt: iso(now - 20 * DAY) })),
    );
  });
  afterAll(() => assidu.close());

  it('records entries; the same again records nothing', async () => {
    const entries = [
      { actor: actor('a'), session: MORNING, status: 'present' },
      { actor: actor('b'), session: MORNING, status: 'absent' },
      { actor: actor('c'), session: MORNING, status: 'excused' },
      { actor: actor('d'), session: MORNING, status: 'present', minutes: 30 },
      { actor: actor('a'), session: TOMORROW, status: 'excused' },
    ];
    expect((await to('POST', 'attendance', entries)).json).toEqual({ recorded: 5, unchanged: 0 });
    expect((await to('POST', 'attendance', entries)).json).toEqual({ recorded: 0, unchanged: 5 });
    expect(await statusOf('a', MORNING)).toMatchObject({ status: 'attended', minutes: 180 });
    expect(await statusOf('b', MORNING)).toMatchObject({ status: 'absent' });
    expect(await statusOf('c', MORNING)).toMatchObject({ status: 'excused' });
    expect(await statusOf('d', MORNING)).toMatchObject({ status: 'absent', minutes: 30 });
    expect((await to('GET', 'metrics')).json.attendance).toMatchObject({ held: 8, attended: 1, excused: 1 });
  });

  it('each entry is a statement of our own authority that says who recorded it', async () => {
    const query = `activity=${encodeURIComponent(MORNING)}&verb=${encodeURIComponent('http://adlnet.gov/expapi/verbs/attended')}`;
    const { statements } = (await assidu.request('GET', `/xapi/statements?${query}`)).json;
    const enrolmentIds = (await rowsOf()).map(({ enrolmentId }: { enrolmentId: string }) => enrolmentId);
    expect(statements).toHaveLength(2);
    for (const statement of statements) {
      expect(statement.authority.account).toEqual({ homePage: assidu.url, name: 'assidu' });
      expect(enrolmentIds).toContain(statement.context.registration);
      expect(statement.timestamp).toBe(iso(now - 5 * DAY + 3 * 3_600_000));
      expect(statement.object.definition.type).toBe('http://adlnet.gov/expapi/activities/meeting');
      expect(statement.context).not.toHaveProperty('instructor');
      expect(statement.context.extensions['urn:assidu:recorded']).toMatchObject({ way: 'api', name: 'test' });
    }
    expect(statements.map(({ result }: { result?: object }) => result)).toContainEqual({
      duration: 'PT1800S',
    });
  });

  it('lists what holds with who and when, by page', async () => {
    const first = await to('GET', `attendance?session=${encodeURIComponent(MORNING)}&limit=3`);
    expect(first.json).toHaveLength(3);
    const [, next = ''] = /<([^>]+)>; rel="next"/.exec(first.headers.get('link') ?? '') ?? [];
    const rest = await assidu.request('GET', next);
    const all = [...first.json, ...rest.json];
    expect(all.map(({ actor: { account } }) => account.name).sort()).toEqual(['a', 'b', 'c', 'd']);
    for (const each of all)
      expect(each).toMatchObject({
        session: MORNING,
        recordedBy: { way: 'api', name: 'test' },
        recordedAt: expect.stringMatching(/Z$/),
      });
    expect((await to('GET', 'attendance')).json).toHaveLength(5);
    expect((await to('GET', 'attendance?session=x')).status).toBe(400);
  });

  it('a correction holds from when it was recorded, and is known only then', async () => {
    const entry = { actor: actor('b'), session: AFTERNOON };
    await to('POST', 'attendance', [{ ...entry, status: 'absent' }]);
    const before = (await to('GET', 'attendance')).json.find(
      (each: { session: string }) => each.session === AFTERNOON,
    ).recordedAt;
    await to('POST', 'attendance', [{ ...entry, status: 'present' }]);
    expect(await statusOf('b', AFTERNOON)).toMatchObject({ status: 'attended' });
    expect(await statusOf('b', AFTERNOON, `?knownAt=${before}`)).toMatchObject({ status: 'absent' });
    await to('POST', 'attendance', [{ ...entry, status: 'absent' }]);
    expect(await statusOf('b', AFTERNOON)).toMatchObject({ status: 'absent' });
  });

  it('an entry taken out leaves what traces tell; it can be told again', async () => {
    const target = { actor: actor('d'), session: AFTERNOON };
    const told = [{ ...target, status: 'present' }];
    await to('POST', 'attendance', told);
    expect((await to('DELETE', 'attendance', [target])).json).toEqual({ recorded: 1, unchanged: 0 });
    expect((await to('DELETE', 'attendance', [target])).json).toEqual({ recorded: 0, unchanged: 1 });
    expect(await statusOf('d', AFTERNOON)).toMatchObject({ status: 'absent', minutes: 0 });
    expect((await to('POST', 'attendance', told)).json).toEqual({ recorded: 1, unchanged: 0 });
    expect(await statusOf('d', AFTERNOON)).toMatchObject({ status: 'attended' });
    await to('DELETE', 'attendance', [target]);
  });

  const faulty: readonly [string, object, string, RegExp][] = [
    ['a session nobody knows', { session: 'urn:x' }, '[1].session', /no session/],
    ['a unit that is no session', { session: UNIT }, '[1].session', /no session/],
    ['a cancelled session', { session: CANCELLED }, '[1].session', /cancelled/],
    ['a session that has not ended', { session: TOMORROW }, '[1].session', /not ended/],
    ['a stranger', { actor: actor('x') }, '[1].actor', /nobody enrolled/],
    ['no agent', { actor: { name: 'x' } }, '[1].actor', /./],
    ['a status nobody knows', { status: 'late' }, '[1].status', /./],
    ['minutes beyond the session', { minutes: 181 }, '[1].minutes', /at most 180/],
    ['negative minutes', { minutes: -1 }, '[1].minutes', /negative/],
    ['minutes of who was absent', { status: 'absent', minutes: 3 }, '[1].minutes', /present only/],
    ['an unknown field', { late: true }, '[1].late', /is not a field/],
  ];
  it.each(faulty)('refuses %s, and keeps nothing of the request', async (_, change, path, message) => {
    const entry = { actor: actor('c'), session: AFTERNOON, status: 'present' };
    const answer = await to('POST', 'attendance', [entry, { ...entry, actor: actor('d'), ...change }]);
    expect(answer.status).toBe(400);
    const fault = answer.json.errors.find((each: { path: string }) => each.path.startsWith(path));
    expect(fault?.message).toMatch(message);
    expect(await statusOf('c', AFTERNOON)).toMatchObject({ status: 'absent', minutes: 0 });
  });

  it.each([
    null,
    3,
    'x',
    {},
    [null],
    [[]],
    [{}],
    [{ actor: [], session: {}, status: 1 }],
    [{ minutes: '1' }],
  ])('answers %j with a problem', async (body) => {
    for (const path of ['attendance', 'waivers'])
      for (const method of ['POST', 'DELETE']) {
        const answer = await to(method, path, JSON.stringify(body));
        expect(answer.status).toBe(400);
        expect(answer.headers.get('content-type')).toContain('application/problem+json');
      }
  });

  it('refuses two entries that differ for one person and session, not the same twice', async () => {
    const entry = { actor: actor('c'), session: AFTERNOON, status: 'present' };
    const differing = await to('POST', 'attendance', [entry, { ...entry, status: 'excused' }]);
    expect(differing.json.errors).toMatchObject([{ path: '[1]' }]);
    expect((await to('POST', 'attendance', [entry, entry])).json).toEqual({ recorded: 1, unchanged: 1 });
  });

  it('two who record at once: one of them is the last', async () => {
    const entry = { actor: actor('b'), session: AFTERNOON };
    const told = ['present', 'excused', 'absent', 'present', 'excused'].map((status) => ({
      ...entry,
      status,
    }));
    const answers = await Promise.all(told.map((each) => to('POST', 'attendance', [each])));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    const entries = (await to('GET', `attendance?session=${encodeURIComponent(AFTERNOON)}`)).json;
    const held = entries.filter(
      (each: { actor: { account: { name: string } } }) => each.actor.account.name === 'b',
    );
    expect(held).toHaveLength(1);
    expect(await statusOf('b', AFTERNOON)).toMatchObject({
      status: { present: 'attended', absent: 'absent', excused: 'excused' }[String(held[0].status)],
    });
  });

  it('figures recomputed from the statements are the same', async () => {
    const instants = { asOf: Date.now(), knownAt: null };
    const { figures } = assidu.services;
    const [kept, recomputed] = [
      await figures.of('default', 'blended', instants),
      await figures.recomputed('default', 'blended', instants),
    ];
    expect(recomputed.rows).toEqual(kept.rows);
  });

  it('a moved session keeps its register; a cancelled one leaves the denominators', async () => {
    const at = now - 3 * DAY;
    const units = [
      { id: UNIT },
      session(MORNING, at),
      session(AFTERNOON, now - 4 * DAY, { cancelled: true }),
    ];
    await assidu.request('PUT', '/api/v1/cohorts/blended', definition({ units }));
    expect(await statusOf('a', MORNING)).toMatchObject({ status: 'attended' });
    expect((await to('GET', 'metrics')).json.attendance).toMatchObject({ held: 4, attended: 1, excused: 1 });
    await assidu.request('PUT', '/api/v1/cohorts/blended', definition());
  });

  it('needs the scope cohorts to write, and a key that reads to read', async () => {
    const reader = { authorization: await assidu.newKey(['all/read']) };
    expect((await to('GET', 'attendance', undefined, reader)).status).toBe(200);
    expect((await to('POST', 'attendance', [], reader)).status).toBe(403);
    expect((await to('DELETE', 'attendance', [], reader)).status).toBe(403);
    const stranger = { authorization: await assidu.newKey(['all', 'cohorts'], 'other') };
    expect((await to('GET', 'attendance', undefined, stranger)).status).toBe(404);
  });

  describe('waivers', () => {
    const waiver = { actor: actor('a'), unit: UNIT, reason: 'Equivalent elsewhere' };
    const unitOf = async () => (await row('a')).units[0];

    it('waive a unit; the same again records nothing; taken back it counts again', async () => {
      expect((await to('POST', 'waivers', [waiver])).json).toEqual({ recorded: 1, unchanged: 0 });
      expect((await to('POST', 'waivers', [waiver])).json).toEqual({ recorded: 0, unchanged: 1 });
      expect(await unitOf()).toMatchObject({ waived: true });
      expect((await to('GET', 'waivers')).json).toMatchObject([
        { ...waiver, recordedBy: { way: 'api', name: 'test' } },
      ]);
      const target = [{ actor: actor('a'), unit: UNIT }];
      expect((await to('DELETE', 'waivers', target)).json).toEqual({ recorded: 1, unchanged: 0 });
      expect((await to('DELETE', 'waivers', target)).json).toEqual({ recorded: 0, unchanged: 1 });
      expect(await unitOf()).toMatchObject({ waived: false, satisfiedAt: null });
      expect((await to('POST', 'waivers', [waiver])).json).toEqual({ recorded: 1, unchanged: 0 });
      expect(await unitOf()).toMatchObject({ waived: true });
    });

    it('count in a closed cohort too', async () => {
      const closed = definition({
        id: 'closed',
        startsOn: iso(now - 40 * DAY).slice(0, 10),
        endsOn: iso(now - 30 * DAY).slice(0, 10),
        units: [{ id: `${UNIT}0` }],
      });
      await assidu.request('PUT', '/api/v1/cohorts/closed', closed);
      const at = (path: string, body?: unknown) =>
        assidu.request(body === undefined ? 'GET' : 'POST', `/api/v1/cohorts/closed/${path}`, body);
      await at('enrolments', [{ actor: actor('z'), enrolledAt: iso(now - 40 * DAY) }]);
      await at('waivers', [{ actor: actor('z'), unit: `${UNIT}0`, reason: 'Did it before' }]);
      expect((await at('learners')).json).toMatchObject([{ units: [{ waived: true }] }]);
    });

    it.each([
      ['an unknown unit', { unit: 'urn:x' }, '[0].unit'],
      ['a stranger', { actor: actor('x') }, '[0].actor'],
      ['no reason', { reason: ' ' }, '[0].reason'],
    ])('refuse %s', async (_, change, path) => {
      const answer = await to('POST', 'waivers', [{ ...waiver, ...change }]);
      expect(answer.status).toBe(400);
      expect(answer.json.errors).toMatchObject([{ path }]);
    });
  });
});
