import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningAssidu, startAssidu } from '../support/start-assidu.ts';
import { idsOf, kept, type Loose, query, statement } from './statements.ts';

const ACTIVITY = 'https://content.example.org/au/1';
const LEARNER = { objectType: 'Agent', account: { homePage: 'https://lms.example.org', name: '7' } };
const OTHER = { account: { homePage: 'https://lms.example.org', name: '8' } };
const REGISTRATION = randomUUID();

let assidu: RunningAssidu;
let now = Date.UTC(2026, 0, 5);
/** A key bound to the learner and the registration, and one bound to the learner only. */
let bound: string;
let free: string;

const basic = ({ key, secret }: { key: string; secret: string }) =>
  `Basic ${Buffer.from(`${key}:${secret}`).toString('base64')}`;
const issue = async (body: Loose) => {
  const { status, json } = await assidu.request('POST', '/api/v1/content-keys', body);
  expect(status).toBe(201);
  return basic(json);
};
beforeAll(async () => {
  assidu = await startAssidu({ clock: () => now });
  // However the registration is written.
  bound = await issue({ actor: { name: 'Anna', ...LEARNER }, registration: REGISTRATION.toUpperCase() });
  free = await issue({ actor: LEARNER });
});
afterAll(() => assidu.close());

const own = (changes: Loose = {}) =>
  statement({ actor: LEARNER, context: { registration: REGISTRATION }, ...changes });
const send = (body: unknown, authorization = bound) =>
  assidu.request('POST', '/xapi/statements', body, { authorization });
const document = (
  method: string,
  resource: string,
  parameters: Record<string, string>,
  authorization = bound,
) =>
  assidu.request(
    method,
    `/xapi/${resource}?${new URLSearchParams(parameters)}`,
    method === 'PUT' || method === 'POST' ? { page: 3 } : undefined,
    { authorization, ...(method === 'PUT' ? { 'If-None-Match': '*' } : {}) },
  );
const state = (changes: Record<string, string> = {}) => ({
  activityId: ACTIVITY,
  agent: JSON.stringify(LEARNER),
  stateId: 'bookmark',
  registration: REGISTRATION,
  ...changes,
});

describe('what a key for content writes', () => {
  it('is about its learner and its registration, with the authority of the key', async () => {
    const said = [own(), own({ context: { registration: REGISTRATION.toUpperCase() } })];
    expect((await send(said)).status).toBe(200);
    expect(await kept(assidu, ...said)).toEqual([true, true]);
    const { json } = await query(assidu, { statementId: String(said[0]?.id) });
    expect(json.authority.name).toBe('content');
    expect((await send(statement({ actor: LEARNER }), free)).status).toBe(200);
    expect((await send(own(), free)).status).toBe(200);
  });

  it.each<[string, Loose, string]>([
    ['another actor', { actor: OTHER }, 'actor'],
    ['a group with the identifier', { actor: { ...LEARNER, objectType: 'Group' } }, 'actor'],
    ['a group of that learner', { actor: { objectType: 'Group', member: [LEARNER] } }, 'actor'],
    ['another registration', { context: { registration: randomUUID() } }, 'context.registration'],
    ['a context without registration', { context: { platform: 'H5P' } }, 'context.registration'],
    ['no context', { context: undefined }, 'context.registration'],
    [
      'voiding',
      {
        verb: { id: 'http://adlnet.gov/expapi/verbs/voided' },
        object: { objectType: 'StatementRef', id: randomUUID() },
      },
      'verb',
    ],
  ])('is refused with 403 naming the property: %s', async (_, changes, path) => {
    const [good, bad] = [own(), own(changes)];
    const one = await send(bad);
    expect([one.status, one.json.errors[0].path]).toEqual([403, path]);
    const both = await send([good, bad]);
    expect([both.status, both.json.errors[0].path]).toEqual([403, `[1].${path}`]);
    expect((await send([bad])).json.errors[0].path).toBe(`[0].${path}`);
    expect(await kept(assidu, good, bad)).toEqual([false, false]);
  });

  it('is refused whole also where faulty statements are skipped', async () => {
    const batch = [own(), { ...own(), verb: 'did' }, own({ actor: OTHER })];
    const path = '/xapi/statements?assidu:onInvalid=skip';
    const answer = await assidu.request('POST', path, batch, { authorization: bound });
    expect([answer.status, answer.json.errors[0].path]).toEqual([403, '[2].actor']);
  });

  it('cannot be written for another by PUT or by an alternate request either', async () => {
    const bad = own({ actor: OTHER });
    const path = `/xapi/statements?statementId=${bad.id}`;
    expect((await assidu.request('PUT', path, bad, { authorization: bound })).status).toBe(403);
    const response = await fetch(`${assidu.url}/xapi/statements?method=POST`, {
      method: 'POST',
      body: new URLSearchParams({
        Authorization: bound,
        'X-Experience-API-Version': '1.0.3',
        content: JSON.stringify(bad),
      }),
    });
    expect(response.status).toBe(403);
  });
});

