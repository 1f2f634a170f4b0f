import { randomUUID } from 'node:crypto';
import { jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';
import type { DemoTool } from './demo-types.ts';
import { scope } from './launch-message.ts';
import { type LmsState, randomText } from './lms-state.ts';

const platformClaim = 'https://purl.imsglobal.org/spec/lti-platform-configuration';
export const toolClaim = 'https://purl.imsglobal.org/spec/lti-tool-configuration';
const canvas = 'https://canvas.instructure.com/lti';
const tokenLifeSeconds = 3600;

/** What the platform knows of a tool that registered itself, before an administrator lets it launch. */
export interface RegisteredTool {
  readonly clientId: string;
  /** Moodle's type id; Canvas deploys when an administrator installs. */
  readonly deploymentId: string | null;
  readonly body: Readonly<Record<string, unknown>>;
}

/** An answer of the registration endpoint: a body, JSON unless it is a text. */
export interface RegistrationAnswer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>> | string;
}

const placements = {
  LtiResourceLinkRequest: [
    'account_navigation',
    'course_navigation',
    'link_selection',
    'assignment_selection',
  ],
  LtiDeepLinkingRequest: ['editor_button', 'link_selection', 'assignment_selection'],
};

/** What this platform says of itself at its configuration address (recorded from Moodle 4.1; Canvas's sources). */
export function openidConfiguration(state: LmsState): Readonly<Record<string, unknown>> {
  const { url, issuer, profile, options } = state;
  const moodle = options.profile === 'moodle';
  return {
    issuer,
    token_endpoint: url + profile.tokenPath,
    token_endpoint_auth_methods_supported: ['private_key_jwt'],
    token_endpoint_auth_signing_alg_values_supported: ['RS256'],
    jwks_uri: url + profile.jwksPath,
    authorization_endpoint: url + profile.authPath,
    registration_endpoint: url + profile.registrationPath,
    scopes_supported: [...scope.scores, scope.memberships, ...(moodle ? ['openid'] : [])],
    response_types_supported: ['id_token'],
    subject_types_supported: moodle ? ['public', 'pairwise'] : ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
    claims_supported: [
      ...(moodle ? ['sub', 'iss'] : ['sub', 'picture', 'locale']),
      ...['name', 'given_name', 'family_name', 'email'],
    ],
    [platformClaim]: {
      product_family_code: options.profile,
      version: moodle ? '4.1.10 (Build: 20240422)' : 'OpenSource',
      messages_supported: moodle
        ? [{ type: 'LtiResourceLinkRequest' }, { type: 'LtiDeepLinkingRequest', placements: ['ContentArea'] }]
        : Object.entries(placements).map(([type, places]) => ({ type, placements: places })),
      variables: moodle
        ? ['Context.id', 'User.id', 'User.username', 'Person.name.full', 'Moodle.Person.userGroupIds']
        : ['ResourceLink.id', 'User.username', 'Canvas.course.id', 'com.instructure.User.sectionNames'],
      ...(moodle ? {} : { [`${canvas}/account_name`]: options.name }),
    },
  };
}

/** A registration token, good once; `update` names the tool that is registered anew. */
function registrationToken(state: LmsState, update?: RegisteredTool): Promise<string> {
  const now = Math.floor(state.clock().getTime() / 1000);
  const claims =
    state.options.profile === 'canvas'
      ? { user_id: 1, root_account_global_id: 1, uuid: randomUUID() }
      : { scope: update === undefined ? 'reg' : 'reg-update', sub: update?.deploymentId ?? randomText(8) };
  return new SignJWT(claims)
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setIssuedAt(now)
    .setExpirationTime(now + tokenLifeSeconds)
    .sign(state.secret);
}

/** The address that begins the registration of a tool, or registers a known one (its client id) anew. */
export async function registrationUrl(state: LmsState, toolUrl: string, update?: string): Promise<string> {
  const url = new URL(toolUrl);
  url.searchParams.set('openid_configuration', state.url + state.profile.configurationPath);
  const known = update === undefined ? undefined : state.registered.get(update);
  url.searchParams.set('registration_token', await registrationToken(state, known));
  return url.href;
}

const refuse = (status: number, body: string): RegistrationAnswer => ({ status, body });

const required = [
  'response_types',
  'initiate_login_uri',
  'redirect_uris',
  'client_name',
  'jwks_uri',
  'token_endpoint_auth_method',
  toolClaim,
];

