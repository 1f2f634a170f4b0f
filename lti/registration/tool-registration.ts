import type { PageLocale } from '../pages.ts';
import type { PlatformConfiguration, SupportedMessage } from './platform-configuration.ts';
import { customParameters, toolAddresses, toolWords, wantedClaims, wantedScopes } from './tool-values.ts';

export const toolConfigurationClaim = 'https://purl.imsglobal.org/spec/lti-tool-configuration';

const canvas = 'https://canvas.instructure.com/lti';

/** The messages this tool answers, and where it would like to appear; places have Canvas's and 1EdTech's names. */
const wantedMessages: Readonly<Record<string, readonly string[]>> = {
  LtiResourceLinkRequest: ['course_navigation'],
  LtiDeepLinkingRequest: ['link_selection', 'assignment_selection', 'ContentArea'],
  LtiSubmissionReviewRequest: [],
};

/** What would be asked of a platform: what we want and it can give. */
export interface ToolRequest {
  readonly scopes: readonly string[];
  readonly claims: readonly string[];
  readonly messages: readonly SupportedMessage[];
  readonly custom: Readonly<Record<string, string>>;
}

/** A platform that lists nothing is taken to support what we want. */
function supported(wanted: readonly string[], known: readonly string[]): readonly string[] {
  return known.length === 0 ? wanted : wanted.filter((each) => known.includes(each));
}

/** The names by which the platform itself calls these places: Canvas writes them short or below its own URL. */
function placementsOf(wanted: readonly string[], known: readonly string[]): readonly string[] {
  return wanted.flatMap((name) => known.find((each) => each === name || each === `${canvas}/${name}`) ?? []);
}

/** What we want, cut down to what the platform says it supports; pure. */
export function requestTo(platform: PlatformConfiguration): ToolRequest {
  return {
    scopes: supported(wantedScopes, platform.scopes),
    // The two without which there is no launch are not everybody's to list (Canvas leaves `iss` out).
    claims: wantedClaims.filter(
      (name) => ['sub', 'iss'].includes(name) || supported([name], platform.claims).length > 0,
    ),
    messages: platform.messages.flatMap(({ type, placements }) => {
      const wanted = wantedMessages[type];
      return wanted === undefined ? [] : [{ type, placements: placementsOf(wanted, placements) }];
    }),
    custom: customParameters(platform.variables),
  };
}

/** Canvas shows a tool only where a message says so, under its label, and not in every course's menu unasked. */
function messageFor(
  { type, placements }: SupportedMessage,
  platform: PlatformConfiguration,
  given: { readonly launch: string; readonly logo: string; readonly label: string },
): Readonly<Record<string, unknown>> {
  const places = placements.length === 0 ? {} : { placements };
  if (platform.family !== 'canvas') return { type, ...places };
  const inNavigation = placements.some((name) => name.endsWith('course_navigation'));
  return {
    type,
    target_link_uri: given.launch,
    label: given.label,
    icon_uri: given.logo,
    ...places,
    ...(inNavigation ? { [`${canvas}/course_navigation/default_enabled`]: false } : {}),
  };
}

/** The registration that is sent to a platform (LTI Dynamic Registration 1.0 §2.2, §3.3); pure. */
export function toolRegistration(given: {
  readonly publicUrl: string;
  readonly locale: PageLocale;
  readonly platform: PlatformConfiguration;
}): Readonly<Record<string, unknown>> {
  const { publicUrl, locale, platform } = given;
  const { launch, login, jwks, logo, domain } = toolAddresses(publicUrl);
  const { name, label, description } = toolWords[locale];
  const { scopes, claims, messages, custom } = requestTo(platform);
  return {
    application_type: 'web',
    response_types: ['id_token'],
    grant_types: ['implicit', 'client_credentials'],
    initiate_login_uri: login,
    redirect_uris: [launch],
    client_name: name,
    jwks_uri: jwks,
    logo_uri: logo,
    token_endpoint_auth_method: 'private_key_jwt',
    scope: scopes.join(' '),
    [toolConfigurationClaim]: {
      domain,
      description,
      target_link_uri: launch,
      custom_parameters: custom,
      claims,
      messages: messages.map((message) => messageFor(message, platform, { launch, logo, label })),
      ...(platform.family === 'canvas'
        ? {
            [`${canvas}/privacy_level`]: 'public',
            [`${canvas}/tool_id`]: 'assidu',
            [`${canvas}/vendor`]: name,
          }
        : {}),
    },
  };
}
