import type { PlatformRole } from '../src/storage/ports/launch-store.ts';
import type { RoleMapping } from '../src/storage/ports/registration-store.ts';

/** What a launch's roles amount to. A test user (Canvas's Student View) must not count anywhere. */
export interface CourseRole {
  readonly role: PlatformRole;
  readonly testUser: boolean;
}

const lis = 'http://purl.imsglobal.org/vocab/lis/v2/';
const testUserRole = 'http://purl.imsglobal.org/vocab/lti/system/person#TestUser';
const platformObserver = 'institution/person#Observer';

// Context roles may come by their short name (LTI 1.3 Core §A.2.3): Moodle's rosters do.
const shortNames: ReadonlyMap<string, string> = new Map([
  ['Instructor', 'membership#Instructor'],
  ['TeachingAssistant', 'membership/Instructor#TeachingAssistant'],
  ['Mentor', 'membership#Mentor'],
  ['ContentDeveloper', 'membership#ContentDeveloper'],
  ['Administrator', 'membership#Administrator'],
  ['Learner', 'membership#Learner'],
]);

/** What roles mean where no mapping says otherwise; sub-roles mean what their principal role does. */
export const USUAL_ROLES: RoleMapping = {
  'membership#Learner': 'learner',
  'membership#Instructor': 'staff',
  'membership#TeachingAssistant': 'staff',
  'membership#Mentor': 'staff',
  'membership#ContentDeveloper': 'dlm',
  'membership#Administrator': 'dlm',
  'institution/person#Administrator': 'dlm',
  'institution#Administrator': 'dlm',
  'system/person#Administrator': 'dlm',
  'person#Administrator': 'dlm',
};

/**
 * The name by which mappings know a role: without LIS's own beginning, short names in full (`membership#Mentor`,
 * `membership/Instructor#TeachingAssistant`, `institution/person#Guest`); roles of other vocabularies as they are.
 */
export function roleName(role: string): string {
  return shortNames.get(role) ?? (role.startsWith(lis) ? role.slice(lis.length) : role);
}

/** The principal role of a membership, of a sub-role too; null for other roles. */
function principalOf(name: string): string | null {
  const [, ofSubRole, own] = /^membership(?:\/(\w+)#\w+|#(\w+))$/.exec(name) ?? [];
  return ofSubRole ?? own ?? null;
}

const isMentor = (role: string): boolean => principalOf(roleName(role)) === 'Mentor';

const of = (mapping: RoleMapping, name: string): PlatformRole | null =>
  (Object.hasOwn(mapping, name) ? mapping[name] : null) ?? null;

function rightOf(role: string, mapping: RoleMapping): PlatformRole | null {
  const name = roleName(role);
  // What is no role of LIS at all (a bare word, somebody else's URL) means what a mapping says, else nothing.
  const known = role.startsWith(lis) || shortNames.has(role);
  const own = of(mapping, name) ?? (known ? of(USUAL_ROLES, name) : null);
  if (own !== null || !known) return own;
  const principal = principalOf(name);
  if (principal === null) return null;
  const mapped = of(mapping, `membership#${principal}`);
  if (mapped !== null) return mapped;
  // Administrator#Support, #Guest and the like help with the system, not with the course.
  const helper = principal === 'Administrator' && name !== 'membership/Administrator#Administrator';
  return helper ? null : of(USUAL_ROLES, `membership#${principal}`);
}

/**
 * Reads the roles claim (LTI 1.3 Core §5.3.7) by a platform's mapping: membership roles give rights in the course, an
 * administrator of the platform configures; institution#Instructor and #Student give nothing. dlm outranks staff, staff
 * learner. `scoped`: the platform said whom the person mentors (§5.3.8), which is then all that Mentor gives.
 */
export function courseRole(roles: readonly string[], mapping: RoleMapping = {}, scoped = false): CourseRole {
  if (roles.includes(testUserRole)) return { role: 'observer', testUser: true };
  // Canvas sends parents who watch a child as Mentor, beside this institution role.
  const watches = scoped || roles.some((role) => roleName(role) === platformObserver);
  const rights = new Set(
    roles.filter((role) => !(watches && isMentor(role))).map((role) => rightOf(role, mapping)),
  );
  const ranked: readonly PlatformRole[] = ['dlm', 'staff', 'learner'];
  return { role: ranked.find((right) => rights.has(right)) ?? 'observer', testUser: false };
}

/** Whether somebody is a mentor, of whomever. */
export function isMentorHere(roles: readonly string[]): boolean {
  return roles.some(isMentor);
}

const MOST_ROLES = 100;
const MOST_MENTEES = 500;

/** The roles of a launch as they are kept: a message may name any number of them. */
export function keptRoles(roles: readonly string[]): readonly string[] {
  return roles.filter((role) => role.length <= 255).slice(0, MOST_ROLES);
}

/**
 * The `sub`s of the claim role_scope_mentor (LTI 1.3 Core §5.3.8), at most 500; undefined when it is not there. What is
 * no list of ids names nobody: a mentor whose platform says nonsense sees nobody rather than everybody.
 */
export function menteesOf(claim: unknown): readonly string[] | undefined {
  if (claim === undefined || claim === null) return undefined;
  if (!Array.isArray(claim)) return [];
  const ids = claim.filter((id): id is string => typeof id === 'string' && id.length > 0 && id.length <= 255);
  return [...new Set(ids)].slice(0, MOST_MENTEES);
}