/** Moodle's own complaints, in its order. */
function moodleFault(body: Readonly<Record<string, unknown>>): string | null {
  const missing = required.find((name) => body[name] === undefined);
  if (missing !== undefined) return `missing required attribute ${missing}`;
  const { domain, target_link_uri } = z
    .object({ domain: z.string(), target_link_uri: z.url() })
    .parse(body[toolClaim]);
  if (new URL(target_link_uri).host !== domain) return 'domain_targetlinkuri_mismatch';
  if (body.token_endpoint_auth_method !== 'private_key_jwt') return 'invalid_token_endpoint_auth_method';
  return null;
}

const canvasBody = z.object({
  application_type: z.literal('web'),
  grant_types: z
    .array(z.string())
    .refine((types) => types.includes('client_credentials') && types.includes('implicit')),
  response_types: z.tuple([z.literal('id_token')]),
  redirect_uris: z.array(z.url()).min(1),
  initiate_login_uri: z.url(),
  client_name: z.string(),
  jwks_uri: z.url(),
  token_endpoint_auth_method: z.literal('private_key_jwt'),
  scope: z.string(),
  [toolClaim]: z.object({
    domain: z.string(),
    target_link_uri: z.url(),
    claims: z.array(z.string()),
    messages: z
      .array(
        z.discriminatedUnion('type', [
          z.object({
            type: z.literal('LtiResourceLinkRequest'),
            placements: z.array(z.enum(placements.LtiResourceLinkRequest)).optional(),
          }),
          z.object({
            type: z.literal('LtiDeepLinkingRequest'),
            placements: z.array(z.enum(placements.LtiDeepLinkingRequest)).optional(),
          }),
        ]),
      )
      .min(1),
    [`${canvas}/privacy_level`]: z.enum(['public', 'name_only', 'email_only', 'anonymous']).optional(),
  }),
});

/** Takes a tool's registration, or refuses it as the platform it plays does. */
export async function register(
  state: LmsState,
  authorization: string | undefined,
  body: Readonly<Record<string, unknown>>,
): Promise<RegistrationAnswer> {
  const canvasLike = state.options.profile === 'canvas';
  const token = /^Bearer (\S+)$/.exec(authorization ?? '')?.[1];
  if (token === undefined) return refuse(401, 'missing_registration_token');
  const verified = await jwtVerify(token, state.secret, { currentDate: state.clock() }).catch(() => null);
  if (verified === null) return refuse(canvasLike ? 401 : 404, 'Wrong number of segments');
  if (state.usedTokens.has(token)) return refuse(401, 'token_already_used');
  if (canvasLike) {
    const faults = canvasBody.safeParse(body);
    if (!faults.success) return { status: 422, body: { errors: faults.error.issues } };
  } else {
    const fault = moodleFault(body);
    if (fault !== null) return refuse(400, fault);
  }
  state.usedTokens.add(token);
  const updated = [...state.registered.values()].find(
    ({ deploymentId }) => verified.payload.scope === 'reg-update' && deploymentId === verified.payload.sub,
  );
  const made: RegisteredTool = canvasLike
    ? { clientId: `1000000000${state.registered.size + 1}`, deploymentId: null, body }
    : {
        clientId: updated?.clientId ?? verified.payload.sub ?? '',
        deploymentId: updated?.deploymentId ?? String(state.registered.size + 1),
        body,
      };
  state.registered.set(made.clientId, made);
  const configuration = z.record(z.string(), z.unknown()).parse(body[toolClaim]);
  return {
    status: 200,
    body: {
      ...body,
      client_id: made.clientId,
      [toolClaim]: {
        ...configuration,
        ...(canvasLike ? {} : { version: '1.3.0', deployment_id: made.deploymentId }),
      },
    },
  };
}

const addresses = z.object({
  initiate_login_uri: z.string(),
  redirect_uris: z.array(z.string()).min(1),
  jwks_uri: z.string(),
  [toolClaim]: z.object({ target_link_uri: z.string() }),
});

/** The tool as it can be launched once an administrator has activated it (Moodle) or installed it somewhere (Canvas). */
export function activated({ clientId, body }: RegisteredTool, deploymentId: string): DemoTool {
  const { initiate_login_uri, redirect_uris, jwks_uri, ...rest } = addresses.parse(body);
  return {
    clientId,
    deploymentId,
    loginUrl: initiate_login_uri,
    launchUrl: rest[toolClaim].target_link_uri,
    redirectUris: redirect_uris,
    toolJwksUrl: jwks_uri,
  };
}
