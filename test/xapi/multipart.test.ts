import { fstatSync } from 'node:fs';
import { Readable } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AssiduError, isError } from '../../src/base/errors.ts';
import { boundaryOf, isMultipartMixed } from '../../xapi/multipart/boundary.ts';
import { createMultipartReader, type MultipartLimits } from '../../xapi/multipart/multipart-reader.ts';
import { receiveMultipart } from '../../xapi/multipart/receive.ts';
import { writeMultipart } from '../../xapi/multipart/write-multipart.ts';
import { attachmentPart, type LaidOutPart, layOut, sha, statementsPart } from './multipart-body.ts';

const LIMITS: MultipartLimits = {
  parts: 20,
  headers: 1_000,
  first: 1_000_000,
  part: 3_000_000,
  body: 10_000_000,
};
const BOUNDARY = 'abcABC0123';

/** The body in pieces of these sizes, over and over. */
function cut(body: Buffer, sizes: readonly number[]): readonly Buffer[] {
  const pieces: Buffer[] = [];
  for (let at = 0, turn = 0; at < body.length; turn += 1) {
    const size = sizes[turn % sizes.length] ?? body.length;
    pieces.push(body.subarray(at, at + size));
    at += size;
  }
  return pieces;
}

const receive = (pieces: Iterable<Buffer>, limits = LIMITS) =>
  receiveMultipart(Readable.from(pieces, { objectMode: true }), BOUNDARY, limits);

async function fault(parts: readonly LaidOutPart[] | Buffer, limits = LIMITS): Promise<AssiduError> {
  const body = Buffer.isBuffer(parts) ? parts : layOut(BOUNDARY, parts);
  const failed = await receive([body], limits).catch((error: unknown) => error);
  if (!(failed instanceof AssiduError)) throw new Error('a body that was to be refused was taken');
  return failed;
}

const content = fc.oneof(
  fc.uint8Array({ maxLength: 300 }),
  // What looks like the end of a part.
  fc
    .array(fc.constantFrom('\r', '\n', '-', '--', BOUNDARY.slice(0, 5), '\r\n--', '\r\n\r\n'), {
      maxLength: 40,
    })
    .map((bits) => Buffer.from(bits.join('')))
    .filter((bytes) => !bytes.includes(`\r\n--${BOUNDARY}`)),
);
const sizes = fc.array(fc.integer({ min: 1, max: 64 }), { minLength: 1, maxLength: 6 });

