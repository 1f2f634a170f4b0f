import { randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningAssidu, startAssidu } from '../support/start-assidu.ts';
import { kept, query, statement } from './statements.ts';

let assidu: RunningAssidu;
beforeAll(async () => {
  assidu = await startAssidu();
});
afterAll(() => assidu.close());

const post = (body: unknown, headers = {}) => assidu.request('POST', '/xapi/statements', body, headers);
const put = (id: string, body: unknown, headers = {}) =>
  assidu.request('PUT', `/xapi/statements?statementId=${id}`, body, headers);
const get = (id: string, headers = {}) => query(assidu, { statementId: id }, headers);
const TWO = { 'X-Experience-API-Version': '2.0.0' };

describe('PUT statements', () => {
  it('keeps a statement under the id of the address and answers 204 without a body', async () => {
    const { id, ...rest } = statement();
    const answer = await put(id, rest);
    expect([answer.status, answer.text]).toEqual([204, '']);
    expect((await get(id)).json).toMatchObject({ id, ...rest });
  });

  it('takes the same statement again, and refuses another under its id', async () => {
    const first = statement();
    expect((await put(first.id, first)).status).toBe(204);
    expect((await put(first.id, first)).status).toBe(204);
    const other = await put(first.id, { ...first, verb: { id: 'http://adlnet.gov/expapi/verbs/passed' } });
    expect([other.status, other.json.errors]).toEqual([409, [expect.objectContaining({ path: 'id' })]]);
    expect((await get(first.id)).json.verb).toEqual(first.verb);
  });

  it('finds an id whatever the case it is written in', async () => {
    const { id, ...rest } = statement();
    expect((await put(id.toUpperCase(), rest)).status).toBe(204);
    expect((await get(id)).status).toBe(200);
    expect((await put(id, rest)).status).toBe(204);
  });

  it('keeps an id of any UUID version, and gives it back', async () => {
    const { id: _, ...rest } = statement();
    const id = '00000000-0000-0000-0000-00000000000a';
    expect((await put(id, rest)).status).toBe(204);
    expect((await get(id)).status).toBe(200);
  });

  it.each([
    ['no id', ''],
    ['what is no UUID', '?statementId=7'],
    ['dashes in the shape of a UUID', `?statementId=${'-'.repeat(36)}`],
    ['two ids', `?statementId=${randomUUID()}&statementId=${randomUUID()}`],
  ])('refuses %s', async (_, address) => {
    const answer = await assidu.request('PUT', `/xapi/statements${address}`, statement());
    expect([answer.status, answer.json.errors[0].path]).toEqual([400, 'statementId']);
  });

  it('refuses another id in the statement than in the address', async () => {
    const sent = statement();
    const answer = await put(randomUUID(), sent);
    expect([answer.status, answer.json.errors[0].path]).toEqual([400, 'id']);
    expect(await kept(assidu, sent)).toEqual([false]);
  });

  it('refuses an array, and parameters it does not have', async () => {
    expect((await put(randomUUID(), [statement()])).status).toBe(400);
    const answer = await assidu.request('PUT', `/xapi/statements?statementId=${randomUUID()}&mode=fast`, {});
    expect([answer.status, answer.json.errors[0].path]).toEqual([400, 'mode']);
  });
});

