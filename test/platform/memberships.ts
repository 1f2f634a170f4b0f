import { canvasRoles, canvasUserId } from './canvas-claims.ts';
import type { DemoCourse, DemoUser } from './demo-types.ts';
import { courseMembers, type LmsState } from './lms-state.ts';
import { opaqueId } from './opaque-ids.ts';

/** The media type of NRPS 2.0. */
export const membershipContainer = 'application/vnd.ims.lti-nrps.v2.membershipcontainer+json';

/** One page of a roster and the URL of the next one. */
export interface MembershipPage {
  readonly body: Readonly<Record<string, unknown>>;
  readonly next: string | undefined;
}

function member(state: LmsState, user: DemoUser): Record<string, unknown> {
  const shared = state.options.shareNames ?? true;
  const names = {
    name: user.name,
    given_name: user.givenName,
    family_name: user.familyName,
    email: user.email,
  };
  if (state.options.profile === 'canvas') {
    return {
      status: user.status ?? 'Active',
      ...(shared ? names : {}),
      user_id: canvasUserId(state.url, user),
      lti11_legacy_user_id: opaqueId(state.url, 'user', user.id),
      roles: canvasRoles(user).filter((role) => /\/membership|#TestUser$/.test(role)),
    };
  }
  // Moodle 4.1 answers short names, and only from the membership vocabulary.
  const short = user.roles.flatMap((role) => /\/membership#(\w+)$/.exec(role)?.[1] ?? []);
  return {
    status: 'Active',
    roles: short,
    user_id: user.id,
    lis_person_sourcedid: user.sourcedId ?? '',
    ...(shared ? { ...names, ext_user_username: user.username } : {}),
  };
}

/**
 * A page of a course's roster. Moodle pages by `limit` and `from`, Canvas by `per_page` (50 at most) and `page`;
 * people without a membership role are not enrolled and do not appear.
 */
export function membershipPage(
  state: LmsState,
  course: DemoCourse,
  requestUrl: string,
  query: Readonly<Record<string, string>>,
): MembershipPage {
  const canvas = state.options.profile === 'canvas';
  const enrolled = courseMembers(state, course).filter(
    (user) =>
      user.roles.some((role) => role.includes('/membership')) &&
      (canvas || (user.status ?? 'Active') === 'Active'),
  );
  const wanted = Number(query[canvas ? 'per_page' : 'limit'] ?? 0);
  const limit = canvas ? Math.min(wanted || 50, 50) : wanted || enrolled.length;
  const page = Number(query.page ?? 1);
  const from = canvas ? (page - 1) * limit : Number(query.from ?? 0);
  const follows = canvas ? `page=${page + 1}&per_page=${limit}` : `limit=${limit}&from=${from + limit}`;
  return {
    body: {
      id: requestUrl,
      context: {
        id: canvas ? opaqueId(state.url, 'course', course.id) : course.id,
        label: course.label,
        title: course.title,
      },
      members: enrolled.slice(from, from + limit).map((user) => member(state, user)),
    },
    next: from + limit < enrolled.length ? `${requestUrl}?${follows}` : undefined,
  };
}
