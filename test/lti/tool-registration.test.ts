import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { groupsOf } from '../../lti/custom-parameters.ts';
import { canvasConfiguration } from '../../lti/registration/canvas-configuration.ts';
import { hashOfCode, newCode } from '../../lti/registration/code.ts';
import { manualView } from '../../lti/registration/manual.ts';
import type { PlatformConfiguration } from '../../lti/registration/platform-configuration.ts';
import { requestTo, toolRegistration } from '../../lti/registration/tool-registration.ts';

const publicUrl = 'https://tools.example.org/assidu';
const lms = 'https://lms.example.org';
const platform = (changes: Partial<PlatformConfiguration> = {}): PlatformConfiguration => ({
  issuer: lms,
  authUrl: `${lms}/auth`,
  tokenUrl: `${lms}/token`,
  jwksUrl: `${lms}/jwks`,
  registrationUrl: `${lms}/register`,
  family: 'other',
  product: 'campus 1',
  name: 'lms.example.org',
  scopes: [],
  claims: [],
  messages: [{ type: 'LtiResourceLinkRequest', placements: [] }],
  variables: [],
  ...changes,
});
const toolClaim = 'https://purl.imsglobal.org/spec/lti-tool-configuration';
const canvas = 'https://canvas.instructure.com/lti';

describe('what is asked of a platform', () => {
  it('is all we want where it lists nothing', () => {
    const asked = requestTo(platform());
    expect(asked.scopes).toHaveLength(4);
    expect(asked.claims).toContain('email');
    expect(asked.custom).toEqual({});
  });

  it('is never what the platform does not have', () => {
    const words = fc.subarray(['name', 'email', 'picture', 'locale']);
    const kinds = [
      'LtiResourceLinkRequest',
      'LtiDeepLinkingRequest',
      'LtiSubmissionReviewRequest',
      'LtiEulaRequest',
    ];
    const places = ['course_navigation', `${canvas}/link_selection`, 'ContentArea', 'elsewhere'];
    const messages = fc.array(
      fc.record({ type: fc.constantFrom(...kinds), placements: fc.subarray(places) }),
    );
    const variables = fc.subarray(['User.username', '$Moodle.Person.userGroupIds', 'Context.id']);
    fc.assert(
      fc.property(words, messages, variables, (claims, supported, known) => {
        const asked = requestTo(platform({ claims, messages: supported, variables: known }));
        if (claims.length > 0)
          expect(['sub', 'iss', ...claims]).toEqual(expect.arrayContaining([...asked.claims]));
        for (const [index, { placements }] of asked.messages.entries()) {
          const kinder = supported.filter(({ type }) => type !== 'LtiEulaRequest')[index];
          expect(kinder?.placements).toEqual(expect.arrayContaining([...placements]));
        }
        const plain = known.map((name) => (name.startsWith('$') ? name : `$${name}`));
        expect(plain).toEqual(expect.arrayContaining(Object.values(asked.custom)));
      }),
      { numRuns: 60 },
    );
  });

  it('of Canvas has its labels, placements under the names it uses, and its privacy level', () => {
    const registration = toolRegistration({
      publicUrl,
      locale: 'en',
      platform: platform({
        family: 'canvas',
        messages: [
          {
            type: 'LtiResourceLinkRequest',
            placements: [`${canvas}/course_navigation`, 'account_navigation'],
          },
          { type: 'LtiDeepLinkingRequest', placements: ['link_selection', 'assignment_selection'] },
          { type: 'LtiEulaRequest', placements: [] },
        ],
        variables: ['com.instructure.User.sectionNames'],
      }),
    });
    expect(registration[toolClaim]).toMatchObject({
      domain: 'tools.example.org',
      target_link_uri: `${publicUrl}/lti/launch`,
      [`${canvas}/privacy_level`]: 'public',
      custom_parameters: { sections: '$com.instructure.User.sectionNames' },
      messages: [
        {
          type: 'LtiResourceLinkRequest',
          label: 'Assidu: paths and attendance',
          placements: [`${canvas}/course_navigation`],
          [`${canvas}/course_navigation/default_enabled`]: false,
        },
        { type: 'LtiDeepLinkingRequest', placements: ['link_selection', 'assignment_selection'] },
      ],
    });
  });
});

describe('the manual set-up', () => {
  it('of a Canvas key names our addresses, scopes, placements and parameters', () => {
    expect(canvasConfiguration(publicUrl, 'fr')).toMatchObject({
      title: 'Assidu',
      oidc_initiation_url: `${publicUrl}/lti/login`,
      target_link_uri: `${publicUrl}/lti/launch`,
      public_jwk_url: `${publicUrl}/lti/jwks`,
      custom_fields: { user_username: '$User.username', sections: '$com.instructure.User.sectionNames' },
      extensions: [
        {
          platform: 'canvas.instructure.com',
          privacy_level: 'public',
          domain: 'tools.example.org',
          settings: {
            placements: [
              { placement: 'course_navigation', message_type: 'LtiResourceLinkRequest', default: 'disabled' },
              { placement: 'link_selection', message_type: 'LtiDeepLinkingRequest' },
              { placement: 'assignment_selection', message_type: 'LtiDeepLinkingRequest' },
            ],
          },
        },
      ],
    });
  });

  it('of Moodle has one parameter a line', () => {
    const custom = manualView(publicUrl, 'fr').moodle.find(({ field }) => field === 'custom');
    expect(custom?.value).toBe('user_username=$User.username\ngroups=$Moodle.Person.userGroupIds');
  });
});

describe('a registration code', () => {
  it('is 25 letters that none can be mistaken for another, never twice the same', () => {
    const codes = Array.from({ length: 50 }, () => newCode(randomBytes));
    expect(new Set(codes).size).toBe(50);
    for (const code of codes) expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{5}-){4}[0-9A-HJKMNP-TV-Z]{5}$/);
  });

  it('is known however it is typed, and not kept as it is', () => {
    const code = '0123A-BCDEF-GHJKM-NPQRS-TVWXY';
    expect(hashOfCode('o i23a bcdef ghjkm npqrs tvwxy')).toBe(hashOfCode(code));
    expect(hashOfCode(code.replace('A', 'B'))).not.toBe(hashOfCode(code));
    expect(hashOfCode(code)).not.toContain('ABCDEF');
  });
});

describe('groups', () => {
  it.each([
    ['1,4', ['1', '4']],
    ['["Section 1, M-T","Section 2"]', ['Section 1, M-T', 'Section 2']],
    ['[\\"Section 1, M-T\\", \\"TA\\"]', ['Section 1, M-T', 'TA']],
    ['[not a list', ['[not a list']],
    ['$com.instructure.User.sectionNames', []],
  ])('are read from %s', (sections, expected) => {
    expect(groupsOf({ sections })).toEqual(expected);
  });
});
