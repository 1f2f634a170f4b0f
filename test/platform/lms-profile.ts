import { canvasClaims } from './canvas-claims.ts';
import type { LaunchMessage } from './launch-message.ts';
import { moodleClaims } from './moodle-claims.ts';

/** Where the two kinds of LMS differ in addresses, cookie and payload. */
export interface LmsProfile {
  readonly authPath: string;
  readonly tokenPath: string;
  readonly jwksPath: string;
  readonly membershipsPath: string;
  readonly configurationPath: string;
  readonly registrationPath: string;
  /** The page inside the frame that sends the person back to the course. */
  readonly returnPath: string;
  readonly cookieName: string;
  readonly cookieAttributes: string;
  readonly loginMethod: 'get' | 'post';
  readonly claims: (message: LaunchMessage) => Record<string, unknown>;
}

/** Paths and habits of Moodle 4.1 and of Canvas. */
export const lmsProfiles: Readonly<Record<'moodle' | 'canvas', LmsProfile>> = {
  moodle: {
    authPath: '/mod/lti/auth.php',
    tokenPath: '/mod/lti/token.php',
    jwksPath: '/mod/lti/certs.php',
    membershipsPath: '/mod/lti/services.php/CourseSection/:course/bindings/:type/memberships',
    configurationPath: '/mod/lti/openid-configuration.php',
    registrationPath: '/mod/lti/openid-registration.php',
    returnPath: '/mod/lti/return.php',
    cookieName: 'MoodleSession',
    cookieAttributes: 'Path=/; HttpOnly; SameSite=Lax',
    loginMethod: 'post',
    claims: moodleClaims,
  },
  canvas: {
    authPath: '/api/lti/authorize_redirect',
    tokenPath: '/login/oauth2/token',
    jwksPath: '/api/lti/security/jwks',
    membershipsPath: '/api/lti/courses/:course/names_and_roles',
    configurationPath: '/api/lti/security/openid-configuration',
    registrationPath: '/api/lti/registrations',
    returnPath: '/courses/:course/external_content/success/external_tool_redirect',
    cookieName: '_normandy_session',
    cookieAttributes: 'Path=/; HttpOnly; Secure; SameSite=None',
    loginMethod: 'get',
    claims: canvasClaims,
  },
};
