import { describe, expect, it } from 'vitest';
import { claimsSchema } from '../../lti/claims.ts';
import { launchFromClaims } from '../../lti/launch-from-claims.ts';
import { launchLocale } from '../../lti/locale.ts';
import { canvasClaims } from '../platform/canvas-claims.ts';
import { someCourse, somePeople, toolAt } from '../platform/demo-people.ts';
import type { LaunchMessage } from '../platform/launch-message.ts';
import { moodleClaims } from '../platform/moodle-claims.ts';

const registration = {
  id: 'r1',
  org: 'default',
  name: 'Campus',
  issuer: 'https://lms.example.org',
  clientId: 'c',
  authUrl: 'https://lms.example.org/auth',
  tokenUrl: 'https://lms.example.org/token',
  jwksUrl: 'https://lms.example.org/jwks',
  deployments: ['1'],
  status: 'active',
  actorFormat: { homePage: 'https://lms.example.org', name: 'sub' },
  frameOrigins: [],
  createdAt: 0,
} as const;

function message(custom: Record<string, string>, shareNames = true): LaunchMessage {
  const [, user] = somePeople;
  if (user === undefined) throw new Error('nobody to launch');
  return {
    url: 'https://lms.example.org',
    issuer: 'https://lms.example.org',
    name: 'Campus',
    shareNames,
    now: new Date(1_700_000_000_000),
    user,
    course: someCourse,
    link: { id: '1', title: 'SWOT', custom },
    tool: toolAt('https://tool.example.org'),
    nonce: 'n',
    messageType: 'LtiResourceLinkRequest',
    sesskey: 's',
  };
}

const given = { id: 'l1', sessionHash: 'h', locale: 'fr', now: 5 } as const;
const launchOf = (claims: Record<string, unknown>) =>
  launchFromClaims(claimsSchema.parse(claims), registration, given);

describe('a launch read from its claims', () => {
  it('keeps who, where and what for', () => {
    expect(launchOf(moodleClaims(message({ cohort: 'gp-9' })))).toMatchObject({
      id: 'l1',
      sessionHash: 'h',
      org: 'default',
      registrationId: 'r1',
      deployment: '1',
      sub: '4',
      name: 'Amélie Durand',
      email: 'amelie.durand@univ-exemple.fr',
      role: 'learner',
      courseId: '2',
      courseTitle: 'SPOC Gestion de projet',
      resourceLinkId: '1',
      resourceLinkTitle: 'SWOT',
      cohortParameter: 'gp-9',
      locale: 'fr',
      createdAt: 5,
    });
  });

  it('reads what Canvas adds without stumbling', () => {
    expect(launchOf(canvasClaims(message({ cohort: 'gp-9' })))).toMatchObject({
      role: 'learner',
      name: 'Amélie Durand',
      cohortParameter: 'gp-9',
    });
  });

  it('takes an empty custom value and an unresolved variable for absent', () => {
    const custom = { cohort: '$Canvas.course.name', a: '', b: '$Person.sourcedId', price: '$5', d: ' x ' };
    const claims = {
      ...moodleClaims(message({})),
      'https://purl.imsglobal.org/spec/lti/claim/custom': custom,
    };
    expect(launchOf(claims)).toMatchObject({ cohortParameter: null, custom: { price: '$5', d: 'x' } });
  });

  it('reads groups and sections separated by commas, each once', () => {
    const custom = { groups: '1, 7,,1', sections: '$CourseSection.sourcedId,s9' };
    const claims = {
      ...moodleClaims(message({})),
      'https://purl.imsglobal.org/spec/lti/claim/custom': custom,
    };
    expect(launchOf(claims).groups).toEqual(['1', '7', 's9']);
  });

  it('forgets every trace of a name the platform hides, and only then', () => {
    const open = launchOf(moodleClaims(message({ x: 'y' })));
    const hidden = launchOf(moodleClaims(message({ x: 'y' }, false)));
    expect(open.custom.user_username).toBe('amelie.durand');
    expect(hidden).toMatchObject({ name: null, email: null, custom: { x: 'y' } });
    expect(JSON.stringify(hidden)).not.toMatch(/amelie|P000004/i);
  });

  it('keeps no return address that is not of the web', () => {
    const presentation = { return_url: 'javascript:alert(1)' };
    const claims = {
      ...moodleClaims(message({})),
      'https://purl.imsglobal.org/spec/lti/claim/launch_presentation': presentation,
    };
    expect(launchOf(claims).returnUrl).toBeNull();
  });
});

describe('the language of a launch', () => {
  const localeOf = (platform: string | null, claim: string | null, browser?: string) =>
    launchLocale(
      claimsSchema.parse({
        ...moodleClaims(message({})),
        locale: claim,
        'https://purl.imsglobal.org/spec/lti/claim/launch_presentation': { locale: platform },
      }),
      browser,
    );

  it.each([
    ['en_us', null, 'fr', 'en'],
    ['fr-CA', 'en', 'en', 'fr'],
    [null, 'en-GB', 'fr', 'en'],
    [null, null, 'de;q=1, en;q=0.4, fr;q=0.2', 'en'],
    [null, null, 'en;q=0, *', 'fr'],
    ['de', null, undefined, 'fr'],
    [null, null, undefined, 'fr'],
  ])('platform %s, claim %s, browser %s: %s', (platform, claim, browser, locale) => {
    expect(localeOf(platform, claim, browser)).toBe(locale);
  });
});
