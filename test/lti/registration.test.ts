import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Browser } from '../platform/browser.ts';
import { type DemoLms, startDemoLms } from '../platform/demo-lms.ts';
import { someCourse, somePeople } from '../platform/demo-people.ts';
import { confirmRegistration, invite, openRegistration, registerAt, titleOf } from './registering.ts';
import { startTool, type TestTool } from './tool.ts';

let moodle: DemoLms;
let canvas: DemoLms;
let tool: TestTool;

beforeAll(async () => {
  const people = { name: 'Université & Cie', users: somePeople, courses: [someCourse] };
  [moodle, canvas, tool] = await Promise.all([
    startDemoLms({ profile: 'moodle', ...people }),
    startDemoLms({ profile: 'canvas', ...people }),
    startTool(),
  ]);
});
afterAll(async () => {
  await tool.close();
  await Promise.all([moodle.close(), canvas.close()]);
});
afterEach(async () => {
  const { registrations } = tool.storage;
  for (const { org, id } of await registrations.list(null)) await registrations.remove(org, id);
  tool.logged.length = 0;
});

const urlAt = (lms: DemoLms, update?: string) => lms.registrationUrl(`${tool.origin}/lti/register`, update);
const all = () => tool.storage.registrations.list(null);
const only = async () => {
  const [registration, ...others] = await all();
  if (registration === undefined || others.length > 0) throw new Error('not one registration');
  return registration;
};
const countAt = (lms: DemoLms) => Object.keys(lms.registrations()).length;
const launchAt = (lms: DemoLms, clientId: string) =>
  new Browser().launch(lms, { user: '4', course: '2', link: '1', clientId });
const lastReason = () => tool.logged.at(-1)?.fields.reason;

describe('the page that a platform opens to register', () => {
  it('says which platform it is and what it will be asked for, and sends it nothing', async () => {
    const before = countAt(canvas);
    const page = await openRegistration(await urlAt(canvas));
    expect([page.status, titleOf(page)]).toEqual([200, 'Connect a platform to Assidu']);
    expect(page.html).toContain('Université &amp; Cie');
    expect(page.html).toContain(canvas.issuer);
    expect(page.html).toContain('LtiDeepLinkingRequest');
    expect(page.html).toContain('course_navigation');
    expect([countAt(canvas), await all()]).toEqual([before, []]);
  });

  it('speaks the language of the browser', async () => {
    expect(titleOf(await openRegistration(await urlAt(moodle), 'fr-CA'))).toBe(
      'Relier une plateforme à Assidu',
    );
  });

  it('holds no token in an address, and may not be kept', async () => {
    const url = await urlAt(moodle);
    const token = new URL(url).searchParams.get('registration_token') ?? '';
    const page = await openRegistration(url);
    expect(page.html.match(new RegExp(token, 'g'))).toHaveLength(1);
    expect(page.html).toContain(`name="registration_token" value="${token}"`);
    expect(page.headers.get('cache-control')).toBe('no-store');
    expect(page.headers.get('content-security-policy')).toContain("script-src 'self'");
  });
});

