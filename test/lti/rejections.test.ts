import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Browser, type BrowserPage, type LoginPage } from '../platform/browser.ts';
import type { IdTokenRequest } from '../platform/demo-lms.ts';
import { answerTo, clientId, lastReason, launch, loginCookies, type Pair, usePairs } from './pair.ts';
import { registrationOf, startTool, type TestTool } from './tool.ts';

const lti = 'https://purl.imsglobal.org/spec/lti/claim';
const now = Math.floor(Date.now() / 1000);

/** The table of lti.md: what a token may not say, and the reason that is logged. */
const claimRows: readonly (readonly [string, Record<string, unknown>, string])[] = [
  ['iss of another platform', { iss: 'https://evil.example' }, 'token-claim'],
  ['no iss', { iss: undefined }, 'token-claim'],
  ['aud of another tool', { aud: 'other' }, 'token-claim'],
  ['no aud', { aud: undefined }, 'token-claim'],
  ['several aud without azp', { aud: [clientId, 'other'] }, 'token-authorized-party'],
  ['several aud, azp of the other', { aud: [clientId, 'other'], azp: 'other' }, 'token-authorized-party'],
  ['another azp', { azp: 'other' }, 'token-authorized-party'],
  ['no sub', { sub: undefined }, 'token-claim'],
  ['an empty sub', { sub: '' }, 'claims-invalid'],
  ['no exp', { exp: undefined }, 'token-claim'],
  ['exp as text', { exp: `${now + 60}` }, 'token-claim'],
  ['exp in the past', { exp: now - 300 }, 'token-claim'],
  ['no iat', { iat: undefined }, 'token-claim'],
  ['iat as text', { iat: `${now}` }, 'token-claim'],
  ['iat further in the future than clocks differ', { iat: now + 200, exp: now + 900 }, 'token-claim'],
  ['iat a day ahead', { iat: now + 86_400, exp: now + 90_000 }, 'token-claim'],
  ['iat too old', { iat: now - 3600 }, 'token-claim'],
  ['nbf in the future', { nbf: now + 600 }, 'token-claim'],
  ['no nonce', { nonce: undefined }, 'token-claim'],
  ['a nonce that is not ours', { nonce: 'other' }, 'nonce-mismatch'],
  ['no deployment', { [`${lti}/deployment_id`]: undefined }, 'claims-invalid'],
  ['a deployment that is no text', { [`${lti}/deployment_id`]: 1 }, 'claims-invalid'],
  ['another deployment than the login’s', { [`${lti}/deployment_id`]: '99' }, 'deployment-mismatch'],
  ['no version', { [`${lti}/version`]: undefined }, 'claims-invalid'],
  ['another version', { [`${lti}/version`]: '1.1' }, 'claims-invalid'],
  ['no message type', { [`${lti}/message_type`]: undefined }, 'claims-invalid'],
  ['an unknown message type', { [`${lti}/message_type`]: 'LtiOther' }, 'claims-invalid'],
  ['no roles', { [`${lti}/roles`]: undefined }, 'claims-invalid'],
  ['roles that are no list', { [`${lti}/roles`]: 'Instructor' }, 'claims-invalid'],
  ['no resource link', { [`${lti}/resource_link`]: undefined }, 'claims-invalid'],
  ['a resource link without id', { [`${lti}/resource_link`]: { title: 'x' } }, 'claims-invalid'],
  [
    'half a surrogate pair in a resource link id',
    { [`${lti}/resource_link`]: { id: 'a\ud800' } },
    'claims-invalid',
  ],
  ['half a surrogate pair in a course id', { [`${lti}/context`]: { id: '\udc00' } }, 'claims-invalid'],
  ['a NUL in the person’s id', { sub: 'a\0' }, 'claims-invalid'],
  ['a resource link id too long', { [`${lti}/resource_link`]: { id: 'x'.repeat(256) } }, 'claims-invalid'],
  ['no target', { [`${lti}/target_link_uri`]: undefined }, 'claims-invalid'],
  [
    'a target that is not the login’s',
    { [`${lti}/target_link_uri`]: 'http://localhost/o' },
    'target-mismatch',
  ],
  ['a target elsewhere', { [`${lti}/target_link_uri`]: 'https://evil.example/' }, 'target-mismatch'],
  ['deep linking without settings', { [`${lti}/message_type`]: 'LtiDeepLinkingRequest' }, 'claims-invalid'],
  ['a review of nobody', { [`${lti}/message_type`]: 'LtiSubmissionReviewRequest' }, 'claims-invalid'],
];