describe('POST statements', () => {
  it('answers the ids in order, given or made', async () => {
    const { id: _, ...withoutId } = statement();
    const named = statement();
    const answer = await post([withoutId, named, withoutId]);
    expect(answer.status).toBe(200);
    expect(answer.json).toHaveLength(3);
    expect(answer.json[1]).toBe(named.id);
    expect(new Set(answer.json).size).toBe(3);
    expect(await kept(assidu, ...answer.json.map((id: string) => ({ id })))).toEqual([true, true, true]);
  });

  it('answers one statement with an array of one id', async () => {
    const sent = statement();
    expect((await post(sent)).json).toEqual([sent.id]);
  });

  it('answers 200 to the empty array that Moodle posts', async () => {
    const answer = await post('[]');
    expect([answer.status, answer.json]).toEqual([200, []]);
  });

  it('stores a statement once, however often and in whatever company it is sent', async () => {
    const actor = { mbox: 'mailto:once@example.org' };
    const all = Array.from({ length: 6 }, () => statement({ actor }));
    await fc.assert(
      fc.asyncProperty(fc.subarray(all, { minLength: 1 }), async (batch) => {
        expect((await post(batch)).json).toEqual(batch.map(({ id }) => id));
      }),
      { numRuns: 20 },
    );
    await post(all);
    const found = await query(assidu, { agent: JSON.stringify(actor) });
    expect(found.json.statements).toHaveLength(all.length);
  });

  it('keeps nothing of a batch in which one statement conflicts with a kept one', async () => {
    const [first, second, third] = [statement(), statement(), statement()];
    await post(second);
    const answer = await post([first, { ...second, result: { completion: true } }, third]);
    expect([answer.status, answer.json.errors[0].path]).toEqual([409, '[1].id']);
    expect(await kept(assidu, first, third)).toEqual([false, false]);
  });

  it('keeps nothing of a batch in which two statements have one id', async () => {
    const [first, second] = [statement(), statement()];
    const answer = await post([first, second, { ...first, result: { completion: true } }]);
    expect([answer.status, answer.json.errors[0].path]).toEqual([400, '[2].id']);
    expect(await kept(assidu, first, second)).toEqual([false, false]);
  });

  it('keeps nothing of a batch in which one statement is wrong, and names every wrong field', async () => {
    const [first, second] = [statement(), statement({ actor: { mbox: 'nobody' }, verb: 'did' })];
    const answer = await post([first, second]);
    expect(answer.status).toBe(400);
    expect(answer.json.errors.map(({ path }: { path: string }) => path)).toEqual(
      expect.arrayContaining(['[1].actor.mbox', '[1].verb']),
    );
    expect(await kept(assidu, first, second)).toEqual([false, false]);
  });

  it('lets exactly one of two conflicting statements win when they come at once', async () => {
    const id = randomUUID();
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, index) => post(statement({ id, result: { response: `${index}` } }))),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array(7).fill(409)]);
  });

  it('refuses parameters', async () => {
    const answer = await assidu.request('POST', `/xapi/statements?statementId=${randomUUID()}`, statement());
    expect([answer.status, answer.json.errors[0].path]).toEqual([400, 'statementId']);
  });
});

describe('what is kept', () => {
  it('has the authority of the key and the moment of storing, whatever was sent', async () => {
    const sent = statement({
      authority: { mbox: 'mailto:president@example.org' },
      stored: '2001-01-01T00:00:00Z',
    });
    const before = Date.now();
    await post(sent);
    const { json, text } = await get(sent.id);
    const key = Buffer.from(assidu.authorization.slice(6), 'base64').toString().split(':')[0];
    expect(json.authority).toEqual({
      objectType: 'Agent',
      name: 'test',
      account: { homePage: assidu.url, name: key },
    });
    expect(Date.parse(json.stored)).toBeGreaterThanOrEqual(before);
    expect(text.match(/"stored":|"authority":/g)).toHaveLength(2);
  });

  it('has the timestamp it was sent with, else that of storing, and a version', async () => {
    const dated = statement({ timestamp: '2026-03-01T10:00:00.123456789+01:00', version: '1.0.2' });
    const undated = statement();
    await post([dated, undated]);
    expect((await get(dated.id)).json).toMatchObject({ timestamp: dated.timestamp, version: '1.0.2' });
    const { json } = await get(undated.id);
    expect(json).toMatchObject({ timestamp: json.stored, version: '1.0.0' });
  });

  it('gives back every digit, escape and space, in the order it came', async () => {
    const id = randomUUID();
    const own =
      '"verb": {"id":"http:\\/\\/adlnet.gov/expapi/verbs/scored"},  "actor":{"name":"\\u00c9lise 👩🏽‍🎓","mbox":"mailto:e@example.org"},\n' +
      '"object":{"id":"https://example.org/quiz"}, "result":{"score":{"raw":12.50,"max":2e1,"min":-0.0},' +
      '"extensions":{"https://example.org/ext/n.1":[12345678901234567890, 1.0, {"b":1,"a":2}]}}';
    expect((await post(`{"id":"${id}",${own}}`)).status).toBe(200);
    expect((await get(id)).text).toContain(own);
  });

  it('has a single context activity in an array (1.0.3 Data 2.4.6.2)', async () => {
    const sent = statement({
      context: { contextActivities: { parent: { id: 'https://example.org/course' } } },
    });
    await post(sent);
    expect((await get(sent.id)).json.context.contextActivities).toEqual({
      parent: [{ id: 'https://example.org/course' }],
    });
    expect((await post(sent)).status).toBe(200);
  });
});

