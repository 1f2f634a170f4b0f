import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { sharedPath } from '../support/shared.ts';
import { confirmRegistration, invite, openRegistration } from './registering.ts';
import { startTool, type TestTool } from './tool.ts';

const folder = sharedPath('data/moodle');

const toolClaim = 'https://purl.imsglobal.org/spec/lti-tool-configuration';
const body = z.looseObject({
  [toolClaim]: z.looseObject({ custom_parameters: z.record(z.string(), z.string()) }),
});
const recordedSchema = z.object({
  initiation: z.array(z.object({ query: z.object({ registration_token: z.string() }) })),
  requests: z.array(
    z.object({
      request: z.object({ headers: z.record(z.string(), z.string()), body }),
      response: z.object({ status: z.number(), body: z.looseObject({ client_id: z.string() }) }),
    }),
  ),
});
const refusalsSchema = z.object({
  cases: z.array(
    z.object({
      name: z.string(),
      request: z.object({ method: z.string() }),
      response: z.object({ status: z.number(), contentType: z.string(), body: z.string() }),
    }),
  ),
});

function read<Schema extends z.ZodType>(name: string, schema: Schema): z.output<Schema> {
  return schema.parse(JSON.parse(readFileSync(`${folder}/${name}`, 'utf8')));
}

interface Sent {
  readonly headers: IncomingMessage['headers'];
  readonly body: unknown;
}

/** Answers as Moodle did: the recorded configuration, under this machine's address, then what a test hands in. */
let moodle: Server;
let origin = '';
let tool: TestTool;
let answer: { status: number; contentType: string; text: string };
const sent: Sent[] = [];

beforeAll(async () => {
  if (folder === null) return;
  moodle = createServer((request, response) => {
    if (request.method === 'GET') {
      const configuration = readFileSync(`${folder}/openid-configuration.json`, 'utf8');
      response.setHeader('content-type', 'application/json; charset=utf-8');
      response.end(configuration.replaceAll('http://localhost:8090', origin));
      return;
    }
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      sent.push({ headers: request.headers, body: JSON.parse(Buffer.concat(parts).toString()) });
      response.writeHead(answer.status, { 'content-type': answer.contentType }).end(answer.text);
    });
  });
  await new Promise<void>((resolve) => moodle.listen(0, 'localhost', resolve));
  const address = moodle.address();
  origin = `http://localhost:${typeof address === 'object' && address !== null ? address.port : 0}`;
  tool = await startTool();
});
afterAll(async () => {
  await tool?.close();
  moodle?.close();
});

const open = (token: string) =>
  openRegistration(
    `${tool.origin}/lti/register?${new URLSearchParams({
      openid_configuration: `${origin}/mod/lti/openid-configuration.php`,
      registration_token: token,
    })}`,
  );

describe.skipIf(folder === null)('a registration recorded from Moodle 4.1', () => {
  it('is taken in, and its repetition with the same client id is accepted', async () => {
    const { initiation, requests } = read('dynamic-registration.json', recordedSchema);
    expect(requests).toHaveLength(2);
    for (const [turn, { request, response }] of requests.entries()) {
      const token = initiation[turn]?.query.registration_token ?? '';
      answer = { status: 200, contentType: 'application/json', text: JSON.stringify(response.body) };
      const done = await confirmRegistration(await open(token), await invite(tool.storage));
      expect(done.status).toBe(200);
      expect(request.headers.authorization).toBe(`Bearer ${token}`);
      expect(sent.at(-1)?.headers).toMatchObject({
        authorization: request.headers.authorization,
        'content-type': 'application/json',
        accept: 'application/json',
        'user-agent': 'Assidu',
      });
    }
    const registrations = await tool.storage.registrations.list(null);
    expect(registrations).toMatchObject([
      { clientId: '0dbbxfQNuARSwJP', deployments: ['1'], status: 'active', issuer: origin },
    ]);
  });

  it('was asked in the same fields as we ask, with the parameters and claims that Moodle knows', async () => {
    const { requests } = read('dynamic-registration.json', recordedSchema);
    const theirs = requests[0]?.request.body ?? {};
    const ours = body.parse(sent.at(-1)?.body);
    expect(Object.keys(ours).sort()).toEqual(Object.keys(theirs).sort());
    expect(ours).toMatchObject({
      application_type: 'web',
      redirect_uris: [`${tool.origin}/lti/launch`],
      jwks_uri: `${tool.origin}/lti/jwks`,
      token_endpoint_auth_method: 'private_key_jwt',
      [toolClaim]: {
        domain: new URL(tool.origin).host,
        target_link_uri: `${tool.origin}/lti/launch`,
        custom_parameters: { user_username: '$User.username', groups: '$Moodle.Person.userGroupIds' },
        claims: ['sub', 'iss', 'name', 'given_name', 'family_name', 'email'],
        messages: [
          { type: 'LtiResourceLinkRequest' },
          { type: 'LtiDeepLinkingRequest', placements: ['ContentArea'] },
        ],
      },
    });
  });

  it('shows Moodle’s own refusals, and none of its error pages', async () => {
    const cases = read('dynamic-registration-erreurs.json', refusalsSchema).cases;
    const posts = cases.filter(({ request }) => request.method === 'POST');
    expect(posts.length).toBeGreaterThan(9);
    for (const { response } of posts) {
      answer = { status: response.status, contentType: response.contentType, text: response.body };
      const refused = await confirmRegistration(await open('a-token'));
      expect([refused.status, tool.logged.at(-1)?.fields.reason]).toEqual([502, 'platform-refused']);
      const word = response.body.startsWith('[') ? 'Exception' : response.body;
      expect(refused.html.includes(word)).toBe(!response.body.startsWith('['));
    }
  });
});