describe('reading multipart/mixed', () => {
  it('gives any bytes back as they were written, however the body is cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.json(),
        fc.array(content, { maxLength: 4 }),
        sizes,
        async (json, contents, cuts) => {
          const parts = contents.map((bytes) => ({
            sha2: sha(bytes),
            contentType: 'image/png',
            bytes: Readable.from([bytes], { objectMode: true }),
          }));
          const written: Uint8Array[] = [];
          for await (const piece of writeMultipart(BOUNDARY, json, parts)) written.push(piece);
          const body = await receive(cut(Buffer.concat(written), cuts));
          expect(body.text).toBe(json);
          expect(body.parts.map(({ bytes }) => bytes)).toEqual(contents.map((bytes) => Buffer.from(bytes)));
          expect(body.parts.map(({ number }) => number)).toEqual(contents.map((_, index) => index + 2));
          await body.drop();
        },
      ),
      { numRuns: 150 },
    );
  });

  it('refuses every body that is cut short, and never crashes', async () => {
    const body = layOut(BOUNDARY, [statementsPart({}), attachmentPart('one'), attachmentPart('two')]);
    const complete = body.length - '\r\n'.length;
    for (let length = 0; length < complete; length += 1)
      expect(isError(await fault(body.subarray(0, length)), 'invalid-request'), `${length} bytes`).toBe(true);
    await receive([body.subarray(0, complete)]);
  });

  it('takes or refuses whatever comes, by an error of its own', async () => {
    const bit = fc.oneof(
      fc.constantFrom(`--${BOUNDARY}`, `\r\n--${BOUNDARY}\r\n`, '\r\n', '\r\n\r\n', '--', ':', ' ', '{}'),
      fc.constantFrom('Content-Type: application/json', `X-Experience-API-Hash: ${sha('')}`),
      fc.string({ maxLength: 8 }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(bit, { maxLength: 25 }), sizes, async (bits, cuts) => {
        const outcome = await receive(cut(Buffer.from(bits.join('')), cuts)).catch((error: unknown) => error);
        expect(outcome instanceof Error && !isError(outcome, 'invalid-request')).toBe(false);
      }),
      { numRuns: 300 },
    );
  });

  it('reads the same from a body in one piece and byte by byte', () => {
    const body = layOut(BOUNDARY, [
      statementsPart({ a: 1 }),
      attachmentPart(''),
      attachmentPart('\r\n--abcABC'),
    ]);
    const read = (pieces: readonly Buffer[]) => {
      const reader = createMultipartReader(BOUNDARY, LIMITS);
      const contents: string[] = [];
      for (const piece of pieces)
        for (const event of reader.push(piece)) {
          if (event.kind === 'part') contents.push('');
          if (event.kind === 'bytes') contents.push(`${contents.pop()}${event.bytes}`);
        }
      reader.end();
      return contents;
    };
    expect(read([body])).toEqual(['{"a":1}', '', '\r\n--abcABC']);
    expect(read(cut(body, [1]))).toEqual(read([body]));
  });

  it('passes over what stands before the first boundary and after the last, and padding after one', async () => {
    const body = `a preamble\r\n--${BOUNDARY} \t\r\ncontent-type:application/json\r\n\r\n{}\r\n--${BOUNDARY}--\r\nan epilogue`;
    expect((await receive([Buffer.from(body)])).text).toBe('{}');
  });

  it('takes folded headers, and a part whose boundary follows its headers at once', async () => {
    const empty = `Content-Transfer-Encoding:\r\n binary\r\nX-Experience-API-Hash: ${sha('')}`;
    const body = `--${BOUNDARY}\r\nContent-Type: application/json\r\n\r\n{}\r\n--${BOUNDARY}\r\n${empty}\r\n\r\n--${BOUNDARY}--`;
    expect((await receive([Buffer.from(body)])).parts).toMatchObject([{ length: 0, contentType: undefined }]);
  });

  it('keeps a large part in a file, exactly', async () => {
    const large = Buffer.alloc(2_500_000, 'not one and the same byte');
    const body = await receive(cut(layOut(BOUNDARY, [statementsPart([]), attachmentPart(large)]), [65_536]));
    const [part] = body.parts;
    if (!part || !('fd' in part.bytes)) throw new Error('a large part is not in a file');
    expect(part.length).toBe(large.length);
    expect(fstatSync(part.bytes.fd)).toMatchObject({ size: large.length, nlink: 0 });
    await body.drop();
  });

  it.each<[string, LaidOutPart, string]>([
    ['another first part than JSON', { headers: ['Content-Type: text/plain'], content: '{}' }, 'part 1'],
    ['a first part without a type', { headers: [], content: '{}' }, 'part 1'],
    [
      'a first part that is not UTF-8',
      { ...statementsPart(0), content: Buffer.from([0x22, 0xff]) },
      'part 1',
    ],
    [
      'another charset',
      { headers: ['Content-Type: application/json; charset=utf-16'], content: '' },
      'part 1',
    ],
  ])('refuses %s', async (_, first, path) => {
    expect(await fault([first])).toMatchObject({ code: 'invalid-request', problems: [{ path }] });
  });

  it.each<[string, readonly string[], string]>([
    ['no hash', ['Content-Transfer-Encoding: binary'], 'part 3, X-Experience-API-Hash'],
    ['a hash that is none', ['X-Experience-API-Hash: 12ab'], 'part 3, X-Experience-API-Hash'],
    ["another content's hash", [`X-Experience-API-Hash: ${sha('another')}`], 'part 3, X-Experience-API-Hash'],
    [
      'an encoding',
      [`X-Experience-API-Hash: ${sha('x')}`, 'Content-Transfer-Encoding: base64'],
      'part 3, Content-Transfer-Encoding',
    ],
    ['a wrong length', [`X-Experience-API-Hash: ${sha('x')}`, 'Content-Length: 2'], 'part 3, Content-Length'],
    ['a header twice', ['Content-Type: text/plain', 'content-type: text/html'], 'part 3, content-type'],
    ['a line that is no header', ['Content-Type text/plain'], 'part 3'],
    ['a control character in a header', ['Content-Type: text\0plain'], 'part 3'],
  ])('refuses an attachment with %s, naming it', async (_, headers, path) => {
    const parts = [statementsPart({}), attachmentPart('fine'), { headers, content: 'x' }];
    expect(await fault(parts)).toMatchObject({ code: 'invalid-request', problems: [{ path }] });
  });

  it.each<[string, string]>([
    ['lines that end with LF', `--${BOUNDARY}\nContent-Type: application/json\n\n{}\n--${BOUNDARY}--\n`],
    [
      'a boundary that goes on',
      `--${BOUNDARY}x\r\nContent-Type: application/json\r\n\r\n{}\r\n--${BOUNDARY}--`,
    ],
    ['no part', `--${BOUNDARY}--\r\n`],
    ['headers without end', `--${BOUNDARY}\r\nContent-Type: ${'x'.repeat(2_000)}`],
    ['no boundary', `${'x'.repeat(3_000)}`],
    ['nothing', ''],
  ])('refuses a body with %s', async (_, body) => {
    expect((await fault(Buffer.from(body))).code).toBe('invalid-request');
  });

  it.each<[string, Partial<MultipartLimits>, string]>([
    ['too large a part', { part: 4 }, 'part 2'],
    ['too many statements', { first: 1 }, 'part 1'],
    ['too many parts', { parts: 1 }, 'body'],
    ['too much in all', { body: 50 }, 'body'],
  ])('answers too-large for %s', async (_, limits, path) => {
    const parts = [statementsPart({}), attachmentPart('12345')];
    expect(await fault(parts, { ...LIMITS, ...limits })).toMatchObject({
      code: 'too-large',
      problems: [{ path }],
    });
  });

  it('knows every SHA-2 by its length', async () => {
    for (const algorithm of ['sha224', 'sha256', 'sha384', 'sha512']) {
      const headers = [`X-Experience-API-Hash: ${sha('x', algorithm).toUpperCase()}`];
      const body = await receive([layOut(BOUNDARY, [statementsPart({}), { headers, content: 'x' }])]);
      expect(body.parts).toMatchObject([{ sha2: sha('x', algorithm) }]);
    }
  });
});

