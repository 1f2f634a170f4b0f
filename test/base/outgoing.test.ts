import { createServer, type RequestListener, type Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createOutgoing, type OutgoingRequest, type Resolve } from '../../src/base/outgoing.ts';
import { isLoopbackHost, isPublicAddress } from '../../src/base/public-address.ts';

const limits = { timeLimit: 2_000, sizeLimit: 1_000 };
const asked: string[] = [];

let server: Server;
let port = 0;
const paths: Readonly<Record<string, RequestListener>> = {
  '/json': (_request, response) => {
    response.setHeader('content-type', 'application/json').end('{"ok":true}');
  },
  '/redirect': (_request, response) => {
    response.writeHead(302, { location: '/json' }).end();
  },
  '/huge': (_request, response) => {
    response.end('x'.repeat(1_001));
  },
  '/endless': (_request, response) => {
    const more = setInterval(() => response.write('x'.repeat(100)), 1);
    response.on('close', () => clearInterval(more));
  },
  '/silent': () => undefined,
  '/cut': (_request, response) => {
    response.writeHead(200, { 'content-length': '100' });
    response.write('some', () => response.destroy());
  },
  '/gzip': (_request, response) => {
    response.writeHead(200, { 'content-encoding': 'gzip' }).end('x');
  },
  '/echo': (request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () =>
      response.end(`${request.method} ${request.headers.host} ${Buffer.concat(parts).toString()}`),
    );
  },
};

beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push(request.url ?? '');
    (paths[request.url ?? ''] ?? paths['/json'])?.(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  port = typeof address === 'object' && address !== null ? address.port : 0;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const resolving =
  (...addresses: string[]): Resolve =>
  async () =>
    addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));

const faultOf = (attempt: Promise<unknown>): Promise<unknown> =>
  attempt.then(
    () => 'answered',
    (error: unknown) => (error instanceof Error && 'fault' in error ? error.fault : error),
  );

describe('addresses of the public Internet', () => {
  it.each(['1.1.1.1', '93.184.216.34', '223.255.255.254', '2606:4700::1111', '2a00:1450:4007::200e'])(
    '%s is one',
    (address) => expect(isPublicAddress(address)).toBe(true),
  );

  it.each([
    ['0.0.0.0', 'this host'],
    ['10.1.2.3', 'private'],
    ['172.16.0.1', 'private'],
    ['172.31.255.255', 'private'],
    ['192.168.1.1', 'private'],
    ['100.64.0.1', 'behind a carrier'],
    ['127.0.0.1', 'loopback'],
    ['127.255.255.254', 'loopback'],
    ['169.254.169.254', 'link-local, where clouds keep secrets'],
    ['192.0.0.8', 'protocol assignments'],
    ['198.18.0.1', 'benchmarks'],
    ['203.0.113.9', 'documentation'],
    ['224.0.0.1', 'multicast'],
    ['240.0.0.1', 'reserved'],
    ['255.255.255.255', 'broadcast'],
    ['::', 'unspecified'],
    ['::1', 'loopback'],
    ['::ffff:10.0.0.1', 'mapped'],
    ['::ffff:8.8.8.8', 'mapped'],
    ['64:ff9b::a00:1', 'translated'],
    ['2002:a00:1::', '6to4 around a private one'],
    ['2001:0:4136:e378::', 'Teredo'],
    ['2001:db8::1', 'documentation'],
    ['fe80::1', 'link-local'],
    ['fe80::1%eth0', 'link-local with a zone'],
    ['fc00::1', 'unique local'],
    ['fd12:3456::1', 'unique local'],
    ['fec0::1', 'site-local'],
    ['ff02::1', 'multicast'],
    ['localhost', 'no address'],
  ])('%s is none: %s', (address) => expect(isPublicAddress(address)).toBe(false));

  it.each(['localhost', 'LOCALHOST.', 'a.localhost', '127.0.0.1', '127.8.8.8', '[::1]'])(
    '%s means this machine',
    (host) => expect(isLoopbackHost(host)).toBe(true),
  );

  it.each(['localhost.example', '10.0.0.1', '128.0.0.1', '[::2]'])('%s does not', (host) =>
    expect(isLoopbackHost(host)).toBe(false),
  );
});

