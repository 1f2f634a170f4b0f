import { generateKeyPairSync, type KeyObject, randomUUID, X509Certificate } from 'node:crypto';
import { CompactSign, compactVerify, FlattenedSign } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SIGNATURE } from '../../xapi/attachments/verify-signature.ts';
import { type RunningAssidu, startAssidu } from '../support/start-assidu.ts';
import { ask, describing, sendParts, statementWith } from './attachment-requests.ts';
import { certificate } from './certificate.ts';
import { attachmentPart, statementsPart } from './multipart-body.ts';

const OCTETS = 'application/octet-stream';
const signer = generateKeyPairSync('rsa', { modulusLength: 2048 });
const another = generateKeyPairSync('rsa', { modulusLength: 2048 });
const x5c = [certificate(signer.publicKey, signer.privateKey)];

let assidu: RunningAssidu;
beforeAll(async () => {
  assidu = await startAssidu();
});
afterAll(() => assidu.close());

type Statement = Readonly<Record<string, unknown>>;

/** A statement of this test's own. */
const aStatement = (given: Statement = {}): Statement =>
  statementWith([], { id: randomUUID(), timestamp: '2026-03-01T10:00:00Z', ...given });

/** A compact JWS over `payload`. */
const jwsOf = (
  payload: unknown,
  header: { readonly alg: string; readonly x5c?: string[]; readonly [name: string]: unknown } = {
    alg: 'RS256',
    x5c,
  },
  key: KeyObject | Uint8Array = signer.privateKey,
): Promise<string> =>
  new CompactSign(Buffer.from(typeof payload === 'string' ? payload : JSON.stringify(payload)))
    .setProtectedHeader(header)
    .sign(key);

/** What a signature says of itself. */
const signatureOf = (jws: string, given: Statement = {}) =>
  describing(jws, { usageType: SIGNATURE, contentType: OCTETS, ...given });

const send = (statement: Statement, jws: string, given: Statement = {}) =>
  sendParts(assidu, [
    statementsPart({ ...statement, attachments: [signatureOf(jws, given)] }),
    attachmentPart(jws, String(given.contentType ?? OCTETS)),
  ]);

describe('signed statements (xAPI 1.0.3 Data 2.6)', () => {
  it.each(['RS256', 'RS384', 'RS512'])(
    'are kept when signed by %s, and still verify when given back',
    async (alg) => {
      const statement = aStatement();
      const answer = await send(statement, await jwsOf(statement, { alg, x5c }));
      expect(answer.status, answer.body.toString()).toBe(200);

      const { json, parts } = await ask(assidu, `statementId=${statement.id}&attachments=true`);
      const signature = parts[1];
      expect(signature?.headers.get('content-type')).toBe(OCTETS);
      expect(signature?.headers.get('x-experience-api-hash')).toBe(json.attachments[0].sha2);
      const key = new X509Certificate(Buffer.from(String(x5c[0]), 'base64')).publicKey;
      const verified = await compactVerify(String(signature?.content), key);
      expect(JSON.parse(Buffer.from(verified.payload).toString())).toEqual(statement);
      expect(json).toMatchObject({ ...statement, attachments: [{ usageType: SIGNATURE }] });
    },
  );

  it('are kept without a certificate, which the standard only advises', async () => {
    const statement = aStatement();
    expect((await send(statement, await jwsOf(statement, { alg: 'RS256' }))).status).toBe(200);
  });

  it('may be signed in another serialization, before they had an id, and with other attachments', async () => {
    const { id, ...rest } = aStatement({ attachments: [describing('an essay')] });
    const jws = await jwsOf(JSON.stringify(Object.fromEntries(Object.entries(rest).reverse()), null, 2));
    const statement = { id, ...rest, attachments: [describing('an essay'), signatureOf(jws)] };
    const parts = [statementsPart(statement), attachmentPart('an essay'), attachmentPart(jws, OCTETS)];
    expect((await sendParts(assidu, parts)).status).toBe(200);
  });

  it('may be signed by two', async () => {
    const statement = aStatement();
    const both = [await jwsOf(statement), await jwsOf(statement, { alg: 'RS256' }, another.privateKey)];
    const signed = { ...statement, attachments: both.map((jws) => signatureOf(jws)) };
    const parts = [statementsPart(signed), ...both.map((jws) => attachmentPart(jws, OCTETS))];
    expect((await sendParts(assidu, parts)).status).toBe(200);
  });

  it('are checked one by one in a batch, and named', async () => {
    const [first, second] = [aStatement(), aStatement()];
    const [good, bad] = [await jwsOf(first), await jwsOf(aStatement())];
    const batch = [
      { ...first, attachments: [signatureOf(good)] },
      { ...second, attachments: [signatureOf(bad)] },
    ];
    const parts = [statementsPart(batch), attachmentPart(good, OCTETS), attachmentPart(bad, OCTETS)];
    const answer = await sendParts(assidu, parts);
    expect(answer.status).toBe(400);
    expect(answer.json.errors).toMatchObject([{ path: '[1].attachments[0]' }]);
    expect((await ask(assidu, `statementId=${first.id}`)).status).toBe(404);
  });
});

