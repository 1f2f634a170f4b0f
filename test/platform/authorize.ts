import type { DemoTool } from './demo-types.ts';
import type { LmsSession, LmsState, PendingLaunch } from './lms-state.ts';
import { canvasLoginHint, launchOfHint } from './login-initiation.ts';
import { signToken } from './sign-token.ts';

/** What the authorisation endpoint does: answer the tool through the browser, or refuse on a page of its own. */
export type Authorization =
  | { readonly kind: 'answer'; readonly redirectUri: string; readonly fields: Record<string, string> }
  | { readonly kind: 'refused'; readonly status: number; readonly message: string };

type Parameters = Readonly<Record<string, string>>;
type Fault = { readonly error: string; readonly description?: string };

const required = ['scope', 'response_type', 'client_id', 'redirect_uri', 'login_hint', 'nonce'];
const requiredByCanvas = [...required, 'lti_message_hint', 'prompt', 'response_mode'];

/** Moodle wants the registered URI to the letter; Canvas compares what stands before the query. */
function redirectAllowed(state: LmsState, tool: DemoTool, uri: string): boolean {
  const asked = state.options.profile === 'canvas' ? (uri.split('?')[0] ?? '') : uri;
  return tool.redirectUris.includes(asked);
}

function moodleFault(
  p: Parameters,
  launch: PendingLaunch | undefined,
  session: LmsSession,
): Fault | undefined {
  if (required.some((name) => !p[name])) return { error: 'invalid_request' };
  if (launch === undefined) return { error: 'invalid_request', description: 'No launch id in LTI hint' };
  if (p.scope !== 'openid') return { error: 'invalid_scope' };
  if (p.response_type !== 'id_token') return { error: 'unsupported_response_type' };
  if (p.client_id !== launch.tool.clientId) return { error: 'unauthorized_client' };
  if (p.login_hint !== session.user.id) return { error: 'access_denied' };
  if (!p.response_mode) return { error: 'invalid_request', description: 'Missing response_mode' };
  if (p.response_mode !== 'form_post')
    return { error: 'invalid_request', description: 'Invalid response_mode' };
  if (p.prompt && p.prompt !== 'none') return { error: 'invalid_request', description: 'Invalid prompt' };
  return undefined;
}

function canvasFault(
  state: LmsState,
  p: Parameters,
  launch: PendingLaunch | undefined,
  session: LmsSession | undefined,
): Fault | undefined {
  const error = 'invalid_request_object';
  const missing = requiredByCanvas.filter((name) => !p[name]);
  if (missing.length > 0)
    return { error, description: `The following parameters are missing: ${missing.join(',')}` };
  if (p.scope !== 'openid') return { error, description: "The 'scope' must be 'openid'" };
  if (p.response_type !== 'id_token' || p.response_mode !== 'form_post' || p.prompt !== 'none')
    return { error, description: 'response_type, response_mode or prompt not supported' };
  if (session === undefined || p.login_hint !== canvasLoginHint(state, session.user.id))
    return { error: 'login_required', description: 'Must have an active user session' };
  if (launch === undefined)
    return {
      error: 'launch_no_longer_valid',
      description: 'The launch has either expired or already been consumed',
    };
  if (p.client_id !== launch.tool.clientId)
    return { error: 'unauthorized_client', description: 'Client not authorized in requested context' };
  return undefined;
}

/** The signed id_token of a launch, for this nonce. */
export function idTokenOf(state: LmsState, launch: PendingLaunch, nonce: string): string {
  return signToken(claimsOf(state, launch, nonce), state.keys.current());
}

/** The payload of a launch's id_token, for this nonce. */
export function claimsOf(state: LmsState, launch: PendingLaunch, nonce: string): Record<string, unknown> {
  return state.profile.claims({
    url: state.url,
    issuer: state.issuer,
    name: state.options.name,
    shareNames: state.options.shareNames ?? true,
    now: state.clock(),
    user: launch.session.user,
    course: launch.course,
    link: launch.link,
    tool: launch.tool,
    nonce,
    messageType: launch.messageType,
    about: launch.about,
    sesskey: launch.session.sesskey,
  });
}

/**
 * Answers an authentication request (LTI security framework §5.1.1.2) as this kind of LMS does. A redirect_uri
 * that is not the tool's gets a page, never an answer; any other fault goes back to the tool as `error`.
 */
export async function authorize(
  state: LmsState,
  p: Parameters,
  session: LmsSession | undefined,
): Promise<Authorization> {
  const moodle = state.options.profile === 'moodle';
  const found = await launchOfHint(state, p.lti_message_hint ?? '');
  const launch = found?.launch.session.id === session?.id ? found?.launch : undefined;
  // Moodle knows the registration by the launch alone, Canvas by the client id.
  const tool = moodle ? launch?.tool : state.tools.get(p.client_id ?? '');
  const redirectUri = p.redirect_uri ?? '';
  if (tool === undefined || !redirectAllowed(state, tool, redirectUri)) {
    return moodle
      ? { kind: 'refused', status: 404, message: 'Invalid request' }
      : { kind: 'refused', status: 400, message: 'Invalid redirect_uri' };
  }
  if (found !== undefined) state.launches.delete(found.id);
  const fault =
    moodle && session !== undefined
      ? moodleFault(p, launch, session)
      : canvasFault(state, p, launch, session);
  const returned: Record<string, string> = p.state === undefined ? {} : { state: p.state };
  if (fault !== undefined || launch === undefined) {
    const { error, description } = fault ?? { error: 'invalid_request' };
    return {
      kind: 'answer',
      redirectUri,
      fields: {
        error,
        ...(description === undefined ? {} : { error_description: description }),
        ...returned,
      },
    };
  }
  return {
    kind: 'answer',
    redirectUri,
    fields: { id_token: idTokenOf(state, launch, p.nonce ?? ''), ...returned },
  };
}
