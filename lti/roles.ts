import type { LaunchRole } from '../src/storage/ports/launch-store.ts';

/** What a launch's roles amount to. A test user (Canvas's Student View) must not count anywhere. */
export interface CourseRole {
  readonly role: LaunchRole;
  readonly testUser: boolean;
}

const lis = 'http://purl.imsglobal.org/vocab/lis/v2/';
const testUserRole = 'http://purl.imsglobal.org/vocab/lti/system/person#TestUser';

// Context roles may come by their short name (LTI 1.3 Core §A.2.3): Moodle's rosters do.
const shortNames = new Set([
  'Instructor',
  'TeachingAssistant',
  'Mentor',
  'ContentDeveloper',
  'Administrator',
  'Learner',
]);

const platformAdministrators = new Set([
  `${lis}institution/person#Administrator`,
  `${lis}institution#Administrator`,
  `${lis}system/person#Administrator`,
  `${lis}person#Administrator`,
]);
const platformObserver = `${lis}institution/person#Observer`;

/** `membership#Role` and `membership/Principal#SubRole` (LIS 2), or a short name, as principal and name. */
function membershipOf(role: string): { readonly principal: string; readonly name: string } | null {
  if (shortNames.has(role))
    return { principal: role === 'TeachingAssistant' ? 'Instructor' : role, name: role };
  const match = /^membership(?:\/(\w+))?#(\w+)$/.exec(role.startsWith(lis) ? role.slice(lis.length) : '');
  const name = match?.[2];
  return name === undefined ? null : { principal: match?.[1] ?? name, name };
}

function rightOf(role: string): LaunchRole | null {
  if (platformAdministrators.has(role)) return 'dlm';
  const membership = membershipOf(role);
  switch (membership?.principal) {
    case 'ContentDeveloper':
      return 'dlm';
    case 'Administrator':
      // Administrator#Support, #Guest and the like help with the system, not with the course.
      return membership.name === 'Administrator' ? 'dlm' : null;
    case 'Instructor':
    case 'Mentor':
    case 'TeachingAssistant':
      return 'staff';
    case 'Learner':
      return 'learner';
    default:
      return null;
  }
}

/**
 * Reads the roles claim (LTI 1.3 Core §5.3.7): membership roles give rights in the course, an administrator of
 * the platform configures; institution#Instructor and #Student give nothing. dlm outranks staff, staff learner.
 */
export function courseRole(roles: readonly string[]): CourseRole {
  if (roles.includes(testUserRole)) return { role: 'observer', testUser: true };
  // Canvas sends parents who watch a child as Mentor, beside this institution role.
  const watches = roles.includes(platformObserver);
  const rights = new Set(
    roles.filter((role) => !(watches && membershipOf(role)?.principal === 'Mentor')).map(rightOf),
  );
  const ranked: readonly LaunchRole[] = ['dlm', 'staff', 'learner'];
  return { role: ranked.find((right) => rights.has(right)) ?? 'observer', testUser: false };
}