describe('what a key for content reads', () => {
  it('is the statements it wrote, and no others of the same learner', async () => {
    const [mine, foreign] = [own(), own()];
    const authorization = await issue({ actor: LEARNER, registration: REGISTRATION });
    await send(mine, authorization);
    await assidu.request('POST', '/xapi/statements', foreign);
    expect(idsOf(await query(assidu, { limit: '50' }, { authorization }))).toEqual([mine.id]);
    expect((await query(assidu, { statementId: foreign.id }, { authorization })).status).toBe(404);
  });

  it('is the person of its learner only', async () => {
    const person = (agent: object) => document('GET', 'agents', { agent: JSON.stringify(agent) });
    expect((await person(LEARNER)).status).toBe(200);
    const refused = await person(OTHER);
    expect([refused.status, refused.json.errors[0].path]).toEqual([403, 'agent']);
    expect((await document('GET', 'activities', { activityId: ACTIVITY })).status).toBe(200);
  });
});

describe('the documents of a key for content', () => {
  it('are the states of its learner and registration', async () => {
    expect((await document('PUT', 'activities/state', state())).status).toBe(204);
    expect((await document('GET', 'activities/state', state())).json).toEqual({ page: 3 });
    expect((await document('DELETE', 'activities/state', state())).status).toBe(204);
  });

  it('are its learner’s states without a registration too, and any registration’s where it is bound to none', async () => {
    const { registration: _, ...without } = state({ stateId: 'settings' });
    expect((await document('PUT', 'activities/state', without)).status).toBe(204);
    expect((await document('GET', 'activities/state', without, free)).status).toBe(200);
    expect(
      (await document('POST', 'activities/state', state({ registration: randomUUID() }), free)).status,
    ).toBe(204);
  });

  it.each(['GET', 'PUT', 'POST', 'DELETE'])(
    'are not those of another learner or registration: %s',
    async (method) => {
      const other = await document(method, 'activities/state', state({ agent: JSON.stringify(OTHER) }));
      expect([other.status, other.json.errors[0].path]).toEqual([403, 'agent']);
      const elsewhere = await document(method, 'activities/state', state({ registration: randomUUID() }));
      expect([elsewhere.status, elsewhere.json.errors[0].path]).toEqual([403, 'registration']);
      const profile = { agent: JSON.stringify(OTHER), profileId: 'cmi5LearnerPreferences' };
      const foreign = await document(method, 'agents/profile', profile);
      expect([foreign.status, foreign.json.errors[0].path]).toEqual([403, 'agent']);
    },
  );

  it('are not wiped out all at once', async () => {
    const { stateId: _, ...all } = state();
    const refused = await document('DELETE', 'activities/state', all);
    expect([refused.status, refused.json.errors[0].path]).toEqual([403, 'stateId']);
    expect((await document('GET', 'activities/state', all)).status).toBe(200);
  });

  it('are what cmi5 needs: launch data to read, the learner’s preferences to read and write', async () => {
    const launch = state({ stateId: 'LMS.LaunchData' });
    await document('PUT', 'activities/state', launch, assidu.authorization);
    expect((await document('GET', 'activities/state', launch)).json).toEqual({ page: 3 });
    for (const method of ['PUT', 'POST', 'DELETE']) {
      const refused = await document(method, 'activities/state', launch);
      expect([refused.status, refused.json.errors[0].path]).toEqual([403, 'stateId']);
    }
    const preferences = { agent: JSON.stringify(LEARNER), profileId: 'cmi5LearnerPreferences' };
    expect((await document('GET', 'agents/profile', preferences)).status).toBe(404);
    expect((await document('PUT', 'agents/profile', preferences)).status).toBe(204);
    expect((await document('GET', 'agents/profile', preferences)).json).toEqual({ page: 3 });
  });

  it('are activity profiles to read, not to write', async () => {
    const profile = { activityId: ACTIVITY, profileId: 'settings' };
    await document('PUT', 'activities/profile', profile, assidu.authorization);
    expect((await document('GET', 'activities/profile', profile)).json).toEqual({ page: 3 });
    for (const method of ['PUT', 'POST', 'DELETE']) {
      const refused = await document(method, 'activities/profile', profile);
      expect([refused.status, refused.json.errors[0].path]).toEqual([403, 'activityId']);
    }
  });
});

describe('a key for content', () => {
  it('opens nothing of the API, and makes no other keys', async () => {
    for (const [method, path] of [
      ['GET', '/cohorts'],
      ['POST', '/content-keys'],
    ] as const) {
      const answer = await assidu.request(
        method,
        `/api/v1${path}`,
        method === 'POST' ? { actor: LEARNER } : undefined,
        { authorization: free },
      );
      expect(answer.status).toBe(403);
    }
  });

  it('is of no use after its end, nor once it is revoked', async () => {
    const short = await issue({ actor: LEARNER, lifetimeMinutes: 1 });
    expect((await send(own(), short)).status).toBe(200);
    now += 60_000;
    expect((await send(own(), short)).json.detail).toMatch(/expired/);
    const revoked = await issue({ actor: LEARNER });
    const [user = ''] = Buffer.from(revoked.slice(6), 'base64').toString().split(':');
    await assidu.services.storage.keys.revoke('default', user, now);
    expect((await send(own(), revoked)).status).toBe(401);
  });
});
