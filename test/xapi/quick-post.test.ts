import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { KeyScope } from '../../src/storage/ports/key-store.ts';
import type { KeyTerms } from '../../xapi/credentials.ts';
import { kept, statement } from './statements.ts';
import { type Heard, openTwoDoors, type Sent, type TwoDoors } from './two-doors.ts';

const NOW = Date.UTC(2026, 0, 5);
const UUID = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
const [first, second] = [statement(), statement()];
const WRONG = `Basic ${Buffer.from('nobody:nothing').toString('base64')}`;

let doors: TwoDoors;
let usual: { readonly Authorization: string } & Readonly<Record<string, string>>;
beforeAll(async () => {
  doors = await openTwoDoors({ clock: () => NOW, settings: { maxBody: '1mb' } });
  usual = {
    Authorization: doors.assidu.authorization,
    'Content-Type': 'application/json',
    'X-Experience-API-Version': '1.0.3',
  };
});
afterAll(() => doors.close());

const keyOf = (scopes: readonly KeyScope[], terms: Partial<KeyTerms> = {}) =>
  doors.assidu.newKey(scopes, 'default', terms);
const header = ({ headers }: Heard, asked: string) => headers.find(([name]) => name === asked)?.[1];

/** What both doors answer, when it is the same; ids that were given to statements without one aside. */
async function both(sent: Sent): Promise<Heard> {
  const heard = { quick: await doors.quick(sent), express: await doors.express(sent) };
  const named = (answer: Heard) => ({
    ...answer,
    body: answer.body.replace(UUID, (id) => (String(sent.body).includes(id) ? id : 'new')),
  });
  expect(named(heard.quick)).toEqual(named(heard.express));
  return heard.quick;
}

