import { decodeJwt } from 'jose';
import { afterEach, describe, expect, it } from 'vitest';
import { Browser } from './browser.ts';
import { type DemoLms, type DemoTool, startDemoLms } from './demo-lms.ts';
import { someCourse, somePeople, toolAt } from './demo-people.ts';
import { type EchoTool, type EchoToolOptions, startEchoTool } from './echo-tool.ts';

const opened: { close(): Promise<void> }[] = [];

afterEach(async () => {
  await Promise.all(opened.splice(0).map((server) => server.close()));
});

async function pair(
  profile: 'moodle' | 'canvas',
  options: Partial<EchoToolOptions> = {},
  registration: Partial<DemoTool> = {},
): Promise<{ lms: DemoLms; tool: EchoTool }> {
  const lms = await startDemoLms({ profile, name: 'Campus', users: somePeople, courses: [someCourse] });
  const tool = await startEchoTool({ lms: () => lms, style: 'form', ...options });
  opened.push(lms, tool);
  lms.registerTool(toolAt(tool.origin, registration));
  return { lms, tool };
}

const launch = { user: '4', course: '2', link: '1', clientId: '0dbbxfQNuARSwJP' };

describe('a launch through the frame of the demo LMS', () => {
  it.each(['redirect', 'form', 'link', 'refresh'] as const)(
    'reaches the tool with a signed token when its login goes on by %s',
    async (style) => {
      for (const profile of ['moodle', 'canvas'] as const) {
        const { lms, tool } = await pair(profile, { style });
        const page = await new Browser().launch(lms, launch);
        expect(page).toMatchObject({ status: 200, url: `${tool.origin}/home` });
        const [, posted] = tool.received;
        expect(posted).toMatchObject({ method: 'POST', state: 'state-"1"' });
        expect(posted?.cookie).toContain('__Host-bind=b1');
        expect(decodeJwt(posted?.id_token ?? '')).toMatchObject({ nonce: 'nonce-1', aud: launch.clientId });
      }
    },
  );

  it('sends the parameters Moodle sends, by POST', async () => {
    const { lms, tool } = await pair('moodle');
    await new Browser().launch(lms, launch);
    const { method, lti_message_hint, ...login } = tool.received[0] ?? {};
    expect(method).toBe('POST');
    expect(login).toEqual({
      iss: lms.issuer,
      target_link_uri: `${tool.origin}/lti/launch`,
      login_hint: '4',
      client_id: launch.clientId,
      lti_deployment_id: '1',
    });
    expect(JSON.parse(lti_message_hint ?? '')).toEqual({
      cmid: 8,
      launchid: expect.stringMatching(/^ltilaunch1_\d+$/),
    });
  });

  it('sends the parameters Canvas sends, by GET, and redirects inside its authorisation', async () => {
    const { lms, tool } = await pair('canvas');
    const page = await new Browser().launch(lms, launch);
    expect(Object.keys(tool.received[0] ?? {}).sort()).toEqual([
      'canvas_environment',
      'canvas_region',
      'client_id',
      'deployment_id',
      'iss',
      'login_hint',
      'lti_message_hint',
      'lti_storage_target',
      'method',
      'target_link_uri',
    ]);
    expect(tool.received[0]).toMatchObject({ method: 'GET', lti_storage_target: 'post_message_forwarding' });
    expect(page.hops.map(({ status }) => status)).toContain(302);
  });

  it('can be held before the LMS answers, so that a test answers with a token of its own', async () => {
    const { lms, tool } = await pair('moodle', { style: 'redirect' });
    const browser = new Browser();
    const { authRequest } = await browser.login(lms, launch);
    expect(authRequest).toMatchObject({ nonce: 'nonce-1', redirect_uri: `${tool.origin}/lti/launch` });
    const id_token = await lms.idToken({ ...launch, nonce: 'nonce-1', overrides: { sub: undefined } });
    const page = await browser.post(`${tool.origin}/lti/launch`, { id_token, state: 'state-"1"' });
    expect(page.url).toBe(`${tool.origin}/home`);
    expect(decodeJwt(tool.received[1]?.id_token ?? '').sub).toBeUndefined();
  });

  it('carries no cookie of the tool when the browser blocks third parties', async () => {
    const { lms, tool } = await pair('moodle');
    await new Browser({ blockedOrigins: [tool.origin] }).launch(lms, launch);
    expect(tool.received[1]).toMatchObject({ cookie: '', state: 'state-"1"' });
  });

  it('posts once more from its own page when the session cookie did not come (Moodle)', async () => {
    const { lms } = await pair('moodle');
    const { html } = await new Browser().get(`${lms.authUrl}?scope=openid&state=s`);
    expect(html).toMatch(/<form id="repost" method="post"/);
    expect(html).toContain('name="repost"');
  });
});

describe('the authorisation endpoint of the demo LMS', () => {
  it('never answers to a redirect_uri that is not registered: 404 on Moodle, 400 on Canvas', async () => {
    for (const [profile, status] of [['moodle', 404] as const, ['canvas', 400] as const]) {
      const { lms, tool } = await pair(profile, { ask: { redirect_uri: 'http://localhost:1/elsewhere' } });
      expect((await new Browser().launch(lms, launch)).status).toBe(status);
      expect(tool.received).toHaveLength(1);
    }
  });

  it('wants the registered redirect_uri without any query on Moodle, and lets one pass on Canvas', async () => {
    for (const [profile, reached] of [['moodle', 1] as const, ['canvas', 2] as const]) {
      const { lms, tool } = await pair(profile, {}, {});
      const browser = new Browser();
      const { authRequest } = await browser.login(lms, launch);
      const page = await browser.get(
        `${lms.authUrl}?${new URLSearchParams({ ...authRequest, redirect_uri: `${tool.origin}/lti/launch?a=1` })}`,
      );
      expect(page.html.includes('id_token')).toBe(reached === 2);
    }
  });

  it.each([
    ['scope', 'profile', 'invalid_scope'],
    ['response_type', 'code', 'unsupported_response_type'],
    ['response_mode', 'query', 'invalid_request'],
    ['prompt', 'login', 'invalid_request'],
    ['nonce', '', 'invalid_request'],
    ['login_hint', '5', 'access_denied'],
    ['client_id', 'stranger', 'unauthorized_client'],
  ])('tells the tool when %s is "%s": %s', async (name, value, error) => {
    const { lms, tool } = await pair('moodle', { ask: { [name]: value } });
    await new Browser().launch(lms, launch);
    expect(tool.received[1]).toMatchObject({ error, state: 'state-"1"' });
    expect(tool.received[1]).not.toHaveProperty('id_token');
  });

  it('answers a launch once', async () => {
    const { lms } = await pair('canvas');
    const browser = new Browser();
    const { authRequest } = await browser.login(lms, launch);
    const address = `${lms.authUrl}?${new URLSearchParams(authRequest)}`;
    expect((await browser.get(address)).html).toContain('id_token');
    expect((await browser.get(address)).html).toContain('launch_no_longer_valid');
  });

  it("does not answer another person's launch", async () => {
    const { lms } = await pair('canvas');
    const { authRequest } = await new Browser().login(lms, launch);
    const other = new Browser();
    await other.get(`${lms.url}/course/2?as=5`);
    const page = await other.get(`${lms.authUrl}?${new URLSearchParams(authRequest)}`);
    expect(page.html).toContain('login_required');
    expect(page.html).not.toContain('id_token');
  });
});