describe('malformed signatures (xAPI 1.0.3 Data 2.6)', () => {
  const refused: readonly [string, (statement: Statement) => Promise<string>, RegExp][] = [
    ['what is no JWS', async () => 'not a signature', /compact/],
    [
      'the JSON serialization',
      async (statement) =>
        JSON.stringify(
          await new FlattenedSign(Buffer.from(JSON.stringify(statement)))
            .setProtectedHeader({ alg: 'RS256' })
            .sign(signer.privateKey),
        ),
      /compact/,
    ],
    [
      'a header that is no JSON',
      async (statement) => `e30x.${(await jwsOf(statement)).split('.')[1]}.AAAA`,
      /header/,
    ],
    ['HS256', (statement) => jwsOf(statement, { alg: 'HS256' }, Buffer.alloc(32, 1)), /RS256/],
    ['PS256', (statement) => jwsOf(statement, { alg: 'PS256' }), /RS256/],
    [
      'no algorithm',
      async (statement) =>
        `${Buffer.from('{}').toString('base64url')}.${(await jwsOf(statement)).split('.')[1]}.AAAA`,
      /RS256/,
    ],
    [
      "another key than the certificate's",
      (statement) => jwsOf(statement, undefined, another.privateKey),
      /verify/,
    ],
    [
      'a payload that was changed after it was signed',
      async (statement) => {
        const [header, , signature] = (await jwsOf(aStatement())).split('.');
        return [header, Buffer.from(JSON.stringify(statement)).toString('base64url'), signature].join('.');
      },
      /verify/,
    ],
    ['a certificate that is none', (statement) => jwsOf(statement, { alg: 'RS256', x5c: ['AAAA'] }), /x5c/],
    ['an empty chain', (statement) => jwsOf(statement, { alg: 'RS256', x5c: [] }), /x5c/],
    [
      'a certificate of an elliptic curve',
      (statement) => {
        const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
        return jwsOf(statement, { alg: 'RS256', x5c: [certificate(publicKey, signer.privateKey)] });
      },
      /verify/,
    ],
    [
      'a payload that is no JSON',
      (statement) => jwsOf(JSON.stringify(statement).replace('"', "'")),
      /not a statement/,
    ],
    ['a payload that is a batch', (statement) => jwsOf([statement]), /not a statement/],
    ['a payload that is no statement', () => jwsOf({ hello: 'world' }), /not a statement/],
    [
      'a payload with a key twice',
      (statement) => jwsOf(JSON.stringify(statement).replace('{', '{"id":"x",')),
      /not a statement/,
    ],
    [
      'another statement',
      (statement) => jwsOf({ ...statement, object: { id: 'http://example.org/another' } }),
      /not the one/,
    ],
    ['a statement with another id', (statement) => jwsOf({ ...statement, id: randomUUID() }), /another id/],
    [
      'a result that was not sent',
      (statement) => jwsOf({ ...statement, result: { success: true } }),
      /not the one/,
    ],
  ];
  it.each(refused)('are refused: %s', async (_, sign, message) => {
    const statement = aStatement();
    const answer = await send(statement, await sign(statement));
    expect(answer.status).toBe(400);
    expect(answer.json.errors).toEqual([{ path: 'attachments[0]', message: expect.stringMatching(message) }]);
    expect(answer.json.errors[0].message).toContain('Data 2.6');
    expect((await ask(assidu, `statementId=${statement.id}`)).status).toBe(404);
  });

  it('are refused: another contentType than application/octet-stream, also where the data is elsewhere', async () => {
    const statement = aStatement();
    const given = { contentType: 'text/plain' };
    const jws = await jwsOf(statement);
    expect((await send(statement, jws, given)).json.errors).toEqual([
      { path: 'attachments[0]', message: expect.stringContaining('Data 2.6') },
    ]);
    const attachments = [signatureOf(jws, { ...given, fileUrl: 'http://example.org/jws' })];
    expect((await assidu.request('POST', '/xapi/statements', { ...statement, attachments })).status).toBe(
      400,
    );
  });

  it('are refused without the signature itself', async () => {
    const statement = aStatement();
    const attachments = [signatureOf(await jwsOf(statement))];
    expect((await sendParts(assidu, [statementsPart({ ...statement, attachments })])).status).toBe(400);
  });

  it('are answered 413 when larger than any signature', async () => {
    const jws = `${'a'.repeat(2_000_000)}.a.a`;
    expect((await send(aStatement(), jws)).status).toBe(413);
  });
});