const signingRows: readonly (readonly [string, Partial<IdTokenRequest>, string])[] = [
  ['by another key', { key: 'other' }, 'token-signature'],
  ['under an unknown kid', { header: { kid: 'unknown' } }, 'token-key'],
  ['without kid', { header: { kid: undefined } }, 'token-key'],
  ['by an encryption key', { key: 'encryption' }, 'token-key'],
  ['by HMAC with the public key', { key: 'hs256-public' }, 'token-algorithm'],
  ['by RS512', { alg: 'RS512' }, 'token-algorithm'],
  ['by PS256', { alg: 'PS256' }, 'token-algorithm'],
  ['by none', { alg: 'none' }, 'token-algorithm'],
];

const { pair, ownPair } = usePairs();

describe.each([
  ['one instance', false],
  ['two instances over one database, the login at one and the launch at the other', true],
])('at %s', (_name, two) => {
  let both: Pair;
  let door: TestTool;
  let browser: Browser;
  let login: LoginPage;

  beforeAll(async () => {
    both = await pair();
    door = two ? await startTool({ folder: both.tool.folder, publicUrl: both.tool.origin }) : both.tool;
  });
  afterAll(async () => {
    if (two) await door.close();
  });
  beforeEach(async () => {
    both = await pair();
    door.logged.length = 0;
    door.launches.length = 0;
    browser = new Browser();
    login = await browser.login(both.lms, launch);
  });

  const post = (form: Record<string, string>, to = door): Promise<BrowserPage> =>
    new Browser().post(`${to.origin}/lti/launch`, form, {
      cookie: loginCookies(browser, both),
      origin: both.lms.url,
    });
  /** The statuses of so many posts of a form, alternately at both instances, all at once. */
  const postAtOnce = (forms: readonly Record<string, string>[]): Promise<readonly number[]> =>
    Promise.all(
      forms.map(async (form, index) => {
        const { origin } = index % 2 === 0 ? both.tool : door;
        const cookie = loginCookies(browser, both);
        const asked = { method: 'POST', redirect: 'manual', headers: { cookie } } as const;
        return (await fetch(`${origin}/lti/launch`, { ...asked, body: new URLSearchParams(form) })).status;
      }),
    );
  const accepted = () => [...both.tool.launches, ...(two ? door.launches : [])].length;

  /** Refused for this reason, with a page that says no more than it should; the login is not used up by it. */
  const refused = async (form: Record<string, string>, reason: string) => {
    const page = await post(form);
    expect([page.status >= 400 && page.status < 500, lastReason(door)]).toEqual([true, reason]);
    const reference = /Référence : (\w+)/.exec(page.html)?.[1];
    expect(reference).toBe(door.logged.at(-1)?.fields.reference);
    expect(page.html + JSON.stringify(door.logged)).not.toMatch(/eyJ|sesskey|node_modules/);
    expect(accepted()).toBe(0);
    expect((await post(await answerTo(both, login))).hops[0]?.status).toBe(303);
    expect(accepted()).toBe(1);
  };

  it.each(claimRows)('a token is refused: %s', async (_row, overrides, reason) => {
    await refused(await answerTo(both, login, overrides), reason);
  });

  it.each(signingRows)('a token is refused that is signed %s', async (_row, signing, reason) => {
    const { state = '', nonce = '' } = login.authRequest ?? {};
    const id_token = await both.lms.idToken({ ...launch, nonce, ...signing });
    await refused({ id_token, state }, reason);
  });

  it.each(['no token', 'a.b', 'eyJhbGciOiJSUzI1NiJ9.e30.'])(
    'a token is refused that is none: %s',
    async (text) => {
      const { state = '' } = login.authRequest ?? {};
      const page = await post({ id_token: text, state });
      expect([page.status, accepted()]).toEqual([401, 0]);
    },
  );

  it('a token is taken from a clock that is half a minute ahead, or with an azp that is ours', async () => {
    const soon = Math.floor(Date.now() / 1000) + 30;
    const claims = { iat: soon, exp: soon + 60, aud: [clientId, 'other'], azp: clientId };
    expect((await post(await answerTo(both, login, claims))).hops[0]?.status).toBe(303);
  });

  it('a deployment is refused that nobody approved, and waits for approval from then on', async () => {
    await both.tool.storage.registrations.save(registrationOf(both.lms, { deployments: ['7'] }));
    const page = await post(await answerTo(both, login));
    expect([page.status, lastReason(door)]).toEqual([403, 'deployment-not-approved']);
    expect(await both.tool.storage.registrations.waiting()).toMatchObject([{ deployment: '1' }]);
  });

  it('a state is refused that is missing, made up, or of another login', async () => {
    const { id_token } = await answerTo(both, login);
    const other = await browser.login(both.lms, launch);
    expect((await post({ id_token })).status).toBe(400);
    await post({ id_token, state: 'unknown' });
    expect(lastReason(door)).toBe('state-unknown');
    await refused({ id_token, state: other.authRequest?.state ?? '' }, 'nonce-mismatch');
  });

  it('a state is refused that another browser began', async () => {
    const form = await answerTo(both, login);
    const name = `__Host-assidu-login-${form.state.slice(0, 16)}`;
    const page = await new Browser().post(`${door.origin}/lti/launch`, form, {
      cookie: `${name}=${'x'.repeat(43)}`,
    });
    expect([page.status, lastReason(door), accepted()]).toEqual([401, 'browser-mismatch', 0]);
  });

  it('a launch is refused the second time, wherever it comes', async () => {
    const form = await answerTo(both, login);
    expect((await post(form)).hops[0]?.status).toBe(303);
    for (const instance of [door, both.tool]) {
      const again = await post(form, instance);
      expect([again.status, lastReason(instance)]).toEqual([401, 'state-used']);
    }
    expect(accepted()).toBe(1);
  });

  it('a launch sent many times at once is taken once', async () => {
    const form = await answerTo(both, login);
    const statuses = await postAtOnce(Array.from({ length: 10 }, () => form));
    expect([...statuses].sort()).toEqual([303, ...Array.from({ length: 9 }, () => 401)]);
    expect(accepted()).toBe(1);
  });

  it('a nonce used at once for two logins is taken for its own only', async () => {
    const { id_token, state } = await answerTo(both, login);
    const other = await browser.login(both.lms, launch);
    const states = [state, other.authRequest?.state ?? ''];
    const statuses = await postAtOnce([...states, ...states].map((each) => ({ id_token, state: each })));
    expect(statuses.filter((status) => status === 303)).toHaveLength(1);
    expect(accepted()).toBe(1);
  });
});

it('a launch is refused when its login has waited for more than five minutes', async () => {
  let time = Date.now();
  const both = await ownPair({}, { clock: () => time });
  const browser = new Browser();
  const form = await answerTo(both, await browser.login(both.lms, launch));
  time += 301_000;
  const page = await browser.post(`${both.tool.origin}/lti/launch`, form);
  expect([page.status, lastReason(both.tool)]).toEqual([401, 'state-expired']);
  expect(page.html).toContain('ouvrez de nouveau');
});
