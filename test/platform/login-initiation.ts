import { jwtVerify, SignJWT } from 'jose';
import { type LmsState, type PendingLaunch, randomText } from './lms-state.ts';
import { opaqueId } from './opaque-ids.ts';

const hintLifeSeconds = 300;

/** The parameters of the third-party-initiated login, as this kind of LMS names them; remembers the launch. */
export async function loginParameters(
  state: LmsState,
  launch: PendingLaunch,
): Promise<Record<string, string>> {
  const { tool, course, link, session } = launch;
  const target = link?.targetLinkUri ?? tool.launchUrl;
  if (state.options.profile === 'moodle') {
    const launchId = `ltilaunch${link?.id ?? '_ContentItemSelectionRequest'}_${Number.parseInt(randomText(4), 16)}`;
    state.launches.set(launchId, launch);
    const cmid = link === undefined ? {} : { cmid: course.links.indexOf(link) + 8 };
    return {
      iss: state.issuer,
      target_link_uri: target,
      login_hint: session.user.id,
      lti_message_hint: JSON.stringify({ ...cmid, launchid: launchId }),
      client_id: tool.clientId,
      lti_deployment_id: tool.deploymentId,
    };
  }
  const { storage = 'post_message_forwarding' } = state.options;
  const verifier = randomText(32);
  state.launches.set(verifier, launch);
  const now = Math.floor(state.clock().getTime() / 1000);
  const hint = await new SignJWT({ verifier, canvas_domain: new URL(state.url).host, context_type: 'Course' })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setExpirationTime(now + hintLifeSeconds)
    .sign(state.secret);
  return {
    iss: state.issuer,
    login_hint: canvasLoginHint(state, session.user.id),
    client_id: tool.clientId,
    // Canvas's own name for it, not the lti_deployment_id of the specification.
    deployment_id: tool.deploymentId,
    target_link_uri: target,
    lti_message_hint: hint,
    canvas_environment: 'prod',
    canvas_region: 'not_configured',
    ...(storage === 'unannounced' ? {} : { lti_storage_target: storage }),
  };
}

/** The opaque identifier by which Canvas names a person in the login. */
export function canvasLoginHint(state: LmsState, userId: string): string {
  return opaqueId(state.url, 'user', userId);
}

/** The launch a message hint stands for, without consuming it; undefined for a hint that is not ours. */
export async function launchOfHint(
  state: LmsState,
  hint: string,
): Promise<{ readonly id: string; readonly launch: PendingLaunch } | undefined> {
  const id = state.options.profile === 'moodle' ? moodleLaunchId(hint) : await canvasVerifier(state, hint);
  const launch = id === undefined ? undefined : state.launches.get(id);
  return id === undefined || launch === undefined ? undefined : { id, launch };
}

function moodleLaunchId(hint: string): string | undefined {
  try {
    const parsed: unknown = JSON.parse(hint);
    const id =
      typeof parsed === 'object' && parsed !== null && 'launchid' in parsed ? parsed.launchid : undefined;
    return typeof id === 'string' ? id : undefined;
  } catch {
    return undefined;
  }
}

async function canvasVerifier(state: LmsState, hint: string): Promise<string | undefined> {
  try {
    const { payload } = await jwtVerify(hint, state.secret, { currentDate: state.clock() });
    return typeof payload.verifier === 'string' ? payload.verifier : undefined;
  } catch {
    return undefined;
  }
}
