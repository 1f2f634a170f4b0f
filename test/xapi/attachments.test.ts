import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import express from 'express';
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerProblems } from '../../src/web/problem.ts';
import { createLrs } from '../../xapi/create-lrs.ts';
import { type RunningAssidu, startAssidu } from '../support/start-assidu.ts';
import { ask, describing, postingTo, sendParts, statementWith } from './attachment-requests.ts';
import { attachmentPart, type LaidOutPart, layOut, sha, statementsPart } from './multipart-body.ts';

let assidu: RunningAssidu;
beforeAll(async () => {
  assidu = await startAssidu();
});
afterAll(() => assidu.close());

const { post, kept } = postingTo(() => assidu);

describe('statements sent with attachments (xAPI 1.0.3 Communication 1.5.2)', () => {
  it('are kept with them, and both are given back byte for byte', async () => {
    const picture = randomBytes(3_000);
    const id = await kept([picture, 'an essay\r\n']);
    const { status, json, parts, headers } = await ask(assidu, `statementId=${id}&attachments=true`);
    expect(status).toBe(200);
    expect(headers.get('content-type')).toMatch(/^multipart\/mixed; boundary="/);
    expect(json).toMatchObject({ id, attachments: [{ sha2: sha(picture) }, { sha2: sha('an essay\r\n') }] });
    expect(parts[0]?.headers.get('content-type')).toBe('application/json');
    const attached = new Map(parts.slice(1).map((part) => [part.headers.get('x-experience-api-hash'), part]));
    expect(attached.get(sha(picture))?.content).toEqual(picture);
    expect(attached.get(sha('an essay\r\n'))?.content.toString()).toBe('an essay\r\n');
    for (const { headers: own } of attached.values()) {
      expect(own.get('content-transfer-encoding')).toBe('binary');
      expect(own.get('content-type')).toBe('text/plain');
    }
  });

  it('can be of several megabytes', async () => {
    const large = randomBytes(5_500_000);
    const id = await kept([large]);
    const { parts } = await ask(assidu, `statementId=${id}&attachments=true`);
    expect(parts[1]?.content.equals(large)).toBe(true);
  });

  it('can be put, and can be empty', async () => {
    const id = randomUUID();
    const answer = await sendParts(assidu, [statementsPart(statementWith([''])), attachmentPart('')], {
      method: 'PUT',
      path: `/xapi/statements?statementId=${id}`,
    });
    expect(answer.status).toBe(204);
    const { parts } = await ask(assidu, `statementId=${id}&attachments=true`);
    expect(parts.map(({ content }) => content.length)).toEqual([parts[0]?.content.length, 0]);
  });

  it('may have no attachment, or only ones that are elsewhere', async () => {
    const elsewhere = describing('elsewhere', { fileUrl: 'http://example.org/file.txt' });
    const answer = await post([statementWith([]), statementWith([], { attachments: [elsewhere] })]);
    expect(answer.status).toBe(200);
    const { parts } = await ask(assidu, `statementId=${answer.json[1]}&attachments=true`);
    expect(parts).toHaveLength(1);
  });

  it('may have them in a sub-statement', async () => {
    const { attachments, ...inner } = statementWith(['of the inner one']);
    const object = { objectType: 'SubStatement', ...inner, attachments };
    expect((await post(statementWith([], { object }))).status).toBe(400);
    const answer = await post(statementWith([], { object }), attachmentPart('of the inner one'));
    expect(answer.status).toBe(200);
    const { parts } = await ask(assidu, `statementId=${answer.json[0]}&attachments=true`);
    expect(parts[1]?.content.toString()).toBe('of the inner one');
  });

  it('may name the hash in capitals, or by SHA-384 and SHA-512', async () => {
    for (const hash of [sha('x').toUpperCase(), sha('x', 'sha384'), sha('x', 'sha512')]) {
      const headers = ['Content-Transfer-Encoding: binary', `X-Experience-API-Hash: ${hash}`];
      const attachments = [describing('x', { sha2: hash })];
      const answer = await post(statementWith([], { attachments }), { headers, content: 'x' });
      expect(answer.status).toBe(200);
      const { parts } = await ask(assidu, `statementId=${answer.json[0]}&attachments=true`);
      expect(parts[1]?.content.toString()).toBe('x');
    }
  });

  it("may describe a type with parameters where the part has none, as the standard's example does", async () => {
    const attachments = [describing('x', { contentType: 'text/plain; charset=ascii' })];
    expect((await post(statementWith([], { attachments }), attachmentPart('x'))).status).toBe(200);
  });

  it('come in an alternate request, too', async () => {
    const id = randomUUID();
    const form = new URLSearchParams({
      statementId: id,
      'Content-Type': 'multipart/mixed; boundary=form',
      content: layOut('form', [statementsPart(statementWith(['é'])), attachmentPart('é')]).toString(),
    });
    const answer = await assidu.request('POST', '/xapi/statements?method=PUT', form.toString(), {
      'content-type': 'application/x-www-form-urlencoded',
    });
    expect(answer.status, answer.text).toBe(204);
    expect((await ask(assidu, `statementId=${id}&attachments=true`)).parts[1]?.content.toString()).toBe('é');
  });
});

describe('statements with attachments that do not fit', () => {
  const refused: readonly [string, unknown, readonly LaidOutPart[], string][] = [
    [
      'a part that no statement describes',
      statementWith([]),
      [attachmentPart('stray')],
      'part 2, X-Experience-API-Hash',
    ],
    [
      'a description without part and fileUrl',
      statementWith(['a', 'b']),
      [attachmentPart('a')],
      'attachments[1]',
    ],
    [
      'another media type',
      statementWith(['a']),
      [attachmentPart('a', 'image/png')],
      'attachments[0].contentType',
    ],
    [
      'another length than the Content-Length of the part',
      statementWith([], { attachments: [describing('a', { length: 2 })] }),
      [{ ...attachmentPart('a'), headers: [...attachmentPart('a').headers, 'Content-Length: 1'] }],
      'attachments[0].length',
    ],
    [
      'a second part with statements',
      statementWith(['a']),
      [statementsPart(statementWith(['a'])), attachmentPart('a')],
      'part 2, X-Experience-API-Hash',
    ],
  ];
  it.each(refused)('are refused for %s', async (_, statement, parts, path) => {
    const answer = await post(statement, ...parts);
    expect(answer.status).toBe(400);
    expect(answer.json.errors).toMatchObject([{ path }]);
  });

  it('are refused naming the statement of the batch', async () => {
    const answer = await post([statementWith([]), statementWith(['missing'])]);
    expect(answer.json.errors).toMatchObject([{ path: '[1].attachments[0]' }]);
  });

  it('need their part again although the LRS has the data: who sends must have it', async () => {
    await kept(['known before']);
    expect((await post(statementWith(['known before']))).status).toBe(400);
  });

  it('are refused as plain JSON unless the data is elsewhere', async () => {
    expect((await assidu.request('POST', '/xapi/statements', statementWith(['x']))).status).toBe(400);
    const attachments = [describing('x', { fileUrl: 'http://example.org/x' })];
    const answer = await assidu.request('POST', '/xapi/statements', statementWith([], { attachments }));
    expect(answer.status).toBe(200);
  });

  it('are refused in another multipart type, and compressed', async () => {
    const parts = [statementsPart(statementWith([]))];
    const form = { 'content-type': 'multipart/form-data; boundary=abcABC0123' };
    expect((await sendParts(assidu, parts, { headers: form })).status).toBe(400);
    expect((await sendParts(assidu, parts, { headers: { 'content-encoding': 'gzip' } })).status).toBe(400);
  });

  it('leave nothing behind: neither the statement nor the data', async () => {
    const id = randomUUID();
    await post(
      [statementWith(['of a refused batch'], { id }), { actor: 1 }],
      attachmentPart('of a refused batch'),
    );
    const other = randomUUID();
    await kept(['first'], { id: other });
    const conflict = await post(
      [statementWith(['of a refused batch'], { id }), statementWith(['other'], { id: other })],
      attachmentPart('of a refused batch'),
      attachmentPart('other'),
    );
    expect(conflict.status).toBe(409);
    expect((await ask(assidu, `statementId=${id}`)).status).toBe(404);
    const read = async () => {
      for await (const _ of assidu.services.storage.attachments.read('default', sha('of a refused batch')));
    };
    await expect(read()).rejects.toMatchObject({ code: 'not-found' });
  });

  it('are nothing when the connection breaks, and others are served on', async () => {
    const id = randomUUID();
    const body = layOut('b', [statementsPart(statementWith(['cut'], { id })), attachmentPart('cut')]);
    const head =
      'POST /xapi/statements HTTP/1.1\r\nHost: localhost\r\nX-Experience-API-Version: 1.0.3\r\n' +
      `Authorization: ${assidu.authorization}\r\nContent-Type: multipart/mixed; boundary=b\r\n` +
      `Content-Length: ${body.length}\r\n\r\n`;
    const socket = connect(Number(new URL(assidu.url).port), 'localhost');
    socket.write(Buffer.concat([Buffer.from(head), body.subarray(0, body.length - 20)]), () =>
      socket.destroy(),
    );
    await once(socket, 'close');
    expect((await ask(assidu, `statementId=${id}`)).status).toBe(404);
    await kept(['another']);
  });

  it('are answered 413 over a bound, after which the connection serves on', async () => {
    const { storage, authenticator, intake } = assidu.services;
    const app = express();
    app.use(
      '/xapi',
      createLrs({
        limiter: assidu.services.limiter,
        lenientIntake: assidu.services.lenientIntake,
        ...storage,
        authenticator,
        intake,
        clock: Date.now,
        authorityHome: assidu.url,
        maxBody: '1mb',
        maxAttachment: '1mb',
        bounds: { part: 100_000, body: 3_000_000 },
      }).router,
      answerProblems(pino({ level: 'silent' })),
    );
    const server = createServer(app).listen(0);
    try {
      const url = `http://localhost:${(server.address() as AddressInfo).port}`;
      const to = { ...assidu, url };
      const large = randomBytes(2_500_000);
      const one = await sendParts(to, [statementsPart(statementWith([large])), attachmentPart(large)]);
      expect(one.json).toMatchObject({ status: 413, errors: [{ path: 'part 2' }] });
      const many = Array.from({ length: 40 }, () => randomBytes(90_000));
      const all = await sendParts(to, [
        statementsPart(statementWith(many)),
        ...many.map((each) => attachmentPart(each)),
      ]);
      expect(all.json).toMatchObject({ status: 413, errors: [{ path: 'body' }] });
      const small = await sendParts(to, [statementsPart(statementWith(['x'])), attachmentPart('x')]);
      expect(small.status).toBe(200);
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });
});
