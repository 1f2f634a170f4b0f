import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { KeyScope } from '../../src/storage/ports/key-store.ts';
import { type Answer, type RunningAssidu, startAssidu } from '../support/start-assidu.ts';

export type Parameters = Readonly<Record<string, string>>;
type Headers = Readonly<Record<string, string>>;

export const SECOND: Headers = { 'X-Experience-API-Version': '2.0.0' };
export const NEW: Headers = { 'If-None-Match': '*' };

/** The agent parameter of someone no other test uses. */
export function someone(): string {
  return JSON.stringify({ mbox: `mailto:${randomUUID()}@example.org` });
}

export const etagOf = (content: string): string => `"${createHash('sha1').update(content).digest('hex')}"`;

/** The product, and requests to one of its document resources. */
export interface DocumentSubject {
  readonly path: string;
  readonly assidu: () => RunningAssidu;
  send(method: string, parameters: Parameters, body?: unknown, headers?: Headers): Promise<Answer>;
}

/** Starts the product for a file of tests. */
export function documentSubject(path: string): DocumentSubject {
  let running: RunningAssidu | undefined;
  const assidu = () => {
    if (!running) throw new Error('the product does not run yet');
    return running;
  };
  beforeAll(async () => {
    running = await startAssidu();
  });
  afterAll(() => running?.close());
  return {
    path,
    assidu,
    send: (method, parameters, body, headers) =>
      assidu().request(method, `${path}?${new URLSearchParams(parameters)}`, body, headers),
  };
}

