import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { createRemoteJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose';
import { afterEach, describe, expect, it } from 'vitest';
import { sharedPath } from '../support/shared.ts';
import { Browser } from './browser.ts';
import { type DemoLms, type DemoLmsOptions, startDemoLms } from './demo-lms.ts';
import { someCourse, somePeople, toolAt } from './demo-people.ts';
import { claim } from './launch-message.ts';

const recordings = sharedPath('data/moodle');
const recorded = recordings !== null;

const opened: DemoLms[] = [];

async function lmsWith(options: Partial<DemoLmsOptions> = {}): Promise<DemoLms> {
  const lms = await startDemoLms({
    profile: 'moodle',
    name: 'Campus',
    users: somePeople,
    courses: [someCourse],
    ...options,
  });
  opened.push(lms);
  lms.registerTool(toolAt('http://localhost:3400'));
  return lms;
}

afterEach(async () => {
  await Promise.all(opened.splice(0).map((lms) => lms.close()));
});

const request = { user: '4', course: '2', link: '1', clientId: '0dbbxfQNuARSwJP', nonce: 'n' };

/** The shape of a value: member names and the types of what they hold, to any depth. */
function shape(value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 0 ? [] : [shape(value[0])];
  if (typeof value !== 'object' || value === null) return value === null ? 'null' : typeof value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([name, member]) => [name, shape(member)] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

/** A recorded payload without what the recorded tool's own settings added to it. */
function recordedShape(file: string): unknown {
  const { payload }: { payload: Record<string, unknown> } = JSON.parse(
    readFileSync(resolve(recordings ?? '', file), 'utf8'),
  );
  const custom = payload[claim.custom];
  const own = new Set(['activite_id', 'version', 'langue', 'fixe', 'revue']);
  return shape({
    ...payload,
    [claim.custom]: Object.fromEntries(Object.entries(custom ?? {}).filter(([name]) => !own.has(name))),
  });
}

const bare = { ...someCourse, links: someCourse.links.map(({ custom: _, ...link }) => link) };

describe.skipIf(!recorded)('the moodle profile beside a recorded Moodle 4.1', () => {
  it.each([
    ['id-token-etudiant.json', {}, {}],
    ['id-token-enseignant.json', { user: '3' }, {}],
    ['id-token-etudiant-sans-note.json', { link: '2' }, {}],
    ['id-token-etudiant-anonyme.json', {}, { shareNames: false }],
    ['id-token-deep-linking.json', { messageType: 'LtiDeepLinkingRequest' }, {}],
    ['id-token-submission-review.json', { user: '3', messageType: 'LtiSubmissionReviewRequest' }, {}],
  ])('says what %s says, member by member', async (file, changes, options) => {
    const lms = await lmsWith({ courses: [bare], ...options });
    const token = await lms.idToken({ ...request, ...changes });
    expect(shape(decodeJwt(token))).toEqual(recordedShape(file));
    expect(Object.keys(decodeProtectedHeader(token))).toEqual(['typ', 'alg', 'kid']);
  });
});

describe('an id_token of the demo LMS', () => {
  it('lives sixty seconds from the clock handed in on Moodle, an hour on Canvas', async () => {
    const now = new Date('2026-11-22T10:00:00.500Z');
    const lives = async (profile: 'moodle' | 'canvas'): Promise<number> => {
      const lms = await lmsWith({ profile, clock: () => now });
      const { iat = 0, exp = 0 } = decodeJwt(await lms.idToken(request));
      expect(iat).toBe(Math.floor(now.getTime() / 1000));
      return exp - iat;
    };
    expect([await lives('moodle'), await lives('canvas')]).toEqual([60, 3600]);
  });

  it('verifies against the JWKS, also after one rotation and no longer after the second', async () => {
    const lms = await lmsWith();
    const verify = (token: string) =>
      jwtVerify(token, createRemoteJWKSet(new URL(lms.jwksUrl)), { issuer: lms.issuer });
    const first = await lms.idToken(request);
    await verify(first);
    await lms.rotateKeys();
    const second = await lms.idToken(request);
    expect(decodeProtectedHeader(second).kid).not.toBe(decodeProtectedHeader(first).kid);
    await verify(first);
    await verify(second);
    await lms.rotateKeys();
    await expect(verify(first)).rejects.toThrow(/no applicable key/);
  });

  it('can be broken on purpose: key, algorithm, header and claims', async () => {
    const lms = await lmsWith();
    const keys = createRemoteJWKSet(new URL(lms.jwksUrl));
    const alg = async (broken: object) =>
      decodeProtectedHeader(await lms.idToken({ ...request, ...broken })).alg;
    await expect(jwtVerify(await lms.idToken({ ...request, key: 'other' }), keys)).rejects.toThrow(
      /signature/,
    );
    await expect(jwtVerify(await lms.idToken({ ...request, key: 'encryption' }), keys)).rejects.toThrow();
    expect(await alg({ key: 'hs256-public' })).toBe('HS256');
    expect(await lms.idToken({ ...request, alg: 'none' })).toMatch(/\.$/);
    const ps = await lms.idToken({ ...request, alg: 'PS256' });
    expect(decodeProtectedHeader(ps).alg).toBe('PS256');
    const rs = await lms.idToken({ ...request, alg: 'RS512', overrides: { exp: undefined, azp: 'x' } });
    expect(decodeJwt(rs)).toMatchObject({ azp: 'x' });
    expect(decodeJwt(rs).exp).toBeUndefined();
    const unnamed = await lms.idToken({ ...request, header: { kid: undefined } });
    expect(decodeProtectedHeader(unnamed).kid).toBeUndefined();
  });

  it('resolves custom variables: unknown ones are empty on Moodle and literal on Canvas', async () => {
    const custom = async (profile: 'moodle' | 'canvas'): Promise<unknown> =>
      decodeJwt(await (await lmsWith({ profile })).idToken({ ...request, link: '3' }))[claim.custom];
    expect(await custom('moodle')).toMatchObject({ known: 'amelie.durand', unknown: '', groups: '1,7' });
    expect(await custom('canvas')).toEqual({ known: 'amelie.durand', unknown: '$Person.phone.mobile' });
  });

  it('names people, courses and roles on Canvas as Canvas does', async () => {
    const lms = await lmsWith({ profile: 'canvas', issuer: 'https://canvas.instructure.com' });
    const claims = decodeJwt(await lms.idToken(request));
    expect(claims).toMatchObject({
      iss: 'https://canvas.instructure.com',
      azp: request.clientId,
      sub: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
      locale: 'fr',
      [claim.roles]: [
        'http://purl.imsglobal.org/vocab/lis/v2/institution/person#Student',
        'http://purl.imsglobal.org/vocab/lis/v2/membership#Learner',
        'http://purl.imsglobal.org/vocab/lis/v2/system/person#User',
      ],
      [claim.context]: { type: ['http://purl.imsglobal.org/vocab/lis/v2/course#CourseOffering'] },
      [claim.lti1p1]: { user_id: expect.stringMatching(/^[0-9a-f]{40}$/) },
    });
    const nameless = await lmsWith({ profile: 'canvas', shareNames: false });
    const hidden = decodeJwt(await nameless.idToken(request));
    for (const name of ['name', 'email', 'picture', claim.lis]) expect(hidden).not.toHaveProperty([name]);
  });
});

describe('the pages of the demo LMS', () => {
  it('offer every course as every person, and put the chosen link into a frame', async () => {
    const lms = await lmsWith();
    const browser = new Browser();
    const chooser = await browser.get(lms.url);
    expect(chooser.html).toContain('<html lang="fr">');
    for (const { id, name } of somePeople) {
      expect(chooser.html).toContain(`/course/2?as=${id}`);
      expect(chooser.html).toContain(name);
    }
    const course = await browser.get(`${lms.url}/course/2?as=4&link=2`);
    expect(course.html).toMatch(/<iframe name="tool" title="Lecture" src="\/launch\/2\/2\?as=4&amp;client=/);
    expect(course.html).toMatch(/<a [^>]*aria-current="page"[^>]*>Lecture</);
    expect(course.headers.get('content-security-policy')).not.toContain('unsafe');
  });

  it('are in English for a person whose locale is English', async () => {
    const lms = await lmsWith();
    const { html } = await new Browser().get(`${lms.url}/course/2?as=6`);
    expect(html).toContain('<html lang="en">');
    expect(html).toContain('Course content');
  });

  it('answer 404 for what is not there, and show the message a tool returns with', async () => {
    const lms = await lmsWith();
    const browser = new Browser();
    expect((await browser.get(`${lms.url}/course/9?as=4`)).status).toBe(404);
    expect((await browser.get(`${lms.url}/course/2?as=4&link=99`)).status).toBe(404);
    const { html } = await browser.get(`${lms.url}/mod/lti/return.php?course=2&lti_errormsg=%3Cb%3Eraté`);
    expect(html).toContain('&lt;b>raté');
  });
});
