import { createHash } from 'node:crypto';
import { claim, groupIds, type LaunchMessage, resolveCustom, scope } from './launch-message.ts';

const lifeSeconds = 60;

function membershipsUrl({ url, course, tool }: LaunchMessage): string {
  return `${url}/mod/lti/services.php/CourseSection/${course.id}/bindings/${tool.deploymentId}/memberships`;
}

function outcome(message: LaunchMessage): Record<string, unknown> {
  const data = {
    instanceid: message.link?.id ?? '',
    userid: message.user.id,
    typeid: message.tool.deploymentId,
    launchid: message.now.getTime() % 2_000_000_000,
  };
  const hash = createHash('sha256').update(JSON.stringify(data)).digest('hex');
  return {
    [claim.outcome]: {
      lis_result_sourcedid: JSON.stringify({ data, hash }),
      lis_outcome_service_url: `${message.url}/mod/lti/service.php`,
    },
  };
}

function endpoint({ url, course, link, tool }: LaunchMessage): Record<string, unknown> {
  const items = `${url}/mod/lti/services.php/${course.id}/lineitems`;
  const type = `type_id=${tool.deploymentId}`;
  const graded = link !== undefined && link.graded !== false;
  return {
    scope: scope.scores,
    lineitems: `${items}?${type}`,
    ...(graded ? { lineitem: `${items}/${course.links.indexOf(link) + 4}/lineitem?${type}` } : {}),
  };
}

function presentation({ url, course, link, user, sesskey }: LaunchMessage): Record<string, string> {
  const locale = user.locale ?? 'fr';
  if (link === undefined) return { locale };
  return {
    locale,
    document_target: 'iframe',
    return_url: `${url}/mod/lti/return.php?course=${course.id}&launch_container=2&instanceid=${link.id}&sesskey=${sesskey}`,
  };
}

function deepLinking({ url, course, tool, sesskey }: LaunchMessage): Record<string, unknown> {
  return {
    accept_types: ['ltiResourceLink'],
    accept_presentation_document_targets: ['frame', 'iframe', 'window'],
    accept_copy_advice: false,
    accept_multiple: true,
    accept_unsigned: false,
    auto_create: false,
    can_confirm: false,
    deep_link_return_url: `${url}/mod/lti/contentitem_return.php?course=${course.id}&id=${tool.deploymentId}&sesskey=${sesskey}`,
    title: 'Assidu',
    text: '',
  };
}

/** The payload of an id_token as Moodle 4.1 writes it, member by member in its order (recordings of 4.1.10). */
export function moodleClaims(message: LaunchMessage): Record<string, unknown> {
  const { user, course, link, tool, shareNames } = message;
  const iat = Math.floor(message.now.getTime() / 1000);
  const own = resolveCustom(link?.custom ?? {}, message, () => '');
  return {
    nonce: message.nonce,
    iat,
    exp: iat + lifeSeconds,
    iss: message.issuer,
    aud: tool.clientId,
    [claim.deployment]: tool.deploymentId,
    [claim.target]: link?.targetLinkUri ?? tool.launchUrl,
    sub: user.id,
    [claim.lis]: { person_sourcedid: user.sourcedId ?? '', course_section_sourcedid: course.label },
    [claim.roles]: user.roles,
    [claim.context]: {
      id: course.id,
      label: course.label,
      title: course.title,
      type: ['CourseSection'],
    },
    ...(message.messageType === 'LtiSubmissionReviewRequest'
      ? { [claim.forUser]: { user_id: (message.about ?? user).id } }
      : {}),
    [claim.messageType]: message.messageType,
    ...(link === undefined
      ? {}
      : {
          [claim.resourceLink]: { title: link.title, description: '', id: link.id },
          ...(link.graded === false ? {} : outcome(message)),
        }),
    ...(shareNames
      ? { given_name: user.givenName, family_name: user.familyName, name: user.name, email: user.email }
      : {}),
    [claim.ext]: { ...(shareNames ? { user_username: user.username } : {}), lms: 'moodle-2' },
    [claim.presentation]: presentation(message),
    [claim.platform]: {
      product_family_code: 'moodle',
      version: '2022112810',
      guid: createHash('md5').update(message.url).digest('hex'),
      name: message.name,
      description: message.name,
    },
    [claim.version]: '1.3.0',
    [claim.custom]: {
      ...own,
      context_id_history: '',
      user_username: user.username,
      groups: groupIds(course, user),
      ...(link === undefined ? {} : { context_memberships_url: membershipsUrl(message) }),
    },
    [claim.ags]: endpoint(message),
    ...(link === undefined
      ? { [claim.deepLinking]: deepLinking(message) }
      : {
          [claim.nrps]: {
            context_memberships_url: membershipsUrl(message),
            service_versions: ['1.0', '2.0'],
          },
        }),
  };
}
