import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningAssidu, startAssidu } from '../support/start-assidu.ts';
import { idsOf, query, statement } from './statements.ts';

let assidu: RunningAssidu;
beforeAll(async () => {
  assidu = await startAssidu();
});
afterAll(() => assidu.close());

const post = (body: unknown, path = '/xapi/statements') => assidu.request('POST', path, body);
const get = (id: string) => query(assidu, { statementId: id });
/** A good statement with some JSON text as a value of its result's extensions. */
const extended = (json: string, id: string = randomUUID()) =>
  JSON.stringify(statement({ id, result: { extensions: { 'https://e.org/x': 'HERE' } } })).replace(
    '"HERE"',
    json,
  );
const MB = 1024 * 1024;

describe('bodies made to hurt', () => {
  it.each([
    ['100,000 levels', extended(`${'['.repeat(100_000)}${']'.repeat(100_000)}`)],
    ['100,000 levels never closed', extended('{"a":'.repeat(100_000))],
    ['a million keys', extended(`{${Array.from({ length: 1_000_000 }, (_, key) => `"${key}":0`).join()}}`)],
    ['a million empty statements', `[${'{},'.repeat(1_000_000)}{}]`],
    ['a million nulls', `[${'null,'.repeat(1_000_000)}null]`],
    ['an unescaped NUL', extended('"\u0000"')],
    ['a key of 1 MB twice', `{"${'k'.repeat(MB)}":1,"${'k'.repeat(MB)}":1}`],
    ['an unknown property of 1 MB', `{"${'k'.repeat(MB)}":1}`],
    ['a duration of 1 MB', JSON.stringify(statement({ result: { duration: `PT${'1'.repeat(MB)}` } }))],
    [
      'a language tag of 1 MB',
      JSON.stringify(statement({ context: { language: `fr${'-abcde'.repeat(200_000)}-` } })),
    ],
    ['an address of 1 MB', JSON.stringify(statement({ actor: { mbox: `mailto:${'@'.repeat(MB)}` } }))],
    [
      'an IRI of 1 MB with a fault at its end',
      JSON.stringify(statement({ verb: { id: `a:${'%41'.repeat(MB / 4)} ` } })),
    ],
    [
      'a media type of 1 MB',
      JSON.stringify(statement({ attachments: [{ contentType: `a/${' '.repeat(MB)}b` }] })),
    ],
  ])('of %s are answered with a short refusal', async (_, body) => {
    for (const path of ['/xapi/statements', '/xapi/statements?assidu:onInvalid=skip']) {
      const answer = await post(body, path);
      expect([200, 400, 413]).toContain(answer.status);
      if (path.endsWith('skip') && answer.status === 200) expect(answer.json).toEqual([]);
      else expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(answer.text.length).toBeLessThan(20_000);
    }
  });

  it('of any JSON at all are never answered 5xx', async () => {
    const text = fc.oneof(
      fc.json(),
      fc.json().map((json) => extended(json)),
      fc.json().map((json) => `[${JSON.stringify(statement())},${json}]`),
      fc
        .tuple(
          fc.constantFrom('actor', 'verb', 'object', 'result', 'context', 'attachments', 'timestamp'),
          fc.jsonValue(),
        )
        .map(([key, value]) => JSON.stringify([statement({ [key]: value })])),
      fc.string({ unit: 'binary' }),
    );
    await fc.assert(
      fc.asyncProperty(text, fc.boolean(), async (body, lenient) => {
        const answer = await post(body, `/xapi/statements${lenient ? '?assidu:onInvalid=skip' : ''}`);
        expect(answer.status, body).toBeLessThan(500);
      }),
      { numRuns: 100 },
    );
  });
});

describe('odd values that the standard allows', () => {
  it.each([
    ['a number beyond every double', '1e400'],
    ['a number of 10,000 digits', '9'.repeat(10_000)],
    ['minus nothing', '-0.0e-0'],
    ['a lone surrogate', '"\\ud83d"'],
    ['an escaped NUL', '"a\\u0000b"'],
    ['prototype keys', '{"__proto__":{"x":1},"constructor":1,"toString":null,"hasOwnProperty":[]}'],
    ['keys with dots and dollars', '{"a.b":{"$set":1,"":2}}'],
    ['98 levels', `${'['.repeat(96)}${']'.repeat(96)}`],
  ])('are kept and given back byte for byte: %s', async (_, json) => {
    const id = randomUUID();
    const answer = await post(extended(json, id));
    expect(answer.status, answer.text).toBe(200);
    expect((await get(id)).text).toContain(`"https://e.org/x":${json}`);
    // The same again is no conflict, whatever the value.
    expect((await post(extended(json, id))).status).toBe(200);
    for (const format of ['ids', 'canonical'])
      expect((await query(assidu, { statementId: id, format })).status).toBe(200);
  });

  it('keep a score beyond every double', async () => {
    const sent = JSON.stringify(statement({ result: { score: { raw: 'RAW' } } }));
    const answer = await post(sent.replace('"RAW"', '1e400'));
    expect(answer.status).toBe(200);
    expect((await get(answer.json[0])).text).toContain('"raw":1e400');
  });

  it('find people and activities by texts of any length and any characters', async () => {
    const long = 'n'.repeat(4_000);
    for (const name of [
      long,
      'a\u0000b',
      'a\u0000c',
      '\ud83d',
      '__proto__',
      '𝒳 \u202e é',
      "'; DROP TABLE terms; --",
    ]) {
      const actor = { account: { homePage: 'https://lms.example.org', name } };
      const sent = statement({ actor: { ...actor, name } });
      expect((await post(sent)).status).toBe(200);
      expect(idsOf(await query(assidu, { agent: JSON.stringify(actor) })), JSON.stringify(name)).toEqual([
        sent.id,
      ]);
      const person = await assidu.request(
        'GET',
        `/xapi/agents?agent=${encodeURIComponent(JSON.stringify(actor))}`,
      );
      expect(person.status).toBe(200);
    }
  });

  it('keep names and IRIs of a megabyte, and find other statements as before', async () => {
    const actor = { account: { homePage: 'https://lms.example.org', name: 'n'.repeat(MB) } };
    const object = { id: `https://example.org/${'p'.repeat(MB)}` };
    const sent = statement({ actor, object, verb: { id: `https://example.org/${'v'.repeat(MB)}` } });
    expect((await post(sent)).status).toBe(200);
    expect((await get(sent.id)).json).toMatchObject({ actor, object });
    const parameters = new URLSearchParams({ agent: JSON.stringify(actor), activity: object.id });
    // Too long for an address: this is what the alternate request syntax is for.
    const found = await assidu.request('POST', '/xapi/statements?method=GET', parameters.toString(), {
      'content-type': 'application/x-www-form-urlencoded',
    });
    expect(idsOf(found)).toEqual([sent.id]);
  });
});
