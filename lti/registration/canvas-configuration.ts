import type { PageLocale } from '../pages.ts';
import { manualParameters, toolAddresses, toolWords, wantedScopes } from './tool-values.ts';

const placements = [
  // Off until a teacher puts it into the course's menu: an account-wide installation must not appear everywhere.
  { placement: 'course_navigation', message: 'LtiResourceLinkRequest', more: { default: 'disabled' } },
  { placement: 'link_selection', message: 'LtiDeepLinkingRequest', more: {} },
  { placement: 'assignment_selection', message: 'LtiDeepLinkingRequest', more: {} },
] as const;

/** The JSON by which a Canvas developer key is configured by URL (Canvas, "Configuring LTI Advantage tools"); pure. */
export function canvasConfiguration(
  publicUrl: string,
  locale: PageLocale,
): Readonly<Record<string, unknown>> {
  const { launch, login, jwks, logo, domain } = toolAddresses(publicUrl);
  const { name, label, description } = toolWords[locale];
  return {
    title: name,
    description,
    oidc_initiation_url: login,
    target_link_uri: launch,
    public_jwk_url: jwks,
    scopes: wantedScopes,
    custom_fields: manualParameters.canvas,
    extensions: [
      {
        platform: 'canvas.instructure.com',
        domain,
        tool_id: 'assidu',
        privacy_level: 'public',
        settings: {
          text: label,
          icon_url: logo,
          platform: 'canvas.instructure.com',
          placements: placements.map(({ placement, message, more }) => ({
            placement,
            message_type: message,
            text: label,
            target_link_uri: launch,
            icon_url: logo,
            enabled: true,
            ...more,
          })),
        },
      },
    ],
  };
}