describe('a platform that registers itself with a code', () => {
  it('of the Moodle kind is active at once, in the organisation of the code, with its deployment', async () => {
    const done = await registerAt(await urlAt(moodle), await invite(tool.storage, { org: 'north' }));
    expect([done.status, titleOf(done)]).toEqual([200, 'The platform is connected']);
    const registration = await only();
    expect(registration).toMatchObject({
      org: 'north',
      status: 'active',
      issuer: moodle.issuer,
      authUrl: moodle.authUrl,
      tokenUrl: moodle.tokenUrl,
      jwksUrl: moodle.jwksUrl,
      actorFormat: { homePage: moodle.issuer, name: 'sub' },
    });
    expect(registration.deployments).toEqual([moodle.activate(registration.clientId)]);
    expect((await launchAt(moodle, registration.clientId)).status).toBe(200);
  });

  it('tells the platform’s window, and no other, that it may close', async () => {
    const done = await registerAt(await urlAt(moodle), await invite(tool.storage));
    expect(done.html).toContain(`data-targets="${moodle.url}"`);
    expect(done.html).toContain('src="/app/assets/lti-close.js"');
  });

  it('of the Canvas kind waits for the approval of a deployment, which it names only when it launches', async () => {
    const done = await registerAt(await urlAt(canvas), await invite(tool.storage));
    const { id, clientId, deployments, name } = await only();
    expect([name, deployments]).toEqual(['Université & Cie', []]);
    expect(done.html).toContain(`assidu platform approve ${id} --deployment`);
    canvas.activate(clientId, '1:abc');
    const refused = await launchAt(canvas, clientId);
    expect([refused.status, lastReason()]).toEqual([403, 'deployment-not-approved']);
    expect(refused.html).toContain('Un accord est attendu');
    expect(await tool.storage.registrations.waiting()).toMatchObject([
      { registrationId: id, deployment: '1:abc' },
    ]);
    await tool.storage.registrations.approveDeployment(id, '1:abc');
    expect((await launchAt(canvas, clientId)).status).toBe(200);
    expect(await tool.storage.registrations.waiting()).toEqual([]);
  });

  it('of the Canvas kind may launch from its first deployment, and no other, where the code says so', async () => {
    await registerAt(await urlAt(canvas), await invite(tool.storage, { firstDeployment: true }));
    const { clientId } = await only();
    canvas.activate(clientId, 'first');
    expect((await launchAt(canvas, clientId)).status).toBe(200);
    canvas.activate(clientId, 'second');
    expect((await launchAt(canvas, clientId)).status).toBe(403);
    expect((await only()).deployments).toEqual(['first']);
  });

  it('may not launch from a first deployment when the code has expired meanwhile', async () => {
    await registerAt(await urlAt(canvas), await invite(tool.storage, { firstDeployment: true }));
    const registration = await only();
    await tool.storage.registrations.save({ ...registration, firstDeploymentUntil: Date.now() - 1 });
    canvas.activate(registration.clientId, 'late');
    expect((await launchAt(canvas, registration.clientId)).status).toBe(403);
  });

  it('shares one code with nobody: of two at once, one is active and the other waits', async () => {
    const code = await invite(tool.storage);
    const urls = await Promise.all([urlAt(moodle), urlAt(canvas)]);
    const pages = await Promise.all(urls.map((url) => openRegistration(url)));
    await Promise.all(pages.map((page) => confirmRegistration(page, code)));
    expect((await all()).map(({ status }) => status).sort()).toEqual(['active', 'pending']);
  });

  it.each([
    ['unknown', 'not known', async () => 'AAAAA-BBBBB-CCCCC-DDDDD-EEEEE'],
    ['used', 'used already', () => invite(tool.storage, { usedAt: 1, usedBy: 'x' })],
    ['expired', 'no longer valid', () => invite(tool.storage, { expiresAt: Date.now() - 1 })],
  ])('is asked again, before anything is sent, when the code is %s', async (_name, words, code) => {
    const before = countAt(moodle);
    const page = await openRegistration(await urlAt(moodle));
    const again = await confirmRegistration(page, await code());
    expect([again.status, countAt(moodle), await all()]).toEqual([422, before, []]);
    expect(again.html).toContain(words);
    // The platform's token is good still.
    expect((await confirmRegistration(again, await invite(tool.storage))).status).toBe(200);
  });

  it('may write the code as people write codes', async () => {
    const code = await invite(tool.storage);
    await registerAt(
      await urlAt(moodle),
      ` ${code.toLowerCase().replaceAll('-', ' ').replaceAll('1', 'l')} `,
    );
    expect((await only()).status).toBe('active');
  });
});