/** What state, activity profile and agent profile have in common (xAPI 1.0.3 Communication 2.2, 3.1). */
export function describeDocuments(
  { path, send, assidu }: DocumentSubject,
  resource: {
    /** Parameters of a context that no other test uses, without the document's id. */
    readonly context: () => Parameters;
    readonly id: 'stateId' | 'profileId';
    readonly scope: 'state' | 'profile';
  },
): void {
  const fresh = (): Parameters => ({ ...resource.context(), [resource.id]: randomUUID() });
  const made = async (body: unknown, headers: Headers = {}): Promise<Parameters> => {
    const parameters = fresh();
    const answer = await send('PUT', parameters, body, { ...NEW, ...headers });
    expect([answer.status, answer.text]).toEqual([204, '']);
    return parameters;
  };

  describe('a document', () => {
    it('comes back as it was put, with its type, its tag and when it changed', async () => {
      const before = Math.floor(Date.now() / 1000) * 1000;
      const content = '{ "page":\t12.50, "page": 3 }\n';
      const parameters = await made(content, { 'content-type': 'application/json;charset=UTF-8' });
      const { status, text, headers } = await send('GET', parameters);
      expect([status, text]).toEqual([200, content]);
      expect(headers.get('content-type')).toBe('application/json;charset=UTF-8');
      expect(headers.get('etag')).toBe(etagOf(content));
      expect(Date.parse(headers.get('last-modified') ?? '')).toBeGreaterThanOrEqual(before);
      expect(headers.get('x-experience-api-version')).toBe('1.0.3');
    });

    it('may be of any type, bytes included', async () => {
      const bytes = Uint8Array.from([0, 159, 146, 150, 255]);
      const parameters = fresh();
      const { url, authorization } = assidu();
      const address = `${url}${path}?${new URLSearchParams(parameters)}`;
      const headers = { authorization, 'X-Experience-API-Version': '1.0.3' };
      const put = await fetch(address, {
        method: 'PUT',
        headers: { ...headers, ...NEW, 'content-type': 'image/x-test' },
        body: bytes,
      });
      expect(put.status).toBe(204);
      const got = await fetch(address, { headers });
      expect(new Uint8Array(await got.arrayBuffer())).toEqual(bytes);
      expect(got.headers.get('content-type')).toBe('image/x-test');
      expect(got.headers.get('content-security-policy')).toContain('sandbox');
    });

    it('is answered to HEAD without its content, and with 304 to who has it', async () => {
      const parameters = await made({ page: 1 });
      const head = await send('HEAD', parameters);
      expect([head.status, head.text, head.headers.get('content-length')]).toEqual([200, '', '10']);
      // A max-age keeps fetch from asking for a copy that is no cached one.
      const headers = { 'If-None-Match': head.headers.get('etag') ?? '', 'Cache-Control': 'max-age=0' };
      expect((await send('GET', parameters, undefined, headers)).status).toBe(304);
    });

    it('is gone after DELETE, which may be repeated', async () => {
      const parameters = await made({ page: 1 });
      for (let turn = 0; turn < 2; turn += 1) expect((await send('DELETE', parameters)).status).toBe(204);
      expect((await send('GET', parameters)).status).toBe(404);
      expect((await send('HEAD', parameters)).status).toBe(404);
    });

    it('belongs to its organisation', async () => {
      const parameters = await made({ page: 1 });
      const authorization = await assidu().newKey(['all'], 'elsewhere');
      expect((await send('GET', parameters, undefined, { authorization })).status).toBe(404);
    });

    it('is refused when it is called JSON and is none', async () => {
      for (const body of ['{"page":', 'page=1', '']) {
        const headers = { ...NEW, 'content-type': 'application/json' };
        expect((await send('PUT', fresh(), body, headers)).status).toBe(400);
        expect((await send('POST', fresh(), body, headers)).status).toBe(400);
      }
    });
  });

  describe('POST', () => {
    it('makes a document, then replaces properties of its outermost object, each whole', async () => {
      const parameters = fresh();
      const first = { x: 'foo', y: { kept: true }, z: { a: 1, b: 2 } };
      expect((await send('POST', parameters, first)).status).toBe(204);
      expect((await send('POST', parameters, '{"x":"bar","z":{"a":3},"__proto__":1}')).status).toBe(204);
      const { text, headers } = await send('GET', parameters);
      expect(text).toBe('{"x":"bar","y":{"kept":true},"z":{"a":3},"__proto__":1}');
      expect(headers.get('etag')).toBe(etagOf(text));
    });

    it('leaves the text of every property as it was sent: digits, order of keys, nesting of any depth', async () => {
      const parameters = fresh();
      const deep = `${'['.repeat(20_000)}${']'.repeat(20_000)}`;
      const first = `{"b":12345678901234567890.10,"9":1e400,"a":-0.0,"twice":{"k":1,"k":2},"deep":${deep}}`;
      expect((await send('POST', parameters, first)).status).toBe(204);
      expect((await send('POST', parameters, ' { "a" : 1.50 ,"\\u0062":2.0,"c":"\\ud83d"}')).status).toBe(
        204,
      );
      expect((await send('GET', parameters)).text).toBe(
        `{"\\u0062":2.0,"9":1e400,"a" : 1.50,"twice":{"k":1,"k":2},"deep":${deep},"c":"\\ud83d"}`,
      );
    });

    it('merges only JSON objects, and leaves the document alone otherwise', async () => {
      const json = await made({ page: 1 });
      for (const [body, type] of [
        ['{"page":2}', 'text/plain'],
        ['[2]', 'application/json'],
        ['null', 'application/json'],
        ['{"page":2', 'application/json'],
      ] as const)
        expect((await send('POST', json, body, { 'content-type': type })).status).toBe(400);
      expect((await send('GET', json)).json).toEqual({ page: 1 });

      for (const [body, type] of [
        ['{"page":1}', 'text/plain'],
        ['[1]', 'application/json'],
      ] as const) {
        const other = await made(body, { 'content-type': type });
        expect((await send('POST', other, { page: 2 })).status).toBe(400);
        expect((await send('GET', other)).text).toBe(body);
      }
    });

    it('loses nothing of what many send at once', async () => {
      const parameters = fresh();
      const turns = Array.from({ length: 20 }, (_, turn) => turn);
      const answers = await Promise.all(
        turns.map((turn) => send('POST', parameters, { [`p${turn}`]: turn })),
      );
      expect(answers.map(({ status }) => status)).toEqual(turns.map(() => 204));
      const expected = Object.fromEntries(turns.map((turn) => [`p${turn}`, turn]));
      expect((await send('GET', parameters)).json).toEqual(expected);
    });
  });

  describe('a precondition', () => {
    it.each(['PUT', 'POST', 'DELETE'])('holds %s back with 412 until it is met', async (method) => {
      const body = method === 'DELETE' ? undefined : { page: 2 };
      for (const version of [{}, SECOND]) {
        const parameters = await made({ page: 1 });
        const etag = etagOf('{"page":1}');
        const stale: Headers[] = [
          { 'If-Match': etagOf('another') },
          { 'If-Match': `W/${etag}` },
          NEW,
          { 'If-None-Match': `${etagOf('another')}, ${etag}` },
        ];
        for (const headers of stale)
          expect((await send(method, parameters, body, { ...version, ...headers })).status).toBe(412);
        expect((await send('GET', parameters)).json).toEqual({ page: 1 });
        expect((await send(method, fresh(), body, { ...version, 'If-Match': '*' })).status).toBe(412);
        expect((await send(method, parameters, body, { ...version, 'If-Match': etag })).status).toBe(204);
        const { status, json } = await send('GET', parameters);
        expect([status, status === 404 ? undefined : json]).toEqual([body ? 200 : 404, body]);
      }
    });

    it('may name several tags, any document, or the bare SHA-1 that some clients send', async () => {
      const parameters = await made({ page: 1 });
      const etag = etagOf('{"page":1}');
      for (const tag of [`${etagOf('another')}, ${etag}`, '*', etag.replaceAll('"', '')])
        expect((await send('PUT', parameters, { page: 1 }, { 'If-Match': tag })).status).toBe(204);
    });

    it('that holds no tags is refused', async () => {
      const answer = await send('PUT', fresh(), {}, { 'If-Match': 'yesterday' });
      expect([answer.status, answer.json.errors[0].path]).toEqual([400, 'If-Match']);
    });

    it('lets one of many replace a document', async () => {
      const parameters = await made({ page: 1 });
      const answers = await Promise.all(
        Array.from({ length: 8 }, (_, page) =>
          send('PUT', parameters, { by: page }, { 'If-Match': etagOf('{"page":1}') }),
        ),
      );
      const statuses = answers.map(({ status }) => status).sort();
      expect(statuses).toEqual([204, ...Array.from({ length: 7 }, () => 412)]);
    });
  });

  describe('without an id', () => {
    it('GET lists the ids of a context, those changed after an instant with `since`', async () => {
      const context = resource.context();
      const ids = ['a', 'b'];
      for (const id of ids) await send('PUT', { ...context, [resource.id]: id }, {}, NEW);
      const { json, headers, text } = await send('GET', context);
      expect(json).toEqual(ids);
      expect(headers.get('etag')).toBe(etagOf(text));
      const changed = headers.get('last-modified') ?? '';
      expect(Math.abs(Date.now() - Date.parse(changed))).toBeLessThan(60_000);
      const at = (ms: number) => new Date(Date.now() + ms).toISOString();
      expect((await send('GET', { ...context, since: at(-60_000) })).json).toEqual(ids);
      expect((await send('GET', { ...context, since: at(60_000) })).json).toEqual([]);
      expect((await send('GET', resource.context())).json).toEqual([]);
    });

    it('PUT and POST are refused', async () => {
      for (const method of ['PUT', 'POST']) {
        const answer = await send(method, resource.context(), {}, NEW);
        expect([answer.status, answer.json.errors[0].path]).toEqual([400, resource.id]);
      }
    });
  });

  describe('parameters', () => {
    it('that are missing, misspelt, unknown, repeated, empty or malformed are named and refused', async () => {
      const parameters = fresh();
      const faults: [string, Parameters][] = [
        ['ActivityId', { ...parameters, ActivityId: 'urn:x' }],
        ['foo', { ...parameters, foo: 'bar' }],
        [resource.id, { ...parameters, [resource.id]: '' }],
        ['since', { ...resource.context(), since: 'yesterday' }],
        ['since', { ...parameters, since: new Date().toISOString() }],
      ];
      for (const name of Object.keys(resource.context())) {
        const { [name]: _, ...others } = parameters;
        faults.push([name, others]);
      }
      if ('activityId' in parameters) faults.push(['activityId', { ...parameters, activityId: 'no iri' }]);
      if ('agent' in parameters)
        for (const agent of ['true', 'Anna', '{"name":"Anna"}', '{"mbox":"anna@example.org"}'])
          faults.push(['agent', { ...parameters, agent }]);
      for (const [path, sent] of faults) {
        const { status, json } = await send('GET', sent);
        expect([path, status, String(json.errors[0].path).split('.')[0]]).toEqual([path, 400, path]);
        expect((await send('DELETE', sent)).status).toBe(400);
      }
      const twice = new URLSearchParams([...Object.entries(parameters), [resource.id, 'again']]);
      expect((await assidu().request('GET', `${path}?${twice}`)).status).toBe(400);
    });
  });

  describe('a key', () => {
    it(`reads and writes with the scope ${resource.scope}, reads with all/read`, async () => {
      const as = async (...scopes: readonly KeyScope[]) => ({ authorization: await assidu().newKey(scopes) });
      const parameters = await made({}, await as(resource.scope));
      const other = resource.scope === 'state' ? 'profile' : 'state';
      const table: [Headers, number, number][] = [
        [await as(resource.scope), 200, 204],
        [await as('all'), 200, 204],
        [await as('all/read'), 200, 403],
        [await as(other, 'statements/write', 'statements/read', 'define', 'cohorts'), 403, 403],
      ];
      for (const [headers, reads, writes] of table) {
        expect((await send('GET', parameters, undefined, headers)).status).toBe(reads);
        expect((await send('POST', parameters, {}, headers)).status).toBe(writes);
        expect((await send('PUT', fresh(), {}, { ...NEW, ...headers })).status).toBe(writes);
        expect((await send('DELETE', fresh(), undefined, headers)).status).toBe(writes);
      }
    });
  });
}