describe('the Content-Type of a request with attachments', () => {
  it('is multipart/mixed in any case', () => {
    expect(isMultipartMixed('Multipart/Mixed ; boundary=x')).toBe(true);
    expect(isMultipartMixed('multipart/form-data; boundary=x')).toBe(false);
    expect(isMultipartMixed(undefined)).toBe(false);
  });

  it.each([
    ['multipart/mixed; boundary=abc', 'abc'],
    [`multipart/mixed; boundary="abcABC0123'()+_,-./:=?"`, "abcABC0123'()+_,-./:=?"],
    ['multipart/mixed; charset=utf-8; Boundary="a b" ; x=y', 'a b'],
    ['multipart/mixed; boundary=-------314159265358979323846', '-------314159265358979323846'],
  ])('has the boundary of %s', (type, boundary) => {
    expect(boundaryOf(type)).toBe(boundary);
  });

  it.each([
    'multipart/mixed',
    'multipart/mixed; boundary=',
    'multipart/mixed; boundary=""',
    'multipart/mixed; boundary="a "',
    'multipart/mixed; boundary="a*b"',
    `multipart/mixed; boundary=${'a'.repeat(71)}`,
    'multipart/mixed; boundary=a; boundary=b',
  ])('is refused as %s', (type) => {
    expect(() => boundaryOf(type)).toThrow(/boundary/);
  });
});
