import { createServer, type Server, type ServerResponse } from 'node:http';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { backoff } from '../../../xapi/client/backoff.ts';
import { createLrsClient, excerptOf } from '../../../xapi/client/lrs-client.ts';

let server: Server;
let answer: (response: ServerResponse) => void;
let url = '';
beforeAll(async () => {
  server = createServer((request, response) => {
    request.resume();
    answer(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/xapi`;
});
afterAll(() => {
  server.close();
  server.closeAllConnections();
});

const account = () => ({ url, version: '2.0.0' as const, username: 'u', password: 'é' });
const never = new AbortController().signal;
const content = { contentType: 'application/json', body: Buffer.from('[]') };

describe('requests to other LRSs', () => {
  it('end when no answer comes in time', async () => {
    answer = () => undefined;
    const client = createLrsClient({ fetch, timeout: 30 });
    await expect(client.postStatements(account(), content, never)).rejects.toThrow('no answer in time');
    await expect(client.getStatements(account(), { query: {} }, never)).rejects.toThrow('no answer in time');
  });

  it('end when an answer begins and does not go on', async () => {
    answer = (response) => {
      response.writeHead(200).write('{');
    };
    const client = createLrsClient({ fetch, timeout: 30 });
    const { body } = await client.getStatements(account(), { query: {} }, never);
    await expect(body.toArray()).rejects.toThrow('no answer in time');
  });

  it('end when we do', async () => {
    answer = () => undefined;
    const stop = new AbortController();
    const pending = createLrsClient({ fetch }).postStatements(account(), content, stop.signal);
    stop.abort(new Error('this process stops'));
    await expect(pending).rejects.toThrow('this process stops');
  });

  it('read no more of what is said to a failure than people will', async () => {
    answer = (response) => {
      response.writeHead(500);
      const more = () => {
        while (response.write('no '.repeat(1_000))) if (response.destroyed) return;
        response.once('drain', more);
      };
      more();
    };
    const client = createLrsClient({ fetch });
    const { status, body } = await client.postStatements(account(), content, never);
    expect([status, (await excerptOf(body)).length]).toEqual([500, 300]);
    expect(body.destroyed).toBe(true);
  });

  it('name the version of the target, and ourselves in UTF-8', async () => {
    const seen: unknown[] = [];
    server.once('request', (request) => seen.push(request.headers, request.url));
    answer = (response) => response.end('[]');
    await createLrsClient({ fetch }).postStatements(account(), content, never);
    expect(seen).toMatchObject([
      {
        'x-experience-api-version': '2.0.0',
        authorization: `Basic ${Buffer.from('u:é').toString('base64')}`,
        'content-length': '2',
      },
      '/xapi/statements',
    ]);
  });
});

describe('backing off', () => {
  const at = (share: number) => ({
    now: Date.UTC(2026, 0, 5),
    random: () => {
      const bytes = Buffer.alloc(4);
      bytes.writeUInt32BE(Math.floor(share * (2 ** 32 - 1)));
      return bytes;
    },
  });

  it('always waits from 5 s to 15 min, longer after more failures, never together', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1_000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (n, share) => {
          const wait = backoff(n, undefined, at(share));
          expect(wait).toBeGreaterThanOrEqual(5_000);
          expect(wait).toBeLessThanOrEqual(900_000);
          expect(wait).toBeLessThanOrEqual(backoff(n + 1, undefined, at(share)));
        },
      ),
    );
    expect(backoff(1, undefined, at(1))).toBeGreaterThan(backoff(1, undefined, at(0)));
  });

  it('waits as Retry-After says, in seconds or until a date, and no longer than a day', () => {
    expect(backoff(3, '90', at(0))).toBe(90_000);
    expect(backoff(3, 'Mon, 05 Jan 2026 00:00:07 GMT', at(0))).toBe(7_000);
    expect(backoff(3, '0', at(0))).toBe(1_000);
    expect(backoff(3, '99999999', at(0))).toBe(86_400_000);
    expect(backoff(1, 'soon', at(0))).toBe(5_000);
  });
});
