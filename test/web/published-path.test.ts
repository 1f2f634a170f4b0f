import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { account, definition } from '../api/definition.ts';
import { type RunningAssidu, startAssidu } from '../support/start-assidu.ts';
import { idsOf, statement } from '../xapi/statements.ts';

/** The product behind a proxy that publishes it under a path, and strips that path from requests. */
let assidu: RunningAssidu;
beforeAll(async () => {
  assidu = await startAssidu({ publicUrl: 'https://example.org/training/assidu' });
});
afterAll(() => assidu.close());

/** A request to the published address, by way of the proxy. */
const ask = (published: string) => {
  expect(published).toMatch(/^\/training\/assidu\//);
  return assidu.request('GET', published.replace('/training/assidu', ''));
};

describe('behind a proxy that adds a path', () => {
  it('the next page of statements is found at the published address', async () => {
    const sent = [statement(), statement(), statement()];
    await assidu.request('POST', '/xapi/statements', sent);
    const first = await ask('/training/assidu/xapi/statements?limit=2&ascending=true');
    expect(first.json.more).toMatch(/^\/training\/assidu\/xapi\/statements\?/);
    const second = await ask(first.json.more);
    expect([...idsOf(first), ...idsOf(second)]).toEqual(sent.map(({ id }) => id));
    expect(second.json.more).toBe('');
  });

  it('so it is after an alternate request', async () => {
    const form = { Authorization: assidu.authorization, 'X-Experience-API-Version': '1.0.3', limit: '1' };
    const response = await fetch(`${assidu.url}/xapi/statements?method=GET`, {
      method: 'POST',
      body: new URLSearchParams(form),
    });
    const next = await ask((await response.json()).more);
    expect(idsOf(next)).toHaveLength(1);
  });

  it('so is the next page of a list of the API', async () => {
    await assidu.request('PUT', '/api/v1/cohorts/class-9', definition());
    await assidu.request(
      'POST',
      '/api/v1/cohorts/class-9/enrolments',
      ['1', '2'].map((name) => ({ actor: account(name), enrolledAt: '2026-09-07T08:00:00Z' })),
    );
    const first = await ask('/training/assidu/api/v1/cohorts/class-9/learners?limit=1');
    const [, next = ''] = /<([^>]+)>; rel="next"/.exec(first.headers.get('Link') ?? '') ?? [];
    const second = await ask(next);
    expect([first.json.length, second.json.length]).toEqual([1, 1]);
    expect(second.json[0].enrolmentId).not.toBe(first.json[0].enrolmentId);
    expect(second.headers.get('Link')).toBeNull();
  });
});
