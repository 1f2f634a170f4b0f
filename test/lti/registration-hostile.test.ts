import { createServer, type Server, type ServerResponse } from 'node:http';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Resolve } from '../../src/base/outgoing.ts';
import { confirmRegistration, invite, openRegistration } from './registering.ts';
import { startTool, type TestTool } from './tool.ts';

type Answer = (response: ServerResponse) => void;

let server: Server;
let origin = '';
let tool: TestTool;
const asked: string[] = [];
/** What the platform answers, by path. */
const answers = new Map<string, Answer>();

const json =
  (value: unknown): Answer =>
  (response) => {
    response.setHeader('content-type', 'application/json; charset=utf-8').end(JSON.stringify(value));
  };

const platformClaim = 'https://purl.imsglobal.org/spec/lti-platform-configuration';
const configuration = (changes: Record<string, unknown> = {}) => ({
  issuer: origin,
  authorization_endpoint: `${origin}/auth`,
  token_endpoint: `${origin}/token`,
  jwks_uri: `${origin}/jwks`,
  registration_endpoint: `${origin}/reg`,
  [platformClaim]: {
    product_family_code: 'campus',
    messages_supported: [{ type: 'LtiResourceLinkRequest' }],
  },
  ...changes,
});

beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    const answer = answers.get(request.url ?? '');
    if (answer === undefined) response.writeHead(404).end();
    else answer(response);
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  const address = server.address();
  origin = `http://localhost:${typeof address === 'object' && address !== null ? address.port : 0}`;
  tool = await startTool();
});
afterAll(async () => {
  await tool.close();
  server.closeAllConnections();
  server.close();
});
afterEach(() => {
  answers.clear();
  asked.length = 0;
  tool.logged.length = 0;
});

const urlOf = (at: TestTool, query: Record<string, string>) =>
  `${at.origin}/lti/register?${new URLSearchParams(query)}`;
const open = (address = `${origin}/conf`, at = tool) =>
  openRegistration(urlOf(at, { openid_configuration: address, registration_token: 'secret-token' }));
const reason = (at = tool) => at.logged.at(-1)?.fields.reason;

