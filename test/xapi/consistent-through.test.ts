import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createConsistency } from '../../xapi/resources/consistent-through.ts';
import { type RunningAssidu, startAssidu } from '../support/start-assidu.ts';
import { statement } from './statements.ts';

let assidu: RunningAssidu;
beforeAll(async () => {
  assidu = await startAssidu();
});
afterAll(() => assidu.close());

const HEADER = 'X-Experience-API-Consistent-Through';

describe('every answer of the statement resource says through when it is consistent (1.0.3 Communication 2.1.3)', () => {
  const one = statement();
  const path = '/xapi/statements';
  const put = `${path}?statementId=${one.id}`;

  it.each<{
    readonly to: string;
    readonly status: number;
    readonly method: string;
    readonly address?: string;
    readonly body?: unknown;
    readonly headers?: Readonly<Record<string, string>>;
  }>([
    { to: 'PUT', status: 204, method: 'PUT', address: put, body: one },
    { to: 'POST', status: 200, method: 'POST', body: [statement()] },
    {
      to: 'POST that goes by Express',
      status: 200,
      method: 'POST',
      body: [statement()],
      headers: { 'content-type': 'application/json; charset="utf-8"' },
    },
    {
      to: 'an alternate GET',
      status: 200,
      method: 'POST',
      address: `${path}?method=GET`,
      body: 'limit=1',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    },
    { to: 'what is no statement', status: 400, method: 'POST', body: [{}] },
    { to: 'an unknown parameter', status: 400, method: 'GET', address: `${path}?Agent=1` },
    { to: 'no version', status: 400, method: 'GET', headers: { 'X-Experience-API-Version': '' } },
    { to: 'no credentials', status: 401, method: 'GET', headers: { authorization: '' } },
    { to: 'a writer of no name', status: 401, method: 'POST', body: [one], headers: { authorization: '' } },
    { to: 'an unknown id', status: 404, method: 'HEAD', address: `${path}?statementId=${randomUUID()}` },
    { to: 'the id of another', status: 409, method: 'PUT', address: put, body: { ...one, result: {} } },
  ])('to $to: $status', async ({ status, method, address = path, body, headers }) => {
    const before = Date.now();
    const answer = await assidu.request(method, address, body, headers);
    expect(answer.status).toBe(status);
    const through = Date.parse(answer.headers.get(HEADER) ?? '');
    expect(through).toBeGreaterThan(before - 10_001);
    expect(through).toBeLessThanOrEqual(Date.now());
  });

  it('also to a key that may not read', async () => {
    const authorization = await assidu.newKey(['statements/write']);
    const { status, headers } = await assidu.request('GET', path, undefined, { authorization });
    expect([status, headers.has(HEADER)]).toEqual([403, true]);
  });
});

describe('what was known lately', () => {
  const START = Date.UTC(2026, 0, 5);
  const opened = () => {
    const world = { at: START, marks: 0, fails: false };
    const mark = async () => {
      world.marks += 1;
      if (world.fails) throw new Error('the store is away');
      return world.at + 1;
    };
    const head = async () => {
      if (world.fails) throw new Error('the store is away');
      return { seq: 1, stored: START };
    };
    return { world, consistency: createConsistency({ mark, head }, () => world.at) };
  };
  const text = (at: number) => new Date(at).toISOString();

  it('is asked for once a second at most, however many ask', async () => {
    const { world, consistency } = opened();
    const all = await Promise.all(Array.from({ length: 50 }, () => consistency.lately()));
    expect(new Set(all)).toEqual(new Set([text(START)]));
    world.at += 1_000;
    expect(await consistency.lately()).toBe(text(START));
    expect(world.marks).toBe(1);
  });

  it('is not waited for while it is recent, and is waited for when it is not', async () => {
    const { world, consistency } = opened();
    await consistency.lately();
    world.at += 5_000;
    expect(await consistency.lately()).toBe(text(START));
    await expect.poll(() => consistency.lately()).toBe(text(START + 5_000));
    world.at += 60_000;
    expect(await consistency.lately()).toBe(text(START + 65_000));
  });

  it('is what it was while the store is away, and nothing when it never said', async () => {
    const { world, consistency } = opened();
    world.fails = true;
    expect(await consistency.lately()).toBeNull();
    world.fails = false;
    await consistency.lately();
    world.fails = true;
    world.at += 60_000;
    expect(await consistency.lately()).toBe(text(START));
  });
});
