import { randomBytes, randomUUID } from 'node:crypto';
import { createAccessTokens } from '../../../lti/services/access-tokens.ts';
import { createPlatformClient } from '../../../lti/services/platform-client.ts';
import { createPlatformFetch, type PlatformFetch } from '../../../lti/services/platform-fetch.ts';
import type { PagesDeps } from '../../../lti/services/read-pages.ts';
import { createToolKeys, type ToolKeys } from '../../../lti/tool-keys.ts';
import { createSeal } from '../../../src/base/seal.ts';
import type { Registration } from '../../../src/storage/ports/registration-store.ts';
import type { ToolKey } from '../../../src/storage/ports/tool-key-store.ts';

/** A request as it left. */
export interface Sent {
  readonly method: string;
  readonly url: string;
  readonly headers: Headers;
  readonly body: string;
}

/** An answer to one request; a text is the reason why there is none. */
export type Reply = {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
};

/** Services over a network that a test scripts: every pause is noted and takes no time. */
export interface Scripted extends PagesDeps {
  readonly toolKeys: ToolKeys;
  readonly fetch: PlatformFetch;
  readonly newId: () => string;
  readonly sent: Sent[];
  readonly pauses: number[];
  turnBy(ms: number): void;
}

export const TOKEN_URL = 'http://localhost:8090/mod/lti/token.php';

export const registration: Registration = {
  id: 'r',
  org: 'default',
  name: 'Campus',
  issuer: 'http://localhost:8090',
  clientId: '0dbbxfQNuARSwJP',
  authUrl: 'http://localhost:8090/mod/lti/auth.php',
  tokenUrl: TOKEN_URL,
  jwksUrl: 'http://localhost:8090/mod/lti/certs.php',
  deployments: ['1'],
  status: 'active',
  actorFormat: { homePage: 'http://localhost:8090', name: 'sub' },
  frameOrigins: [],
  createdAt: 0,
};

// One key for all: making one takes longer than what is tested.
const keptKeys: ToolKey[] = [];
const toolKeys = createToolKeys({
  store: {
    insert: async (key) => {
      keptKeys.push(key);
    },
    list: async () => keptKeys,
    remove: async () => undefined,
  },
  seal: createSeal(randomBytes(32), randomBytes),
  clock: Date.now,
});

/** `answer` gets every request but those for tokens, unless it wants these too. */
export function scripted(answer: (request: Sent) => Reply | Error, tokens = true): Scripted {
  let time = Date.parse('2026-11-22T05:00:00Z');
  const clock = () => time;
  const sent: Sent[] = [];
  const pauses: number[] = [];
  const fake: typeof fetch = async (input, init) => {
    const request = {
      method: init?.method ?? 'GET',
      url: String(input),
      headers: new Headers(init?.headers),
      body: typeof init?.body === 'string' ? init.body : '',
    };
    sent.push(request);
    const token: Reply = {
      body: { access_token: `t${sent.length}`, token_type: 'Bearer', expires_in: 3600 },
    };
    const reply: Reply | Error = tokens && request.url === TOKEN_URL ? token : answer(request);
    if (reply instanceof Error) throw reply;
    const { status = 200, headers = {}, body = '' } = reply;
    return new Response(typeof body === 'string' ? body : JSON.stringify(body), { status, headers });
  };
  const outgoing = () => Promise.reject(new Error('not asked'));
  const platformFetch = createPlatformFetch({ fetch: fake, outgoing });
  const deps = { toolKeys, fetch: platformFetch, clock, newId: randomUUID };
  return {
    ...deps,
    client: createPlatformClient({ tokens: createAccessTokens(deps), fetch: platformFetch }),
    random: () => Buffer.alloc(4),
    wait: async (ms) => {
      pauses.push(ms);
      time += ms;
    },
    sent,
    pauses,
    turnBy: (ms) => {
      time += ms;
    },
  };
}