describe('a registration is refused', () => {
  it.each([
    ['without a configuration', {}],
    [
      'with a token that would break a header',
      { openid_configuration: 'https://x.example/', registration_token: 'a\r\nb: c' },
    ],
    ['with an endless address', { openid_configuration: `https://x.example/${'x'.repeat(5_000)}` }],
  ])('%s', async (_name, query) => {
    const page = await openRegistration(urlOf(tool, query));
    expect([page.status, reason()]).toEqual([400, 'request-incomplete']);
    expect(page.html).toContain('/lti/manual');
  });

  it.each([
    'not an address',
    'ftp://localhost/conf',
    'file:///etc/passwd',
    'http://lms.example/conf',
    'https://user:secret@lms.example/conf',
  ])('for the configuration address %s', async (address) => {
    expect([(await open(address)).status, reason()]).toEqual([400, 'configuration-address']);
  });

  it.each<readonly [string, Answer, string]>([
    ['is not there', (response) => response.writeHead(404).end(), 'configuration-unreachable'],
    [
      'redirects',
      (response) => response.writeHead(302, { location: '/other' }).end(),
      'configuration-unreachable',
    ],
    [
      'is huge',
      (response) => response.setHeader('content-type', 'application/json').end('x'.repeat(2_000_000)),
      'configuration-unreachable',
    ],
    [
      'is a page',
      (response) => response.setHeader('content-type', 'text/html').end('{}'),
      'configuration-invalid',
    ],
    [
      'is not JSON',
      (response) => response.setHeader('content-type', 'application/json').end('{'),
      'configuration-invalid',
    ],
    ['is a list', json([]), 'configuration-invalid'],
    ['lacks what is needed', json({ issuer: 'https://x.example' }), 'configuration-invalid'],
  ])('when the configuration %s', async (_name, answer, expected) => {
    answers.set('/conf', answer);
    await open();
    expect([reason(), asked]).toEqual([expected, ['GET /conf']]);
  });

  it.each<readonly [string, Record<string, unknown>, string]>([
    ['of another issuer', { issuer: 'https://canvas.instructure.com' }, 'issuer-foreign'],
    ['of an issuer at another port', { issuer: 'http://localhost:1' }, 'issuer-foreign'],
    ['of an issuer with our host as user', { issuer: 'http://localhost@evil.example' }, 'issuer-foreign'],
    [
      'with a plain http authorisation',
      { authorization_endpoint: 'http://lms.example/auth' },
      'endpoint-insecure',
    ],
    ['with a plain http token endpoint', { token_endpoint: 'http://lms.example/token' }, 'endpoint-insecure'],
    ['with plain http keys', { jwks_uri: 'http://lms.example/jwks' }, 'endpoint-insecure'],
    ['with a plain http registration', { registration_endpoint: 'http://10.0.0.1/reg' }, 'endpoint-insecure'],
    [
      'with a script for an endpoint',
      { authorization_endpoint: 'javascript:alert(1)' },
      'configuration-invalid',
    ],
    ['without messages', { [platformClaim]: { product_family_code: 'x' } }, 'configuration-invalid'],
  ])('for a configuration %s', async (_name, changes, expected) => {
    answers.set('/conf', json(configuration(changes)));
    await open();
    expect(reason()).toBe(expected);
  });

  it.each<readonly [string, Answer, string]>([
    [
      'redirects',
      (response) => response.writeHead(307, { location: '/elsewhere' }).end(),
      'platform-unreachable',
    ],
    [
      'fails',
      (response) => response.writeHead(500).end('<h1>secret of another host</h1>'),
      'platform-refused',
    ],
    ['answers a page', (response) => response.end('ok'), 'answer-invalid'],
    ['answers no client id', json({ client_id: '' }), 'answer-invalid'],
    ['answers a client id without end', json({ client_id: 'x'.repeat(300) }), 'answer-invalid'],
  ])('when the registration endpoint %s; nothing is kept then', async (_name, answer, expected) => {
    answers.set('/conf', json(configuration())).set('/reg', answer);
    const code = await invite(tool.storage);
    const page = await confirmRegistration(await open(), code);
    expect([page.status, reason()]).toEqual([502, expected]);
    expect(page.html).not.toContain('secret of another host');
    expect(await tool.storage.registrations.list(null)).toEqual([]);
    expect(asked.some((line) => line.includes('elsewhere'))).toBe(false);
  });

  it('when the platform changes its mind between the page and the button', async () => {
    answers.set('/conf', json(configuration()));
    const page = await open();
    answers.set('/conf', json(configuration({ issuer: 'https://canvas.instructure.com' })));
    await confirmRegistration(page);
    expect([reason(), asked.includes('POST /reg')]).toEqual(['issuer-foreign', false]);
  });
});

describe('where private addresses are not allowed', () => {
  const resolving =
    (...addresses: string[]): Resolve =>
    async () =>
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));

  it.each([
    ['https://localhost/conf', ['127.0.0.1'], 'configuration-unreachable'],
    ['https://127.0.0.1/conf', [], 'configuration-unreachable'],
    ['https://[::1]/conf', [], 'configuration-unreachable'],
    ['https://169.254.169.254/latest/meta-data', [], 'configuration-unreachable'],
    ['https://intranet.example/conf', ['10.0.0.8'], 'configuration-unreachable'],
    ['https://rebinding.example/conf', ['1.1.1.1', '127.0.0.1'], 'configuration-unreachable'],
    ['https://mapped.example/conf', ['::ffff:127.0.0.1'], 'configuration-unreachable'],
    ['http://localhost/conf', ['127.0.0.1'], 'configuration-address'],
  ])('%s is not asked', async (address, resolved, expected) => {
    const strict = await startTool({
      allowPrivate: false,
      resolve: resolving(...resolved),
      storage: tool.storage,
    });
    await open(address, strict);
    expect(reason(strict)).toBe(expected);
    await strict.close();
  });
});

it('strangers have no more than ten requests of ours under way', async () => {
  const held: ServerResponse[] = [];
  answers.set('/conf', (response) => held.push(response));
  const waiting = Array.from({ length: 10 }, () => open());
  while (held.length < 10) await new Promise((resolve) => setTimeout(resolve, 5));
  expect([(await open()).status, reason()]).toEqual([503, 'busy']);
  for (const response of held) json(configuration())(response);
  expect((await Promise.all(waiting)).map(({ status }) => status)).toEqual(Array(10).fill(200));
});