describe('POST of statements is answered by the quick door as by Express', () => {
  it.each<readonly [string, number, Sent & { readonly without?: string }]>([
    ['one statement', 200, { body: JSON.stringify(first) }],
    ['several statements', 200, { body: JSON.stringify([first, second]) }],
    ['a statement without an id', 200, { body: JSON.stringify({ ...first, id: undefined }) }],
    ['no statements', 200, { body: '[]' }],
    ['a byte order mark', 200, { body: `\uFEFF${JSON.stringify(first)}` }],
    [
      'letters beyond ASCII',
      200,
      { body: JSON.stringify(statement({ actor: { name: 'Zoé 🎓', mbox: 'mailto:z@e.org' } })) },
    ],
    [
      'its charset named',
      200,
      { body: JSON.stringify(first), headers: { 'Content-Type': 'application/json; charset=utf-8' } },
    ],
    [
      'a page as its origin',
      200,
      { body: JSON.stringify(first), headers: { Origin: 'https://content.example' } },
    ],
    ['a connection that is to end', 200, { body: JSON.stringify(first), headers: { Connection: 'close' } }],
    ['version 2.0', 200, { body: JSON.stringify(first), headers: { 'X-Experience-API-Version': '2.0' } }],
    ['half a body at a time', 200, { body: JSON.stringify(first), halves: true }],
    ['many packets', 200, { body: `${' '.repeat(900_000)}${JSON.stringify(first)}` }],
    ['an empty body', 400, { body: '' }],
    ['a statement that is not valid', 400, { body: JSON.stringify({ ...first, verb: 1 }) }],
    ['a fault told as text', 400, { body: '{}', headers: { Accept: 'text/plain' } }],
    ['a fault told as a page', 400, { body: '{}', headers: { Accept: 'text/html, */*;q=0.1' } }],
    ['one of two not valid', 400, { body: JSON.stringify([second, { ...first, verb: 1 }]) }],
    ['no JSON', 400, { body: '{"actor":' }],
    ['no UTF-8', 400, { body: Buffer.from(JSON.stringify(first).replace('learner', 'Zo\u00e9'), 'latin1') }],
    ['no version', 400, { body: JSON.stringify(first), without: 'X-Experience-API-Version' }],
    [
      'an unknown version',
      400,
      { body: JSON.stringify(first), headers: { 'X-Experience-API-Version': '3.0' } },
    ],
    ['no credentials', 401, { body: JSON.stringify(first), without: 'Authorization' }],
    ['an unknown key', 401, { body: JSON.stringify(first), headers: { Authorization: WRONG } }],
    [
      'an unknown key, and much to say',
      401,
      { body: ' '.repeat(900_000), headers: { Authorization: WRONG } },
    ],
    ['another scheme', 401, { body: JSON.stringify(first), headers: { Authorization: 'Bearer x' } }],
    [
      'neither version nor credentials',
      401,
      { body: 'x', headers: { Authorization: '' }, without: 'X-Experience-API-Version' },
    ],
    ['the id of another statement', 409, { body: JSON.stringify({ ...first, result: { success: true } }) }],
    ['as many bytes as are taken', 400, { body: ' '.repeat(1024 * 1024) }],
  ])('%s: %d', async (_, status, { without, ...sent }) => {
    const given = Object.entries({ ...usual, ...sent.headers }).filter(([name]) => name !== without);
    await doors.express({ headers: usual, body: JSON.stringify(first) });
    const before = doors.reached();
    expect((await both({ ...sent, headers: Object.fromEntries(given) })).status).toBe(status);
    // One of the two went by Express.
    expect(doors.reached() - before).toBe(1);
  });

  it('where statements come by it, they are kept', async () => {
    const sent = [statement(), statement()];
    expect((await doors.quick({ headers: usual, body: JSON.stringify(sent) })).body).toBe(
      JSON.stringify(sent.map(({ id }) => id)),
    );
    expect(await kept(doors.assidu, ...sent)).toEqual([true, true]);
  });

  it('a wrong secret', async () => {
    const [user] = Buffer.from(doors.assidu.authorization.slice(6), 'base64').toString().split(':');
    const Authorization = `Basic ${Buffer.from(`${user}:wrong`).toString('base64')}`;
    expect((await both({ headers: { ...usual, Authorization }, body: '{}' })).status).toBe(401);
  });

  it('a key that may not write, whatever it sends', async () => {
    const headers = { ...usual, Authorization: await keyOf(['statements/read']) };
    for (const body of [JSON.stringify(first), '{', Buffer.from([0xff])])
      expect((await both({ headers, body })).status).toBe(403);
  });

  it('a key bound to another learner', async () => {
    const boundTo = { actor: 'mbox:mailto:other@example.org', registration: null };
    const headers = { ...usual, Authorization: await keyOf(['statements/write'], { boundTo }) };
    expect((await both({ headers, body: JSON.stringify([first]) })).status).toBe(403);
  });

  it('a key over its limits, with the time to wait', async () => {
    const terms: Partial<KeyTerms> = { limits: { requestsPerMinute: 2, statementsPerMinute: 2 } };
    const headers = { ...usual, Authorization: await keyOf(['all'], terms) };
    expect((await both({ headers, body: '[]' })).status).toBe(200);
    const requests = await both({ headers, body: '[]' });
    expect([requests.status, header(requests, 'Retry-After')]).toEqual([429, '30']);
    const slow: Partial<KeyTerms> = { limits: { requestsPerMinute: null, statementsPerMinute: 1 } };
    const sender = { ...usual, Authorization: await keyOf(['all'], slow) };
    expect((await doors.quick({ headers: sender, body: JSON.stringify(first) })).status).toBe(200);
    const statements = await both({ headers: sender, body: JSON.stringify(second) });
    expect([statements.status, header(statements, 'Retry-After')]).toEqual([429, '60']);
  });

  it('a key that skips what is not valid', async () => {
    const headers = { ...usual, Authorization: await keyOf(['all'], { onInvalid: 'skip' }) };
    const heard = await both({ headers, body: JSON.stringify([first, { verb: 1 }]) });
    expect([heard.status, header(heard, 'X-Assidu-Quarantined')]).toEqual([200, '1']);
    expect(header(heard, 'Link')).toBe('</api/v1/quarantine>; rel="urn:assidu:rel:quarantine"');
  });

  it('a request without version, in the version that its key spoke last by either', async () => {
    const without = { 'Content-Type': 'application/json', Authorization: await keyOf(['all']) };
    for (const by of [doors.quick, doors.express])
      for (const version of ['2.0.0', '1.0.3']) {
        await by({ headers: { ...without, 'X-Experience-API-Version': version }, body: '[]' });
        const heard = await both({ headers: without, body: '[]' });
        expect([heard.status, header(heard, 'X-Experience-API-Version')]).toEqual([400, version]);
      }
  });
});

