import { randomUUID } from 'node:crypto';
import { createServer, type RequestListener, type Server } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createAccessTokens } from '../../../lti/services/access-tokens.ts';
import { createLineItems } from '../../../lti/services/line-items.ts';
import { createMemberships } from '../../../lti/services/memberships.ts';
import { createPlatformClient } from '../../../lti/services/platform-client.ts';
import { createPlatformFetch } from '../../../lti/services/platform-fetch.ts';
import { createScores } from '../../../lti/services/scores.ts';
import { createOutgoing, OUTGOING_LIMITS, type Resolve } from '../../../src/base/outgoing.ts';
import { registration as known, scripted } from './scripted-fetch.ts';

/** A request that arrived: where, and with what credential. */
interface Arrived {
  readonly host: 'platform' | 'elsewhere';
  readonly path: string;
  readonly credential: string | undefined;
}
const arrived: Arrived[] = [];
const members = Array.from({ length: 10_000 }, (_, index) => ({
  user_id: String(index),
  roles: ['http://purl.imsglobal.org/vocab/lis/v2/membership#Learner'],
  name: `Prénom Nom-de-famille ${index}`,
  email: `prenom.nom-de-famille.${index}@exemple.fr`,
}));
const roster = JSON.stringify({ id: 'roster', members });

let platform = '';
let elsewhere = '';
const servers: Server[] = [];
async function listening(host: Arrived['host'], answer: RequestListener): Promise<string> {
  const server = createServer((request, response) => {
    arrived.push({ host, path: request.url ?? '', credential: request.headers.authorization });
    request.resume();
    answer(request, response);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return `http://localhost:${typeof address === 'object' ? address?.port : 0}`;
}

beforeAll(async () => {
  elsewhere = await listening('elsewhere', (_request, response) => {
    response.end('{"access_token":"x","members":[]}');
  });
  platform = await listening('platform', (request, response) => {
    const path = request.url ?? '';
    if (path === '/token') response.end('{"access_token":"secret-token","expires_in":3600}');
    else if (path === '/roster') response.end(roster);
    else if (path.startsWith('/leads-away'))
      response.writeHead(307, { location: `${elsewhere}/inside` }).end();
    else if (path.startsWith('/leads-on')) response.writeHead(302, { location: '/roster' }).end();
    else if (path === '/endless') {
      const part = Buffer.alloc(1024 * 1024, ' ');
      const more = () => {
        while (response.write(part));
      };
      response.on('drain', more);
      more();
    } else response.writeHead(404).end();
  });
});
afterAll(() => {
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
});
beforeEach(() => {
  arrived.length = 0;
});

const systemLike: Resolve = async () => [{ address: '127.0.0.1', family: 4 }];

/** The services as the product has them, of a platform that registered itself or that an administrator declared. */
function services(options: { self: boolean; allowPrivate?: boolean; at?: string; token?: string }) {
  const { self, allowPrivate = true, at = platform } = options;
  const { toolKeys, clock, random } = scripted(() => ({}));
  const rules = { ...OUTGOING_LIMITS, allowPrivate };
  const fetch_ = createPlatformFetch({ fetch, outgoing: createOutgoing({ resolve: systemLike, rules }) });
  const tokens = createAccessTokens({ toolKeys, fetch: fetch_, clock, newId: randomUUID });
  const deps = {
    client: createPlatformClient({ tokens, fetch: fetch_ }),
    clock,
    random,
    wait: () => Promise.resolve(),
  };
  const registration = {
    ...known,
    issuer: at,
    authUrl: `${at}/auth`,
    tokenUrl: options.token ?? `${at}/token`,
    jwksUrl: `${at}/jwks`,
    ...(self ? { selfRegistered: true as const } : {}),
  };
  return {
    read: (url: string) => createMemberships(deps).read(registration, url),
    column: (url: string) =>
      createLineItems(deps).ensure(registration, url, { label: 'A', scoreMaximum: 1, resourceId: 'a' }),
    score: (url: string) =>
      createScores(deps.client).send(
        registration,
        url,
        '1',
        { scoreGiven: 1, scoreMaximum: 1, activityProgress: 'Completed' },
        0,
      ),
  };
}
const elsewhereAsked = () => arrived.filter(({ host }) => host === 'elsewhere');

describe.each([
  ['that registered itself', true],
  ['that an administrator declared', false],
])('requests to a platform %s', (_name, self) => {
  it('bring a roster of ten thousand in one page, larger than what a stranger may otherwise answer', async () => {
    expect(Buffer.byteLength(roster)).toBeGreaterThan(OUTGOING_LIMITS.sizeLimit);
    const { members: read, fault } = await services({ self }).read(`${platform}/roster`);
    expect([read.length, fault]).toEqual([10_000, null]);
    expect(arrived.map(({ path, credential }) => [path, credential])).toEqual([
      ['/token', undefined],
      ['/roster', 'Bearer secret-token'],
    ]);
  });

  it('never go to another origin than the platform’s own, whatever URL was told, and no token leaves', async () => {
    const { read, column, score } = services({ self });
    expect((await read(`${elsewhere}/roster`)).fault).toMatch(/not on an origin of the platform/);
    expect(await column(`${elsewhere}/items`)).toMatchObject({
      kind: 'failed',
      reason: expect.stringContaining('origin'),
    });
    expect(await score(`${elsewhere}/items/1`)).toMatchObject({
      kind: 'wait',
      failure: { reason: expect.stringContaining('origin') },
    });
    expect(elsewhereAsked()).toEqual([]);
  });

  it.each(['/leads-away', '/leads-on'])('never follow a redirect, nor try it again (%s)', async (path) => {
    const { read, column, score } = services({ self });
    expect((await read(`${platform}${path}`)).fault).toMatch(/leads elsewhere/);
    expect(await column(`${platform}${path}`)).toMatchObject({ kind: 'failed', status: null });
    expect(await score(`${platform}${path}`)).toMatchObject({ kind: 'wait', failure: { status: null } });
    expect(elsewhereAsked()).toEqual([]);
    expect(arrived.filter((each) => each.path.startsWith(path))).toHaveLength(3);
    expect(arrived.some((each) => each.path === '/roster')).toBe(false);
  });

  it('are given up when a token endpoint leads elsewhere: no assertion of ours goes there', async () => {
    const { read } = services({ self, token: `${platform}/leads-away` });
    expect((await read(`${platform}/roster`)).fault).toMatch(/no access token.*leads elsewhere/);
    expect(elsewhereAsked()).toEqual([]);
  });

  it('end at an answer that has no end', async () => {
    expect((await services({ self }).read(`${platform}/endless`)).fault).toMatch(/too large/);
    // Once: what is too large now is so a second later.
    expect(arrived.filter(({ path }) => path === '/endless')).toHaveLength(1);
  });
});

describe('private addresses', () => {
  it('are not for platforms that registered themselves, unless allowed', async () => {
    const inside = services({ self: true, allowPrivate: false, at: 'https://lms.example' });
    expect((await inside.read('https://lms.example/roster')).fault).toMatch(/not on the public Internet/);
    const plain = services({ self: true, allowPrivate: false });
    expect((await plain.read(`${platform}/roster`)).fault).toMatch(/not https/);
    expect(arrived).toEqual([]);
  });

  it('are for those that an administrator typed in: a school’s Moodle may be on its own network', async () => {
    const { fault } = await services({ self: false, allowPrivate: false }).read(`${platform}/roster`);
    expect(fault).toBeNull();
  });
});
