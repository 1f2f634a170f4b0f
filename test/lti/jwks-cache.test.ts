import { generateKeyPairSync } from 'node:crypto';
import { createServer, type RequestListener } from 'node:http';
import { describe, expect, it } from 'vitest';
import { createJwksCache } from '../../lti/jwks-cache.ts';
import { createOutgoing, OUTGOING_LIMITS, systemResolve } from '../../src/base/outgoing.ts';

const { n, e } = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ format: 'jwk' });
const jwk = (kid: string, changes: Record<string, unknown> = {}) => ({ kty: 'RSA', kid, n, e, ...changes });

function platform(first: readonly unknown[]) {
  let now = 0;
  let keys = first;
  let body: string | null = null;
  let fetches = 0;
  const answer: typeof fetch = async () => {
    fetches += 1;
    return new Response(body ?? JSON.stringify({ keys }));
  };
  const outgoing = () => Promise.reject(new Error('not asked'));
  const cache = createJwksCache({ fetch: answer, outgoing, clock: () => now });
  return {
    find: async (kid: string) => (await cache.find('https://lms.example.org/jwks', kid)).kind,
    fetches: () => fetches,
    publish: (next: readonly unknown[]) => {
      keys = next;
    },
    say: (text: string) => {
      body = text;
    },
    wait: (ms: number) => {
      now += ms;
    },
  };
}

describe('the keys of a platform', () => {
  it('are fetched once for launches at the same time, and kept', async () => {
    const lms = platform([jwk('a')]);
    const kinds = await Promise.all(['a', 'a', 'a'].map(lms.find));
    expect([...kinds, await lms.find('a'), lms.fetches()]).toEqual(['found', 'found', 'found', 'found', 1]);
  });

  it('are fetched again after ten minutes, so that a withdrawn key ends', async () => {
    const lms = platform([jwk('a')]);
    await lms.find('a');
    lms.publish([jwk('b')]);
    lms.wait(600_000);
    expect([await lms.find('a'), lms.fetches()]).toEqual(['unknown-kid', 2]);
  });

  it('are fetched again for a key id never seen, but not for every one a stranger makes up', async () => {
    const lms = platform([jwk('a')]);
    await lms.find('a');
    lms.publish([jwk('a'), jwk('b')]);
    expect(await lms.find('b')).toBe('found');
    for (let guess = 0; guess < 20; guess += 1) expect(await lms.find(`guess-${guess}`)).toBe('unknown-kid');
    expect(lms.fetches()).toBe(5);
    lms.wait(60_000);
    await lms.find('guess');
    expect(lms.fetches()).toBe(6);
  });

  it('are fetched by the guarded way where the address is a stranger’s word, and not taken from the other', async () => {
    const asked: string[] = [];
    const answer = (way: string) => async () => {
      asked.push(way);
      return new Response(JSON.stringify({ keys: [jwk('a')] }));
    };
    const deps = { fetch: answer('fetch'), outgoing: answer('outgoing'), clock: () => 0 };
    const cache = createJwksCache(deps);
    for (const guarded of [false, true, true, false])
      expect((await cache.find('https://lms.example.org/jwks', 'a', guarded)).kind).toBe('found');
    expect(asked).toEqual(['fetch', 'outgoing']);
  });

  it('are only RSA keys for RS256 signatures', async () => {
    const lms = platform([
      jwk('enc', { use: 'enc' }),
      jwk('ps', { alg: 'PS256' }),
      jwk('wrap', { key_ops: ['wrapKey'] }),
      jwk('good', { use: 'sig', alg: 'RS256' }),
      { kty: 'oct', kid: 'oct', k: 'AA' },
      { kty: 'EC', kid: 'ec' },
    ]);
    const kinds = await Promise.all(['enc', 'ps', 'wrap', 'oct', 'ec'].map(lms.find));
    expect(new Set(kinds)).toEqual(new Set(['unknown-kid']));
    expect(await lms.find('good')).toBe('found');
  });

  it.each([
    ['no JSON', '<html>'],
    ['no keys', '{}'],
    ['too much', `{"keys":[],"x":"${'x'.repeat(300_000)}"}`],
  ])('are unavailable when the platform answers %s', async (_name, text) => {
    const lms = platform([]);
    lms.say(text);
    expect(await lms.find('a')).toBe('unavailable');
  });
});

describe.each([
  ['that an administrator declared', false],
  ['that registered itself', true],
])('the address of the keys of a platform %s', (_name, guarded) => {
  const answers: Readonly<Record<string, RequestListener>> = {
    '/keys': (_request, response) => response.end(JSON.stringify({ keys: [jwk('a')] })),
    '/elsewhere': (_request, response) => response.writeHead(302, { location: '/keys' }).end(),
    '/silent': () => undefined,
    '/endless': (_request, response) => {
      const more = setInterval(() => response.write(' '.repeat(64 * 1024)), 1);
      response.on('close', () => clearInterval(more));
    },
    '/broken': (_request, response) => response.writeHead(500).end('{"keys":[]}'),
  };

  it.each([
    ['/keys', 'found'],
    ['/elsewhere', 'unavailable'],
    ['/silent', 'unavailable'],
    ['/endless', 'unavailable'],
    ['/broken', 'unavailable'],
  ])('%s: %s', async (path, kind) => {
    const server = createServer((request, response) => answers[request.url ?? '']?.(request, response));
    await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : 0;
    const rules = { ...OUTGOING_LIMITS, allowPrivate: true };
    const outgoing = createOutgoing({ resolve: systemResolve, rules });
    const timeLimit = path === '/silent' ? 50 : 5_000;
    const cache = createJwksCache({ fetch, outgoing, clock: Date.now, timeLimit });
    expect((await cache.find(`http://localhost:${port}${path}`, 'a', guarded)).kind).toBe(kind);
    server.closeAllConnections();
    server.close();
  });
});