describe('timestamps without a zone', () => {
  it('are UTC in 1.0.3, and refused in 2.0', async () => {
    const sent = statement({ timestamp: '2026-03-01T10:00:00' });
    const refused = await post(sent, TWO);
    expect([refused.status, refused.json.errors[0].path]).toEqual([400, 'timestamp']);
    expect((await post(sent)).status).toBe(200);
    expect((await get(sent.id)).json.timestamp).toBe('2026-03-01T10:00:00');
    expect((await get(sent.id, TWO)).json.timestamp).toBe('2026-03-01T10:00:00Z');
  });
});

describe('timestamps with an offset', () => {
  const inParis = '2026-03-01T10:00:00.5+01:00';
  const inUtc = '2026-03-01T09:00:00.5Z';
  const sub = { objectType: 'SubStatement', ...statement(), id: undefined, timestamp: inParis };

  it.each(['1.0.3', '2.0.0'])(
    'come back as they were sent, and to 2.0 in UTC; sent in %s',
    async (version) => {
      const sent = statement({ timestamp: inParis, object: sub, result: { response: inParis } });
      const text = JSON.stringify(sent).replace('"timestamp":', '"\\u0074imestamp" :  ');
      const headers = { 'X-Experience-API-Version': version };
      expect((await post(text, headers)).status).toBe(200);
      const old = await get(sent.id);
      expect(old.text.startsWith(text.slice(0, -1))).toBe(true);
      const inNew = await get(sent.id, TWO);
      expect([inNew.json.timestamp, inNew.json.object.timestamp]).toEqual([inUtc, inUtc]);
      // No other byte changes.
      expect(inNew.text).toBe(old.text.replace(/(imestamp" ?: *)"2026[^"]*\+01:00"/g, `$1"${inUtc}"`));
      expect((await post(text, headers)).status).toBe(200);
    },
  );
});

describe('bodies that cannot be taken', () => {
  const refused = async (body: string | Buffer, headers = {}) => {
    const response = await fetch(`${assidu.url}/xapi/statements`, {
      method: 'POST',
      headers: {
        authorization: assidu.authorization,
        'X-Experience-API-Version': '1.0.3',
        'content-type': 'application/json',
        ...headers,
      },
      body: new Uint8Array(Buffer.from(body)),
    });
    return { status: response.status, problem: JSON.parse(await response.text()) };
  };
  const small = JSON.stringify(statement());

  it.each([
    ['of no JSON', 'statement'],
    ['cut off', small.slice(0, -1)],
    ['of two values', `${small}${small}`],
    ['with a trailing comma', `[${small},]`],
    ['with a key twice', small.replace('"actor":', '"actor":{"mbox":"mailto:x@example.org"},"actor":')],
    ['that are null', 'null'],
    ['that are a text', '"statement"'],
    ['with a null within', small.replace('"mailto:learner@example.org"', 'null')],
    ['with a number for a text', small.replace('"mailto:learner@example.org"', '7')],
    ['with a property of no statement', small.replace('"actor":', '"actors":[],"actor":')],
    ['of 5 MB of opened brackets', '['.repeat(5_000_000)],
    ['of 5 MB of nested objects', `{"actor":${'{"a":'.repeat(1_000_000)}`],
    ['of nothing', ''],
  ])('are refused: %s', async (_, body) => {
    const { status, problem } = await refused(body);
    expect([status, problem.status]).toEqual([400, 400]);
    expect(problem.detail).toMatch(/./);
  });

  it('are refused when they are not UTF-8, and nothing is mended', async () => {
    const bytes = Buffer.from(small.replace('learner', 'é'), 'latin1');
    expect((await refused(bytes)).problem.detail).toMatch(/UTF-8/);
  });

  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'application/json; charset=utf-16',
    'application/json; odata=verbose; charset=latin1',
    'application/jsonp',
  ])('are refused when their type is %s', async (type) => {
    const { status, problem } = await refused(small, { 'content-type': type });
    expect([status, problem.errors[0].path]).toEqual([400, 'Content-Type']);
  });

  it.each([
    'application/json; charset=utf-8',
    'application/json;charset="UTF-8"',
    'application/JSON',
    'application/json; profile="https://w3id.org/xapi/profiles"',
    'application/json; odata=verbose; charset=utf-8',
  ])('are taken when their type is %s', async (type) => {
    expect((await refused(JSON.stringify(statement()), { 'content-type': type })).status).toBe(200);
  });

  it('are taken packed, and refused when too large, packed or not', async () => {
    const packed = { 'content-encoding': 'gzip' };
    expect((await refused(gzipSync(JSON.stringify(statement())), packed)).status).toBe(200);
    const large = Buffer.alloc(21 * 1024 * 1024, ' ');
    expect((await refused(large)).status).toBe(413);
    expect((await refused(gzipSync(large), packed)).status).toBe(413);
  });
});
