import type { DemoCourse, DemoLink, DemoTool, DemoUser } from './demo-types.ts';

/** Everything a platform knows when it writes an id_token. */
export interface LaunchMessage {
  readonly url: string;
  readonly issuer: string;
  readonly name: string;
  readonly shareNames: boolean;
  readonly now: Date;
  readonly user: DemoUser;
  readonly course: DemoCourse;
  readonly link: DemoLink | undefined;
  readonly tool: DemoTool;
  readonly nonce: string;
  readonly messageType: string;
  /** Whose work a submission review is about; absent: the person's own. */
  readonly about?: DemoUser | undefined;
  /** The key of the person's LMS session, which Moodle puts into return_url. */
  readonly sesskey: string;
}

const lti = 'https://purl.imsglobal.org/spec/lti/claim';

/** The names of the claims, as LTI 1.3, AGS, NRPS, Deep Linking and Basic Outcomes give them. */
export const claim = {
  deployment: `${lti}/deployment_id`,
  target: `${lti}/target_link_uri`,
  lis: `${lti}/lis`,
  roles: `${lti}/roles`,
  roleScopeMentor: `${lti}/role_scope_mentor`,
  context: `${lti}/context`,
  messageType: `${lti}/message_type`,
  resourceLink: `${lti}/resource_link`,
  ext: `${lti}/ext`,
  presentation: `${lti}/launch_presentation`,
  platform: `${lti}/tool_platform`,
  version: `${lti}/version`,
  custom: `${lti}/custom`,
  forUser: `${lti}/for_user`,
  lti11User: `${lti}/lti11_legacy_user_id`,
  lti1p1: `${lti}/lti1p1`,
  outcome: 'https://purl.imsglobal.org/spec/lti-bo/claim/basicoutcome',
  ags: 'https://purl.imsglobal.org/spec/lti-ags/claim/endpoint',
  nrps: 'https://purl.imsglobal.org/spec/lti-nrps/claim/namesroleservice',
  deepLinking: 'https://purl.imsglobal.org/spec/lti-dl/claim/deep_linking_settings',
} as const;

/** The scopes this platform gives. */
export const scope = {
  scores: [
    'https://purl.imsglobal.org/spec/lti-ags/scope/lineitem',
    'https://purl.imsglobal.org/spec/lti-ags/scope/lineitem.readonly',
    'https://purl.imsglobal.org/spec/lti-ags/scope/result.readonly',
    'https://purl.imsglobal.org/spec/lti-ags/scope/score',
  ],
  memberships: 'https://purl.imsglobal.org/spec/lti-nrps/scope/contextmembership.readonly',
} as const;

/** The groups of a course this person is in, as the text of `Moodle.Person.userGroupIds` (`"1,4"`). */
export function groupIds(course: DemoCourse, user: DemoUser): string {
  return Object.entries(course.groups ?? {})
    .flatMap(([group, users]) => (users.includes(user.id) ? [group] : []))
    .join(',');
}

/** Fills `$Variable` values; `unresolved` says what becomes of one that is unknown or empty. */
export function resolveCustom(
  custom: Readonly<Record<string, string>>,
  message: LaunchMessage,
  unresolved: (variable: string) => string,
): Record<string, string> {
  const { user, course, link } = message;
  const known: Readonly<Record<string, string | undefined>> = {
    '$User.id': user.id,
    '$User.username': user.username,
    '$Person.name.full': message.shareNames ? user.name : undefined,
    '$Person.email.primary': message.shareNames ? user.email : undefined,
    '$Person.sourcedId': user.sourcedId,
    '$Context.id': course.id,
    '$Context.label': course.label,
    '$Context.title': course.title,
    '$ResourceLink.id': link?.id,
    '$ResourceLink.title': link?.title,
    '$Moodle.Person.userGroupIds': groupIds(course, user),
  };
  return Object.fromEntries(
    Object.entries(custom).map(([name, value]) => [
      name,
      value.startsWith('$') ? (known[value] ?? unresolved(value)) : value,
    ]),
  );
}
