import type { DemoUser } from './demo-types.ts';
import { claim, type LaunchMessage, resolveCustom, scope } from './launch-message.ts';
import { opaqueId, stableUuid } from './opaque-ids.ts';

const lifeSeconds = 3600;
const lis = 'http://purl.imsglobal.org/vocab/lis/v2';
// Canvas serialises its validation objects along with the claims; a tool has to step over them.
const residue = { validation_context: null, errors: { errors: {} } };

/** The `sub` Canvas gives this person. */
export function canvasUserId(url: string, user: DemoUser): string {
  return stableUuid(url, 'user', user.id);
}

/** Membership, institution and system roles together, as `$com.instructure.User.allRoles` expands. */
export function canvasRoles(user: DemoUser): readonly string[] {
  const membership = user.roles.filter((role) => role.startsWith(`${lis}/membership`));
  const institution = membership.map((role) =>
    role.endsWith('#Learner') ? `${lis}/institution/person#Student` : `${lis}/institution/person#Instructor`,
  );
  return [...new Set([...institution, ...user.roles, `${lis}/system/person#User`])].sort();
}

function names({ user, url, shareNames }: LaunchMessage): Record<string, unknown> {
  if (!shareNames) return {};
  return {
    picture: `${url}/images/messages/avatar-50.png`,
    email: user.email,
    name: user.name,
    given_name: user.givenName,
    family_name: user.familyName,
    [claim.lis]: {
      person_sourcedid: user.sourcedId ?? '$Person.sourcedId',
      course_offering_sourcedid: '$CourseSection.sourcedId',
      ...residue,
    },
  };
}

function services({ url, course, link }: LaunchMessage): Record<string, unknown> {
  const api = `${url}/api/lti/courses/${encodeURIComponent(course.id)}`;
  const graded = link !== undefined && link.graded !== false;
  return {
    [claim.ags]: {
      scope: scope.scores,
      lineitems: `${api}/line_items`,
      ...(graded ? { lineitem: `${api}/line_items/${course.links.indexOf(link) + 1}` } : {}),
      ...residue,
    },
    [claim.nrps]: {
      context_memberships_url: `${api}/names_and_roles`,
      service_versions: ['2.0'],
      ...residue,
    },
  };
}

function deepLinking({ url, course }: LaunchMessage): Record<string, unknown> {
  return {
    [claim.deepLinking]: {
      deep_link_return_url: `${url}/courses/${encodeURIComponent(course.id)}/deep_linking_response?modal=true`,
      accept_types: ['ltiResourceLink', 'link', 'file', 'html', 'image'],
      accept_presentation_document_targets: ['iframe', 'window'],
      accept_media_types: 'image/*,text/html,application/vnd.ims.lti.v1.ltilink,*/*',
      auto_create: false,
      accept_multiple: true,
      ...residue,
    },
  };
}

/** The payload of an id_token as Canvas's sources write it (lib/lti/messages/jwt_message.rb). */
export function canvasClaims(message: LaunchMessage): Record<string, unknown> {
  const { url, user, course, link, tool } = message;
  const iat = Math.floor(message.now.getTime() / 1000);
  const legacyId = opaqueId(url, 'user', user.id);
  const custom = resolveCustom(link?.custom ?? {}, message, (variable) => variable);
  return {
    [claim.messageType]: message.messageType,
    [claim.version]: '1.3.0',
    ...(link === undefined
      ? deepLinking(message)
      : {
          [claim.resourceLink]: {
            id: stableUuid(url, 'link', course.id, link.id),
            description: null,
            title: link.title,
            ...residue,
          },
        }),
    aud: tool.clientId,
    azp: tool.clientId,
    [claim.deployment]: tool.deploymentId,
    exp: iat + lifeSeconds,
    iat,
    iss: message.issuer,
    nonce: message.nonce,
    sub: canvasUserId(url, user),
    [claim.target]: link?.targetLinkUri ?? tool.launchUrl,
    ...names(message),
    [claim.context]: {
      id: opaqueId(url, 'course', course.id),
      label: course.label,
      title: course.title,
      type: ['http://purl.imsglobal.org/vocab/lis/v2/course#CourseOffering'],
      ...residue,
    },
    [claim.platform]: {
      guid: `${opaqueId(url, 'account')}:canvas-lms`,
      name: message.name,
      version: 'cloud',
      product_family_code: 'canvas',
      ...residue,
    },
    [claim.presentation]: {
      document_target: 'iframe',
      return_url: `${url}/courses/${encodeURIComponent(course.id)}/external_content/success/external_tool_redirect`,
      locale: user.locale ?? 'fr',
      height: 400,
      width: 800,
      ...residue,
    },
    locale: user.locale ?? 'fr',
    [claim.roles]: canvasRoles(user),
    ...(message.messageType === 'LtiSubmissionReviewRequest'
      ? { [claim.forUser]: { user_id: canvasUserId(url, message.about ?? user) } }
      : {}),
    ...(user.mentees
      ? { [claim.roleScopeMentor]: user.mentees.map((id) => stableUuid(url, 'user', id)) }
      : {}),
    [claim.custom]: custom,
    ...services(message),
    [claim.lti11User]: legacyId,
    [claim.lti1p1]: { user_id: legacyId, ...residue },
    errors: { errors: {} },
    'https://www.instructure.com/placement': link === undefined ? 'link_selection' : null,
  };
}
