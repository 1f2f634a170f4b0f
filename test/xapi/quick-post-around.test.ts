import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { kept, statement } from './statements.ts';
import { openTwoDoors, type TwoDoors } from './two-doors.ts';

/** What the log was told of requests. */
type Line = Readonly<Record<string, unknown>>;

let doors: TwoDoors | undefined;
afterEach(() => doors?.close());

async function open(...[given]: Parameters<typeof openTwoDoors>) {
  const lines: Line[] = [];
  const errors: Line[] = [];
  const info = (fields: Line, message: string) => {
    if (message === 'request') lines.push(fields);
  };
  doors = await openTwoDoors({
    ...given,
    log: { info, warn: () => undefined, error: (fields) => errors.push(fields) },
  });
  const { assidu, quick, express } = doors;
  const headers = {
    Authorization: assidu.authorization,
    'Content-Type': 'application/json',
    'X-Experience-API-Version': '1.0.3',
  };
  const counted = async () => {
    const { text } = await assidu.request('GET', '/metrics');
    const found = text.matchAll(/_duration_seconds_count\{door="xapi",method="POST",status="(\d+)"\} (\d+)/g);
    return Object.fromEntries([...found].map(([, status, count]) => [status, Number(count)]));
  };
  return { assidu, quick, express, headers, lines, errors, counted };
}

describe('around the quick door, as around Express', () => {
  it('each request has one line in the log and is measured once', async () => {
    const { quick, express, headers, lines, counted } = await open();
    for (const by of [quick, express]) {
      await by({ headers, body: JSON.stringify(statement()) });
      await by({ headers, body: 'x' });
    }
    const line = { method: 'POST', path: '/xapi/statements', ms: expect.any(Number) };
    const each = [
      { ...line, status: 200 },
      { ...line, status: 400 },
    ];
    expect(lines).toEqual([...each, ...each]);
    expect(lines.map((one) => Object.keys(one))).toEqual(lines.map(() => ['method', 'path', 'status', 'ms']));
    expect(await counted()).toEqual({ 200: 2, 400: 2 });
  });

  it('links lead to the path that a proxy publishes, and the log has the path within', async () => {
    const { assidu, quick, express, headers, lines } = await open({ publicUrl: 'https://x.example/assidu/' });
    const Authorization = await assidu.newKey(['all'], 'default', { onInvalid: 'skip' });
    const sent = { headers: { ...headers, Authorization }, body: '[{}]' };
    const heard = await quick(sent);
    expect(heard).toEqual(await express(sent));
    expect(heard.headers).toContainEqual([
      'Link',
      '</assidu/api/v1/quarantine>; rel="urn:assidu:rel:quarantine"',
    ]);
    expect(lines.map(({ path }) => path)).toEqual(['/xapi/statements', '/xapi/statements']);
  });

  it('what fails within is answered by a reference to the log, and by nothing else', async () => {
    const { assidu, quick, express, headers, errors } = await open();
    Reflect.set(assidu.services.storage.keys, 'find', () => Promise.reject(new Error('secret')));
    const sent = { headers, body: JSON.stringify(statement()) };
    const heard = [await quick(sent), await express(sent)];
    const references = heard.map(({ body }) => String(JSON.parse(body).reference));
    expect(errors).toEqual(references.map((reference) => ({ err: expect.any(Error), reference })));
    const [one, other] = heard.map((each, at) => ({
      ...each,
      body: each.body.replace(references[at] ?? '', 'reference'),
    }));
    expect(one).toEqual(other);
    expect([one?.status, one?.body]).toEqual([500, expect.not.stringContaining('secret')]);
  });

  it('an instance that is about to stop parts with its clients', async () => {
    const { assidu, quick, express, headers } = await open({ settings: { drain: 1_500 } });
    const closed = assidu.close();
    const sent = { headers, body: JSON.stringify(statement()) };
    const heard = await quick(sent);
    expect(heard).toEqual(await express(sent));
    expect(heard.headers[0]).toEqual(['Connection', 'close']);
    await closed;
    doors = undefined;
  });

  it.each(['quick', 'express'] as const)(
    'a client that goes away before the end of its body is neither answered nor logged (%s)',
    async (name) => {
      const { assidu, headers, lines, counted, ...by } = await open();
      const sent = statement();
      const body = JSON.stringify(sent);
      const port = Number(new URL(assidu.url).port);
      if (name === 'express') await by.express({ headers, body: '[]' });
      else await by.quick({ headers, body: '[]' });
      const socket = connect(port, 'localhost');
      await once(socket, 'connect');
      const path = name === 'express' ? '/xapi/statements/' : '/xapi/statements';
      const head = Object.entries({ Host: 'localhost', ...headers, 'Content-Length': body.length });
      socket.write(
        `POST ${path} HTTP/1.1\r\n${head.map(([key, value]) => `${key}: ${value}\r\n`).join('')}\r\n`,
      );
      socket.write(body.slice(0, -1));
      await pause(100);
      socket.resetAndDestroy();
      await pause(100);
      expect(await kept(assidu, sent)).toEqual([false]);
      expect(lines.filter(({ method }) => method === 'POST')).toHaveLength(1);
      expect(await counted()).toEqual({ 200: 1 });
      await by.quick({ headers, body });
      expect(await kept(assidu, sent)).toEqual([true]);
    },
  );

  it('requests that come in one packet are answered in their order', async () => {
    const { assidu, headers } = await open();
    const sent = Array.from({ length: 5 }, () => statement());
    const requests = sent.map((each) => {
      const body = JSON.stringify(each);
      const head = Object.entries({ Host: 'localhost', ...headers, 'Content-Length': body.length });
      return `POST /xapi/statements HTTP/1.1\r\n${head.map(([key, value]) => `${key}: ${value}\r\n`).join('')}\r\n${body}`;
    });
    const socket = connect(Number(new URL(assidu.url).port), 'localhost');
    let heard = '';
    socket.on('data', (chunk) => {
      heard += chunk;
    });
    socket.write(requests.join(''));
    for (let tries = 0; heard.split('HTTP/1.1 200').length < 6 && tries < 100; tries += 1) await pause(20);
    socket.destroy();
    expect(heard.match(/\["[^"]+"\]/g)).toEqual(sent.map(({ id }) => JSON.stringify([id])));
  });
});