describe('a request to an address that a stranger named', () => {
  const strict = (resolve: Resolve) => createOutgoing({ resolve, rules: { ...limits, allowPrivate: false } });

  it.each([
    ['http://lms.example/', 'not-https'],
    ['http://localhost/', 'not-https'],
    ['ftp://lms.example/', 'not-https'],
    ['file:///etc/passwd', 'not-https'],
    ['https://127.0.0.1/', 'not-public'],
    ['https://2130706433/', 'not-public'],
    ['https://0x7f.1/', 'not-public'],
    ['https://[::1]/', 'not-public'],
    ['https://[::ffff:127.0.0.1]/', 'not-public'],
    ['https://169.254.169.254/latest/meta-data', 'not-public'],
  ])('%s is refused: %s', async (url, fault) => {
    expect(await faultOf(strict(resolving('1.1.1.1'))(url))).toBe(fault);
  });

  it.each([
    [['10.0.0.1']],
    [['127.0.0.1']],
    [['169.254.169.254']],
    [['100.64.1.1']],
    [['fd00::1']],
    [['::ffff:192.168.0.1']],
    [['1.1.1.1', '10.0.0.1']],
    [['2606:4700::1111', '::1']],
  ])('a name that stands for %j is refused', async (addresses) => {
    expect(await faultOf(strict(resolving(...addresses))('https://lms.example/'))).toBe('not-public');
  });

  it('a name that stands for nothing is refused', async () => {
    expect(await faultOf(strict(resolving())('https://lms.example/'))).toBe('unresolved');
    const failing: Resolve = () => Promise.reject(new Error('ENOTFOUND'));
    expect(await faultOf(strict(failing)('https://lms.example/'))).toBe('unresolved');
  });

  it('a name that never resolves is given up', async () => {
    const never: Resolve = () => new Promise(() => undefined);
    const rules = { allowPrivate: false, timeLimit: 20, sizeLimit: 10 };
    expect(await faultOf(createOutgoing({ resolve: never, rules })('https://lms.example/'))).toBe('too-slow');
  });
});

describe('where private addresses are allowed', () => {
  const send = (
    path: string,
    request?: OutgoingRequest,
    timeLimit = limits.timeLimit,
    host = 'localhost',
  ) => {
    const rules = { ...limits, timeLimit, allowPrivate: true };
    return createOutgoing({ resolve: resolving('127.0.0.1'), rules })(
      `http://${host}:${port}${path}`,
      request,
    );
  };

  it('a service of this machine answers', async () => {
    const response = await send('/json');
    expect([response.status, response.headers.get('content-type'), await response.json()]).toEqual([
      200,
      'application/json',
      { ok: true },
    ]);
  });

  it('the connection goes to the address that was checked, under the name that was asked', async () => {
    const response = await send('/echo', { method: 'POST', body: 'é' }, undefined, 'no-such-name.localhost');
    expect(await response.text()).toBe(`POST no-such-name.localhost:${port} é`);
  });

  it('plain http to another machine is refused still', async () => {
    expect(await faultOf(send('/json', {}, undefined, 'intranet.example'))).toBe('not-https');
    expect(await faultOf(send('/json', {}, undefined, '10.0.0.1'))).toBe('not-https');
  });

  it.each([
    ['/redirect', 'redirected'],
    ['/huge', 'too-large'],
    ['/endless', 'too-large'],
    ['/gzip', 'encoded'],
  ])('%s is refused: %s', async (path, fault) => {
    expect(await faultOf(send(path))).toBe(fault);
  });

  it('a redirection is not followed', async () => {
    asked.length = 0;
    await faultOf(send('/redirect'));
    expect(asked).toEqual(['/redirect']);
  });

  it('an answer that does not come is given up', async () => {
    expect(await faultOf(send('/silent', {}, 50))).toBe('too-slow');
  });

  it('an answer cut short is no answer', async () => {
    expect(await faultOf(send('/cut'))).toBe('unreachable');
  });
});
