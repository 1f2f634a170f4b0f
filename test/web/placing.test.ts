import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Browser, type BrowserPage } from '../platform/browser.ts';
import { type Campus, CLIENT, courseIdOf, learners, STAFF, startCampus } from '../support/campus.ts';

const lti = 'https://purl.imsglobal.org/spec/lti/claim';
const settings = 'https://purl.imsglobal.org/spec/lti-dl/claim/deep_linking_settings';

describe.each(['moodle', 'canvas'] as const)('placing links into a course of %s', (profile) => {
  let campus: Campus;
  const unit = `https://lms.example/mod/1`;
  beforeAll(async () => {
    campus = await startCampus({ profile, people: learners(2) });
    await campus.launch(STAFF);
    const course = await courseIdOf(campus);
    await campus.assidu.request('PUT', '/api/v1/cohorts/spoc', {
      id: 'spoc',
      title: { fr: 'Gestion de projet', en: 'Project management' },
      kind: 'spoc',
      startsOn: '2026-01-05',
      contexts: [{ platform: campus.lms.issuer, course }],
      units: [
        { id: unit, title: { fr: 'Cadrer', en: 'Framing' } },
        { id: `${unit}2`, cancelled: true },
      ],
    });
  });
  afterAll(() => campus.close());

  /** A message of this type, launched by somebody; its page. */
  const launch = async (
    browser: Browser,
    user: string,
    messageType: string,
    overrides: Readonly<Record<string, unknown>> = {},
  ): Promise<BrowserPage> => {
    const login = await browser.login(campus.lms, { user, course: '2', link: '1', clientId: CLIENT });
    const { state = '', nonce = '' } = login.authRequest ?? {};
    const request = { user, course: '2', clientId: CLIENT, nonce, messageType, overrides };
    const id_token = await campus.lms.idToken(request);
    return browser.post(`${campus.assidu.url}/lti/launch`, { id_token, state });
  };
  const place = (browser: Browser, page: BrowserPage, fields: Readonly<Record<string, string>>) => {
    const [, _csrf = ''] = /name="_csrf" value="([^"]+)"/.exec(page.html) ?? [];
    return browser.post(page.url.replace(/\?.*/, ''), { _csrf, ...fields });
  };
  /** Carries a page's answer back to the platform, as its script does. */
  const carryBack = (browser: Browser, page: BrowserPage) => {
    const [, action = ''] = /id="submit"[^>]* action="([^"]+)"/.exec(page.html) ?? [];
    const [, JWT = ''] = /name="JWT" value="([^"]+)"/.exec(page.html) ?? [];
    return browser.post(action.replaceAll('&amp;', '&'), { JWT });
  };

  it('offers the cohorts of the course and their steps, and places what was chosen', async () => {
    const browser = new Browser();
    const page = await launch(browser, STAFF, 'LtiDeepLinkingRequest');
    expect(page.status).toBe(200);
    for (const title of ['Gestion de projet', 'Cadrer']) expect(page.html).toContain(title);
    expect(page.html).not.toContain('https%3A%2F%2Flms.example%2Fmod%2F12');
    const chosen = await place(browser, page, { item: 'spoc', grades: 'on' });
    expect(chosen.headers.get('content-security-policy')).toContain(`form-action 'self' ${campus.lms.url}`);
    const before = campus.lms.placed.length;
    expect((await carryBack(browser, chosen)).status).toBe(200);
    expect(campus.lms.placed.slice(before)).toMatchObject([
      {
        course: '2',
        item: {
          type: 'ltiResourceLink',
          url: `${campus.assidu.url}/lti/launch`,
          title: 'Gestion de projet',
          custom: { cohort: 'spoc' },
          lineItem: { label: 'Gestion de projet', scoreMaximum: 100, resourceId: 'spoc', tag: 'assidu' },
        },
      },
    ]);
  });

  it('places a step with its cohort, without a column unless asked for', async () => {
    const browser = new Browser();
    const page = await launch(browser, STAFF, 'LtiDeepLinkingRequest');
    const item = `spoc/${encodeURIComponent(unit)}`;
    expect(page.html).toContain(`value="${item}"`);
    await carryBack(browser, await place(browser, page, { item }));
    const last = campus.lms.placed.at(-1)?.item;
    expect(last).toMatchObject({ title: 'Cadrer', custom: { cohort: 'spoc', unit } });
    expect(last).not.toHaveProperty('lineItem');
  });

  it('opens a placed step where it stands on the learner’s path', async () => {
    const custom = { [`${lti}/custom`]: { cohort: 'spoc', unit } };
    const page = await launch(new Browser(), '1', 'LtiResourceLinkRequest', custom);
    expect(page.html).toContain('id="step-1"');
    expect(page.hops.at(-2)?.location).toMatch(/\/cohorts\/spoc#step-1$/);
  });

  it('gives back what the platform wants back, and nothing when the person cancels', async () => {
    const browser = new Browser();
    const before = campus.lms.placed.length;
    const page = await launch(browser, STAFF, 'LtiDeepLinkingRequest');
    expect((await carryBack(browser, await place(browser, page, { cancel: 'on' }))).status).toBe(200);
    expect(campus.lms.placed).toHaveLength(before);
  });

  it('asks again when nothing was chosen, or nothing that is offered', async () => {
    const browser = new Browser();
    const page = await launch(browser, STAFF, 'LtiDeepLinkingRequest');
    for (const fields of [{}, { item: 'another' }]) {
      const again = await place(browser, page, fields);
      expect(again.status).toBe(422);
      expect(again.html).toContain('Choisissez au moins un lien');
    }
  });

  it('is for staff only, by a launch that asked for it, with the page’s own token', async () => {
    const learner = await launch(new Browser(), '1', 'LtiDeepLinkingRequest');
    expect(learner.status).toBe(403);
    const browser = new Browser();
    const page = await launch(browser, STAFF, 'LtiDeepLinkingRequest');
    const [, base = ''] = /^(.*)\/placing/.exec(page.url) ?? [];
    expect((await browser.post(`${base}/placing`, { item: 'spoc' })).status).toBe(403);
    const plain = await launch(browser, STAFF, 'LtiResourceLinkRequest');
    expect((await browser.get(`${new URL(plain.url).href.replace(/\/cohorts.*/, '')}/placing`)).status).toBe(
      404,
    );
  });

  it('answers to the platform only, whatever address the message names', async () => {
    const deepLinking = {
      deep_link_return_url: 'https://evil.example/take',
      accept_types: ['ltiResourceLink'],
      accept_presentation_document_targets: ['iframe'],
    };
    const page = await launch(new Browser(), STAFF, 'LtiDeepLinkingRequest', { [settings]: deepLinking });
    expect(page.status).toBe(401);
  });

  it('opens the path of the person whose work is reviewed, for staff only', async () => {
    await campus.launch('1');
    const about = { [`${lti}/for_user`]: { user_id: '1' } };
    const subject =
      profile === 'moodle' ? about : { [`${lti}/for_user`]: { user_id: await subOf(campus, '1') } };
    const page = await launch(new Browser(), STAFF, 'LtiSubmissionReviewRequest', subject);
    expect(page.status).toBe(200);
    expect(page.url).toContain('/cohorts/spoc/learners/');
    expect(page.html).toContain('Prénom 1');
    const curious = await launch(new Browser(), '2', 'LtiSubmissionReviewRequest', subject);
    expect(curious.html).not.toContain('Prénom 1');
    expect(curious.url).not.toContain('/learners/');
  });
});

/** The `sub` by which the platform names somebody. */
async function subOf({ lms }: Campus, user: string): Promise<string> {
  const token = await lms.idToken({ user, course: '2', link: '1', clientId: CLIENT, nonce: 'n' });
  const payload = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString();
  return JSON.parse(payload).sub;
}