describe('what is not plain goes to Express', () => {
  it.each<readonly [string, number, Sent]>([
    ['a parameter', 400, { path: '/xapi/statements?assidu:onInvalid=skip&x=1' }],
    ['the alternate syntax', 400, { path: '/xapi/statements?method=PUT' }],
    ['a slash at the end', 200, { path: '/xapi/statements/' }],
    ['another spelling', 200, { path: '/XAPI/Statements' }],
    ['another method', 400, { method: 'PUT' }],
    ['chunks', 200, { chunked: true }],
    ['another type', 400, { headers: { 'Content-Type': 'text/plain' } }],
    ['another charset', 400, { headers: { 'Content-Type': 'application/json; charset=latin1' } }],
    ['two parts', 400, { headers: { 'Content-Type': 'multipart/mixed; boundary=x' } }],
    ['a compressed body', 400, { headers: { 'Content-Encoding': 'gzip' } }],
    ['an unknown encoding', 400, { headers: { 'Content-Encoding': 'snail' } }],
    ['a body that is too large', 413, { body: ' '.repeat(1024 * 1024 + 1) }],
  ])('%s: %d', async (_, status, sent) => {
    const before = doors.reached();
    const heard = await both({
      body: JSON.stringify(first),
      ...sent,
      headers: { ...usual, ...sent.headers },
    });
    expect([heard.status, doors.reached() - before]).toEqual([status, 2]);
  });
});

it('whatever is sent, both doors answer the same', async () => {
  const skipping = await keyOf(['all'], { onInvalid: 'skip' });
  const reading = await keyOf(['statements/read']);
  const text = JSON.stringify([first, { ...second, result: { response: 'é' } }]);
  const body = fc.oneof(
    { weight: 3, arbitrary: fc.constant(Buffer.from(text)) },
    fc.json().map((json) => Buffer.from(json)),
    fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes)),
    fc.tuple(fc.nat(text.length), fc.nat(8), fc.uint8Array({ maxLength: 4 })).map(([at, gone, put]) => {
      const bytes = Buffer.from(text);
      return Buffer.concat([bytes.subarray(0, at), put, bytes.subarray(at + gone)]);
    }),
    fc.nat(text.length).map((length) => Buffer.from(text).subarray(0, length)),
  );
  /** Mostly the first. */
  const mostly = <Value>(value: Value, ...others: readonly Value[]) =>
    fc.oneof({ weight: 2 * others.length, arbitrary: fc.constant(value) }, fc.constantFrom(...others));
  const headers = fc.record({
    Authorization: mostly(usual.Authorization, skipping, reading, WRONG, 'Basic', 'Basic !', ''),
    'Content-Type': mostly(
      'application/json',
      'application/json;charset=UTF-8',
      'application/json; charset=utf-8',
      'APPLICATION/JSON',
      'application/json;',
      'application/json; charset="utf-8"',
      'application/json; a=b; charset=utf-8',
      'application/ld+json',
      'application/json+x',
      'application/jsonx',
      'text/plain',
      '',
    ),
    'X-Experience-API-Version': mostly('1.0.3', '1.0', '2.0.0', ' 2.0 ', '0.9', '1.0.3, 1.0.3', ''),
  });
  const extra = fc.constantFrom<Readonly<Record<string, string>>[]>(
    {},
    {},
    { 'Content-Encoding': 'identity' },
    { 'Content-Encoding': 'deflate' },
    { Origin: 'null' },
    { Accept: 'text/html' },
    { Connection: 'close' },
    { 'If-None-Match': '*' },
    { Expect: '100-continue' },
  );
  await fc.assert(
    fc.asyncProperty(
      fc.record({
        method: mostly('POST', 'PUT'),
        path: mostly('/xapi/statements', '/xapi/statements?', '/xapi/statements/', '/xapi//statements'),
        headers: fc.tuple(headers, extra).map(([one, other]) => ({ ...one, ...other })),
        body,
        chunked: mostly(false, true),
        halves: mostly(false, true),
      }),
      async (sent) => {
        expect((await both(sent)).status).toBeLessThan(500);
      },
    ),
    { numRuns: 300 },
  );
});