describe('a platform that registers itself without a code', () => {
  it('waits for an administrator, of no organisation, and cannot launch meanwhile', async () => {
    const done = await registerAt(await urlAt(moodle));
    const registration = await only();
    expect([titleOf(done), registration.status, registration.org]).toEqual([
      'Waiting for approval',
      'pending',
      '',
    ]);
    expect(done.html).toContain(`assidu platform approve ${registration.id} --org`);
    moodle.activate(registration.clientId);
    const refused = await launchAt(moodle, registration.clientId);
    expect([refused.status, lastReason()]).toEqual([403, 'platform-pending']);
    expect(refused.html).toContain('Un accord est attendu');
    await tool.storage.registrations.save({ ...registration, org: 'south', status: 'active' });
    expect((await launchAt(moodle, registration.clientId)).status).toBe(200);
  });

  it('waits once, under a new name, when it registers again', async () => {
    await registerAt(await urlAt(moodle));
    const first = await only();
    await registerAt(await urlAt(moodle, first.clientId));
    const second = await only();
    expect([second.clientId, second.status]).toEqual([first.clientId, 'pending']);
    // Who approves what was seen must not approve what came after.
    expect(second.id).not.toBe(first.id);
  });
});

describe('a platform that registers anew', () => {
  async function known() {
    await registerAt(await urlAt(moodle), await invite(tool.storage, { org: 'north' }));
    const registration = await only();
    const old = { ...registration, jwksUrl: 'https://old.example/jwks', name: 'Our campus' };
    await tool.storage.registrations.save(old);
    return old;
  }

  it('keeps its client id and is updated by a code of its own organisation', async () => {
    const old = await known();
    const done = await registerAt(
      await urlAt(moodle, old.clientId),
      await invite(tool.storage, { org: 'north' }),
    );
    expect([done.status, titleOf(done)]).toEqual([200, 'The registration is up to date']);
    expect(await only()).toEqual({ ...old, jwksUrl: moodle.jwksUrl });
  });

  it.each([
    ['without a code', async () => ''],
    ['by a code of another organisation', () => invite(tool.storage, { org: 'south' })],
  ])('stays as it was %s, and is told so', async (_name, code) => {
    const old = await known();
    const given = await code();
    const done = await registerAt(await urlAt(moodle, old.clientId), given);
    expect([done.status, titleOf(done)]).toEqual([200, 'The platform was connected already']);
    expect(await only()).toEqual(old);
    // What was not accepted was not used either.
    if (given !== '') await registerAt(await urlAt(canvas), given);
    if (given !== '') expect((await all()).map(({ org }) => org).sort()).toEqual(['north', 'south']);
  });
});

describe('the button of the registration page', () => {
  it('does nothing when another site presses it', async () => {
    const page = await openRegistration(await urlAt(moodle));
    const before = countAt(moodle);
    const refused = await confirmRegistration(page, await invite(tool.storage), 'https://evil.example');
    expect([refused.status, lastReason(), countAt(moodle)]).toEqual([403, 'origin-foreign', before]);
  });

  it('says what the platform says when it refuses, such as a token used twice', async () => {
    const page = await openRegistration(await urlAt(moodle));
    await confirmRegistration(page);
    const again = await confirmRegistration(page);
    expect([again.status, lastReason()]).toEqual([502, 'platform-refused']);
    expect(again.html).toContain('token_already_used');
  });
});

it('no token and no code is ever in the log', async () => {
  const url = await urlAt(canvas);
  const code = await invite(tool.storage);
  await registerAt(url, code);
  await openRegistration(
    url.replace(/openid_configuration=[^&]*/, 'openid_configuration=https%3A%2F%2Fx.invalid'),
  );
  const token = new URL(url).searchParams.get('registration_token') ?? 'none';
  const log = JSON.stringify(tool.logged);
  expect(tool.logged.length).toBeGreaterThan(1);
  for (const secret of [token, code, code.replaceAll('-', '')]) expect(log).not.toContain(secret);
});
