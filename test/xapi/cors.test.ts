import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningAssidu, startAssidu } from '../support/start-assidu.ts';
import { query, statement } from './statements.ts';

let assidu: RunningAssidu;
beforeAll(async () => {
  assidu = await startAssidu();
});
afterAll(() => assidu.close());

const ORIGIN = 'https://content.example.org';
const asking = (path: string, headers: Record<string, string> = {}) =>
  fetch(`${assidu.url}${path}`, {
    method: 'OPTIONS',
    headers: {
      Origin: ORIGIN,
      'Access-Control-Request-Method': 'PUT',
      'Access-Control-Request-Headers': 'authorization,content-type,x-experience-api-version',
      ...headers,
    },
  });
const listIn = (headers: Headers, name: string) =>
  (headers.get(name) ?? '').split(',').map((each) => each.trim().toLowerCase());

describe('a browser that asks beforehand', () => {
  it.each([
    '/statements',
    '/statements?statementId=1',
    '/activities/state',
    '/agents/profile',
    '/about',
    '/nothing',
  ])('is answered without a key and without a version: %s', async (path) => {
    const { status, headers } = await asking(`/xapi${path}`);
    expect(status).toBe(204);
    expect(headers.get('Access-Control-Allow-Origin')).toBe('*');
    expect(headers.get('Access-Control-Allow-Credentials')).toBeNull();
    expect(listIn(headers, 'Access-Control-Allow-Methods')).toEqual(
      expect.arrayContaining(['get', 'head', 'put', 'post', 'delete']),
    );
    expect(listIn(headers, 'Access-Control-Allow-Headers')).toEqual(
      expect.arrayContaining([
        'authorization',
        'content-type',
        'content-length',
        'if-match',
        'if-none-match',
        'accept-language',
        'x-experience-api-version',
        'x-experience-api-hash',
      ]),
    );
    expect(Number(headers.get('Access-Control-Max-Age'))).toBeGreaterThan(0);
  });
});

describe('an answer of the LRS', () => {
  it('may be read from any origin, with the headers of xAPI', async () => {
    const sent = statement();
    const posted = await assidu.request('POST', '/xapi/statements', sent, { Origin: ORIGIN });
    const read = await query(assidu, { statementId: sent.id }, { Origin: ORIGIN });
    for (const { status, headers } of [posted, read]) {
      expect([status, headers.get('Access-Control-Allow-Origin')]).toEqual([200, '*']);
      expect(listIn(headers, 'Access-Control-Expose-Headers')).toEqual(
        expect.arrayContaining([
          'etag',
          'last-modified',
          'retry-after',
          'x-experience-api-version',
          'x-experience-api-consistent-through',
          'x-assidu-quarantined',
        ]),
      );
    }
  });

  it('may be read when it is a refusal, so that content can say why', async () => {
    const faulty = { ...statement(), verb: 'did' };
    const refusals = [
      await assidu.request('POST', '/xapi/statements', faulty, { Origin: ORIGIN }),
      await assidu.request('GET', '/xapi/statements', undefined, { Origin: ORIGIN, authorization: '' }),
      await assidu.request('GET', '/xapi/nothing', undefined, { Origin: ORIGIN }),
    ];
    expect(refusals.map(({ status }) => status)).toEqual([400, 401, 404]);
    for (const { headers } of refusals) expect(headers.get('Access-Control-Allow-Origin')).toBe('*');
  });

  it('is the same to whoever names no origin', async () => {
    expect((await query(assidu, { limit: '1' })).headers.get('Access-Control-Allow-Origin')).toBe('*');
  });
});

describe('the API and the pages', () => {
  it.each(['/api/v1/cohorts', '/api/v1/content-keys', '/app/', '/lti/login'])(
    'are not for other origins: %s',
    async (path) => {
      for (const { headers } of [
        await asking(path),
        await assidu.request('GET', path, undefined, { Origin: ORIGIN }),
      ])
        expect(headers.get('Access-Control-Allow-Origin')).toBeNull();
    },
  );
});
