import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { KeyScope } from '../../src/storage/ports/key-store.ts';
import { createApi } from '../../src/web/api/create-api.ts';
import { type RunningAssidu, startAssidu } from '../support/start-assidu.ts';
import { account, definition } from './definition.ts';

let assidu: RunningAssidu;
beforeAll(async () => {
  assidu = await startAssidu();
  await assidu.request('PUT', '/api/v1/cohorts/class-9', definition());
});
afterAll(() => assidu.close());

const entries = [{ actor: account('1') }];
const READING = [
  ['GET', '/cohorts'],
  ['GET', '/cohorts/class-9'],
  ['GET', '/cohorts/class-9/metrics'],
  ['GET', '/cohorts/class-9/learners'],
] as const;
const WRITING = [
  ['PUT', '/cohorts/class-9', definition()],
  ['POST', '/cohorts/class-9/enrolments', entries],
] as const;
const ask = async (
  [method, path, body]: readonly [string, string, unknown?],
  headers: Record<string, string>,
) => {
  const answer = await assidu.request(method, `/api/v1${path}`, body, headers);
  return answer.status;
};

describe('keys of the API', () => {
  it('are needed for every route but the description', async () => {
    for (const route of [...READING, ...WRITING, ['DELETE', '/cohorts/class-9'] as const])
      expect(await ask(route, { authorization: '' }), route.join(' ')).toBe(401);
    expect(await ask(['GET', '/openapi.json'], { authorization: '' })).toBe(200);
    const { headers } = await assidu.request('GET', '/api/v1/cohorts', undefined, { authorization: '' });
    expect(headers.get('WWW-Authenticate')).toMatch(/^Basic/);
  });

  it.each<[KeyScope, number, number]>([
    ['cohorts', 200, 200],
    ['all', 200, 403],
    ['all/read', 200, 403],
    ['statements/read', 403, 403],
    ['statements/write', 403, 403],
    ['profile', 403, 403],
  ])('with the scope %s: reading answers %i, changing %i', async (scope, reading, writing) => {
    const authorization = await assidu.newKey([scope]);
    for (const route of READING) expect(await ask(route, { authorization }), route.join(' ')).toBe(reading);
    for (const route of WRITING)
      expect(await ask(route, { authorization }), route.slice(0, 2).join(' ')).toBe(writing);
    if (writing === 403) expect(await ask(['DELETE', '/cohorts/class-9'], { authorization })).toBe(403);
  });

  it('of another organisation find nothing, change nothing, and may use the same names', async () => {
    const authorization = await assidu.newKey(['cohorts', 'all'], 'elsewhere');
    for (const route of [...READING.slice(1), ['POST', '/cohorts/class-9/enrolments', entries] as const])
      expect(await ask(route, { authorization }), route.join(' ')).toBe(404);
    expect(await ask(['DELETE', '/cohorts/class-9'], { authorization })).toBe(404);
    const list = await assidu.request('GET', '/api/v1/cohorts', undefined, { authorization });
    expect(list.json).toEqual([]);
    expect(await ask(['PUT', '/cohorts/class-9', definition({ graceDays: 99 })], { authorization })).toBe(
      201,
    );
    expect((await assidu.request('GET', '/api/v1/cohorts/class-9')).json.graceDays).toBe(7);
  });
});

describe('what is not there', () => {
  it.each(['', '/metrics', '/learners'])(
    'an unknown cohort answers 404: GET /cohorts/nowhere%s',
    async (rest) => {
      const { status, json } = await assidu.request('GET', `/api/v1/cohorts/nowhere${rest}`);
      expect([status, json.type]).toEqual([404, 'urn:assidu:problem:not-found']);
    },
  );

  it('an unknown route answers 404 as a problem, and names no secret of the server', async () => {
    const { status, json, headers } = await assidu.request('GET', '/api/v1/nothing');
    expect([status, json.status]).toEqual([404, 404]);
    expect(headers.get('x-powered-by')).toBeNull();
  });

  it('an address that cannot be decoded is the request’s fault', async () => {
    expect((await assidu.request('GET', '/api/v1/cohorts/%E0%A4%A')).status).toBe(400);
  });
});

describe('GET /openapi.json', () => {
  const operation = z.object({
    summary: z.string().min(1),
    parameters: z
      .array(z.object({ name: z.string(), in: z.enum(['query', 'path']), schema: z.object({}) }))
      .optional(),
    requestBody: z
      .object({ required: z.boolean(), content: z.record(z.string(), z.object({ schema: z.object({}) })) })
      .optional(),
    responses: z.record(z.string().regex(/^(\d{3}|default)$/), z.object({ description: z.string() })),
  });
  const document = z.object({
    openapi: z.string().regex(/^3\.1\.\d+$/),
    info: z.object({ title: z.string(), version: z.string() }),
    servers: z.array(z.object({ url: z.string() })),
    paths: z.record(
      z.string().startsWith('/'),
      z.strictObject({
        parameters: operation.shape.parameters,
        get: operation.optional(),
        put: operation.optional(),
        post: operation.optional(),
        patch: operation.optional(),
        delete: operation.optional(),
      }),
    ),
  });
  const described = async () => document.parse((await assidu.request('GET', '/api/v1/openapi.json')).json);

  it('is of the structure of OpenAPI 3.1, every path parameter declared', async () => {
    for (const [path, item] of Object.entries((await described()).paths)) {
      const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      const declared = (item.parameters ?? []).filter((each) => each.in === 'path').map(({ name }) => name);
      expect(declared, path).toEqual(named);
    }
  });

  it('describes the routes that are served, and no others', async () => {
    const methods = ['get', 'put', 'post', 'patch', 'delete'] as const;
    const listed = Object.entries((await described()).paths).flatMap(([path, item]) =>
      methods
        .filter((method) => item[method] !== undefined)
        .map((method) => `${method.toUpperCase()} ${path}`),
    );
    const served = createApi(assidu.services).stack.flatMap(({ route }) =>
      (route?.stack ?? []).map(
        ({ method }) => `${method.toUpperCase()} ${route?.path.replace(/:(\w+)/g, '{$1}')}`,
      ),
    );
    expect(listed.sort()).toEqual([...new Set(served)].sort());
    expect(listed).toEqual(
      expect.arrayContaining(
        [...READING, ...WRITING].map(([method, path]) => `${method} ${path.replace('class-9', '{id}')}`),
      ),
    );
  });

  it('lists the parameters that a route takes', async () => {
    const { paths } = await described();
    const names = (path: string) => paths[path]?.get?.parameters?.map(({ name }) => name).sort();
    expect(names('/cohorts')).toEqual(['cursor', 'limit']);
    expect(names('/cohorts/{id}/metrics')).toEqual(['asOf', 'knownAt']);
    expect(names('/cohorts/{id}/learners')).toEqual(['alert', 'asOf', 'cursor', 'knownAt', 'limit', 'state']);
  });
});
