import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningAssidu, startAssidu } from '../support/start-assidu.ts';
import { idsOf, kept, query, statement } from './statements.ts';

const START = Date.UTC(2026, 0, 5);
let assidu: RunningAssidu;
let now = START;
beforeAll(async () => {
  assidu = await startAssidu({ clock: () => now });
});
afterAll(() => assidu.close());

const get = (path: string, authorization: string) =>
  assidu.request('GET', path, undefined, { authorization });
const send = (body: unknown, authorization: string) =>
  assidu.request('POST', '/xapi/statements', body, { authorization });
const limited = (requestsPerMinute: number | null, statementsPerMinute: number | null) =>
  assidu.newKey(['all', 'cohorts'], 'default', { limits: { requestsPerMinute, statementsPerMinute } });

describe('a key with an end', () => {
  it('works until then, and is told afterwards that it expired', async () => {
    const authorization = await assidu.newKey(['all'], 'default', { expiresAt: now + 60_000 });
    now += 59_999;
    expect((await get('/xapi/statements?limit=1', authorization)).status).toBe(200);
    now += 1;
    for (const path of ['/xapi/statements?limit=1', '/api/v1/cohorts']) {
      const { status, json, headers } = await get(path, authorization);
      expect([status, json.type]).toEqual([401, 'urn:assidu:problem:unauthorized']);
      expect(json.detail).toMatch(/expired at 2026-01-05T00:01:00\.000Z/);
      expect(headers.get('WWW-Authenticate')).toMatch(/^Basic/);
    }
  });

  it('tells so to nobody without the secret', async () => {
    const authorization = await assidu.newKey(['all'], 'default', { expiresAt: now + 1 });
    now += 2;
    const [user] = Buffer.from(authorization.slice(6), 'base64').toString().split(':');
    const wrong = `Basic ${Buffer.from(`${user}:wrong`).toString('base64')}`;
    expect((await get('/xapi/statements', wrong)).json.detail).not.toMatch(/expired at/);
  });
});

describe('a key with limits', () => {
  it('answers 429 with Retry-After beyond its requests, counted over the LRS and the API together', async () => {
    const authorization = await limited(3, null);
    for (const path of ['/xapi/statements?limit=1', '/api/v1/cohorts', '/xapi/agents?agent=none'])
      expect((await get(path, authorization)).status, path).not.toBe(429);
    for (const path of ['/xapi/statements?limit=1', '/api/v1/cohorts']) {
      const { status, json, headers } = await get(path, authorization);
      expect([status, json.type, json.status]).toEqual([429, 'urn:assidu:problem:too-many-requests', 429]);
      expect([headers.get('Retry-After'), headers.get('Content-Type')]).toEqual([
        '20',
        expect.stringMatching(/^application\/problem\+json/),
      ]);
    }
    now += 20_000;
    expect((await get('/api/v1/cohorts', authorization)).status).toBe(200);
  });

  it('counts statements before any is kept, and keeps none of what it refuses', async () => {
    const authorization = await limited(null, 4);
    const [first, second] = [
      [statement(), statement(), statement()],
      [statement(), statement()],
    ];
    expect((await send(first, authorization)).status).toBe(200);
    const refused = await send(second, authorization);
    expect([refused.status, refused.headers.get('Retry-After')]).toEqual([429, '15']);
    expect(await kept(assidu, ...second)).toEqual([false, false]);
    expect((await send(statement(), authorization)).status).toBe(200);
    const id = statement().id;
    const put = await assidu.request('PUT', `/xapi/statements?statementId=${id}`, statement({ id }), {
      authorization,
    });
    expect(put.status).toBe(429);
    now += 30_000;
    expect((await send(second, authorization)).status).toBe(200);
  });

  it('takes a batch greater than the limit after a full wait', async () => {
    const authorization = await limited(null, 2);
    const batch = Array.from({ length: 5 }, () => statement());
    expect((await send(batch, authorization)).status).toBe(200);
    const again = await send(batch, authorization);
    expect([again.status, again.headers.get('Retry-After')]).toEqual([429, '150']);
    now += 150_000;
    expect((await send(batch, authorization)).status).toBe(200);
  });

  it('does not count faulty statements, nor hold other keys back', async () => {
    const [one, two] = [await limited(null, 1), await limited(null, 1)];
    expect((await send({ ...statement(), verb: 'did' }, one)).status).toBe(400);
    expect((await send(statement(), one)).status).toBe(200);
    expect((await send(statement(), one)).status).toBe(429);
    expect((await send(statement(), two)).status).toBe(200);
    expect(idsOf(await query(assidu, { limit: '1' }))).toHaveLength(1);
  });
});
