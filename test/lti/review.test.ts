import { randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { hashOfReviewCode, newCode } from '../../lti/registration/code.ts';
import { Browser, parseForms } from '../platform/browser.ts';
import { type DemoLms, startDemoLms } from '../platform/demo-lms.ts';
import { someCourse, somePeople } from '../platform/demo-people.ts';
import { invite, registerAt, type Shown, titleOf } from './registering.ts';
import { startTool, type TestTool } from './tool.ts';

let moodle: DemoLms;
let canvas: DemoLms;
let tool: TestTool;
let now = Date.now();

beforeAll(async () => {
  const people = { name: 'Université <b>', users: somePeople, courses: [someCourse] };
  [moodle, canvas, tool] = await Promise.all([
    startDemoLms({ profile: 'moodle', ...people }),
    startDemoLms({ profile: 'canvas', ...people }),
    startTool({ clock: () => now }),
  ]);
});
afterAll(async () => {
  await tool.close();
  await Promise.all([moodle.close(), canvas.close()]);
});
afterEach(async () => {
  const { registrations } = tool.storage;
  for (const { org, id } of await registrations.list(null)) await registrations.remove(org, id);
  now = Date.now();
});

/** A code as `assidu platform review` makes one. */
const reviewCode = async (org = 'default'): Promise<string> => {
  const code = newCode(randomBytes);
  await tool.storage.invitations.insert({
    hash: hashOfReviewCode(code),
    org,
    createdAt: now,
    expiresAt: now + 3_600_000,
    firstDeployment: false,
    usedAt: null,
    usedBy: null,
  });
  return code;
};
const post = async (
  path: string,
  fields: Readonly<Record<string, string>>,
  origin = tool.origin,
): Promise<Shown> => {
  const response = await fetch(`${tool.origin}/lti/${path}`, {
    method: 'POST',
    redirect: 'manual',
    headers: { origin, 'accept-language': 'en' },
    body: new URLSearchParams(fields),
  });
  return { status: response.status, html: await response.text(), headers: response.headers };
};
const enter = (code: string, origin?: string) => post('review', { code }, origin);
/** The fields of the form about a platform on the page. */
const formOf = (page: Shown, id: string) => {
  const found = parseForms(page.html, tool.origin).find(({ fields }) => fields.id === id);
  if (found === undefined) throw new Error(`no form about ${id}`);
  return found.fields;
};
const decide = (page: Shown, id: string, decision: string, changes: Readonly<Record<string, string>> = {}) =>
  post('review/decisions', { ...formOf(page, id), decision, ...changes });
const register = async (lms: DemoLms, code?: string) => {
  const before = new Set((await tool.storage.registrations.list(null)).map(({ id }) => id));
  await registerAt(await lms.registrationUrl(`${tool.origin}/lti/register`), code);
  const made = (await tool.storage.registrations.list(null)).find(({ id }) => !before.has(id));
  if (made === undefined) throw new Error('nothing was registered');
  return made;
};
const byId = (id: string) => tool.storage.registrations.byId(id);

describe('the page on which platforms are approved', () => {
  it('asks for a code, shows nothing without, and stands in no frame', async () => {
    const { issuer } = await register(moodle);
    const response = await fetch(`${tool.origin}/lti/review`, { headers: { 'accept-language': 'fr' } });
    const html = await response.text();
    expect([response.status, html.includes(issuer)]).toEqual([200, false]);
    expect(html).toContain('lang="fr"');
    expect(response.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(response.headers.get('cache-control')).toBe('no-store');
  });

  it('shows who waits, what was asked of them and where data goes, and nothing of a person', async () => {
    const { clientId } = await register(canvas);
    const page = await enter(await reviewCode('north'));
    expect([page.status, titleOf(page)]).toEqual([200, 'Platforms that wait']);
    expect(page.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    for (const shown of [canvas.issuer, clientId, 'canvas', 'north', 'course rosters', 'scope/score'])
      expect(page.html).toContain(shown);
    expect(page.html).toContain('Université &lt;b');
  });

  it('approves one into the organisation of the code, which launches from then on', async () => {
    const { id, clientId } = await register(moodle);
    moodle.activate(clientId);
    const launch = () => new Browser().launch(moodle, { user: '4', course: '2', link: '1', clientId });
    expect((await launch()).status).toBe(403);
    const done = await decide(await enter(await reviewCode('north')), id, 'approve');
    expect(done.html).toContain('can open Assidu from now on');
    expect(await byId(id)).toMatchObject({ org: 'north', status: 'active' });
    expect((await launch()).status).toBe(200);
  });

  it('refuses one: nothing is left of it', async () => {
    const [kept, refused] = [await register(moodle), await register(canvas)];
    const done = await decide(await enter(await reviewCode()), refused.id, 'refuse');
    expect([done.status, await byId(refused.id)]).toEqual([200, null]);
    expect(await byId(kept.id)).toMatchObject({ status: 'pending' });
    expect(done.html).toContain(kept.clientId);
  });

  it('says so when somebody decided before, and changes nothing', async () => {
    const { id } = await register(moodle);
    const [one, other] = [await enter(await reviewCode('north')), await enter(await reviewCode('south'))];
    await decide(one, id, 'approve');
    const late = await decide(other, id, 'approve');
    expect([late.status, (await byId(id))?.org]).toEqual([409, 'north']);
    expect((await decide(other, id, 'refuse')).status).toBe(409);
    expect(await byId(id)).toMatchObject({ org: 'north', status: 'active' });
  });

  it('approves deployments that wait, of its own organisation only', async () => {
    const ours = await register(canvas, await invite(tool.storage, { org: 'north' }));
    canvas.activate(ours.clientId, 'account 7');
    const launch = () =>
      new Browser().launch(canvas, { user: '4', course: '2', link: '1', clientId: ours.clientId });
    expect((await launch()).status).toBe(403);
    const stranger = await enter(await reviewCode('south'));
    expect(stranger.html).not.toContain('account 7');
    const page = await enter(await reviewCode('north'));
    const stolen = { review: /name="review" value="([^"]+)"/.exec(stranger.html)?.[1] ?? 'none' };
    expect((await decide(page, ours.id, 'deployment', stolen)).status).not.toBe(200);
    expect((await decide(page, ours.id, 'deployment', { deployment: 'account 8' })).status).toBe(409);
    expect((await byId(ours.id))?.deployments).toEqual([]);
    expect((await decide(page, ours.id, 'deployment')).status).toBe(200);
    expect((await launch()).status).toBe(200);
  });

  it('never takes down, nor moves, a platform that is active', async () => {
    const { id } = await register(moodle, await invite(tool.storage));
    const other = await register(canvas);
    const page = await enter(await reviewCode());
    for (const decision of ['refuse', 'approve'])
      expect((await decide(page, other.id, decision, { id })).status).toBe(409);
    expect(await byId(id)).toMatchObject({ org: 'default', status: 'active' });
  });
});

describe('a review code', () => {
  it('works once', async () => {
    const code = await reviewCode();
    expect([(await enter(code)).status, (await enter(code)).status]).toEqual([200, 422]);
  });

  it('is no registration code, nor the reverse', async () => {
    const { id } = await register(moodle, await reviewCode()).catch(() => ({ id: 'refused' }));
    expect(id).toBe('refused');
    expect((await enter(await invite(tool.storage))).status).toBe(422);
  });

  it('expires, and what it opened ends after half an hour', async () => {
    const { id } = await register(moodle);
    const [late, opened] = [await reviewCode(), await enter(await reviewCode())];
    now += 30 * 60_000;
    expect((await decide(opened, id, 'approve')).status).toBe(422);
    now += 30 * 60_000;
    expect((await enter(late)).status).toBe(422);
    expect(await byId(id)).toMatchObject({ status: 'pending' });
  });

  it('is not taken from another site’s form, nor is a decision; what was sealed cannot be made up', async () => {
    const { id } = await register(moodle);
    const code = await reviewCode();
    expect((await enter(code, 'https://evil.example')).status).toBe(403);
    const page = await enter(code);
    const fields = { ...formOf(page, id), decision: 'approve' };
    expect((await post('review/decisions', fields, 'https://evil.example')).status).toBe(403);
    for (const review of ['', 'x', `${formOf(page, id).review}x`, formOf(page, id).review?.slice(1) ?? ''])
      expect((await decide(page, id, 'approve', { review })).status).toBe(422);
    expect(await byId(id)).toMatchObject({ status: 'pending' });
  });
});
