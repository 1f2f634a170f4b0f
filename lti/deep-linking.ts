import { SignJWT } from 'jose';
import type { DeepLinkingRequest, Launch } from '../src/storage/ports/launch-store.ts';
import type { Registration } from '../src/storage/ports/registration-store.ts';
import { claimName, type LtiClaims } from './claims.ts';
import { ownUrl } from './deps.ts';
import { platformOrigins } from './page-headers.ts';
import type { ToolKeys } from './tool-keys.ts';

/** How long the platform has to take the answer, in seconds. */
const LIFE = 300;

/** A column of the platform's gradebook that comes with a link. */
export interface PlacedLineItem {
  readonly label: string;
  readonly scoreMaximum: number;
  readonly resourceId: string;
  readonly tag: string;
}

/** A link to put into a course: a launch of ours with these custom parameters. */
export interface PlacedLink {
  readonly title: string;
  readonly text: string | null;
  readonly custom: Readonly<Record<string, string>>;
  readonly lineItem: PlacedLineItem | null;
}

/** The form that carries the answer back through the browser. */
export interface DeepLinkingAnswer {
  readonly action: string;
  readonly jwt: string;
}

export interface DeepLinking {
  /**
   * The signed answer to a launch that asked for links (LTI Deep Linking 2.0 §4.5): none says that the person changed
   * their mind. Throws TypeError for a launch that asked for none.
   */
  answer(
    context: { readonly launch: Launch; readonly registration: Registration },
    links: readonly PlacedLink[],
  ): Promise<DeepLinkingAnswer>;
}

/**
 * What a deep linking request asks for; null for other messages. `elsewhere` when the answer would go to an origin that
 * is not the platform's: whatever is signed there would be a stranger's.
 */
export function deepLinkingOf(
  claims: LtiClaims,
  registration: Registration,
): DeepLinkingRequest | 'elsewhere' | null {
  const settings = claims[claimName.deepLinking];
  if (claims[claimName.messageType] !== 'LtiDeepLinkingRequest' || !settings) return null;
  const { deep_link_return_url: returnUrl } = settings;
  if (!platformOrigins(registration).includes(new URL(returnUrl).origin)) return 'elsewhere';
  return {
    returnUrl,
    data: settings.data ?? null,
    links: settings.accept_types.includes('ltiResourceLink'),
    several: settings.accept_multiple ?? false,
    lineItems: settings.accept_lineitem ?? true,
  };
}

export function createDeepLinking(deps: {
  readonly toolKeys: ToolKeys;
  readonly publicUrl: string;
  /** ms since the epoch. */
  readonly clock: () => number;
  readonly random: (bytes: number) => Buffer;
}): DeepLinking {
  return {
    answer: async ({ launch, registration }, links) => {
      const asked = launch.deepLinking;
      if (!asked) throw new TypeError('this launch asked for no links');
      const key = await deps.toolKeys.signing();
      const now = Math.floor(deps.clock() / 1000);
      const jwt = await new SignJWT({
        nonce: deps.random(24).toString('base64url'),
        [claimName.deployment]: launch.deployment,
        [claimName.messageType]: 'LtiDeepLinkingResponse',
        [claimName.version]: '1.3.0',
        'https://purl.imsglobal.org/spec/lti-dl/claim/content_items': links.map((link) =>
          contentItem(link, ownUrl(deps.publicUrl, '/lti/launch')),
        ),
        ...(asked.data === null ? {} : { 'https://purl.imsglobal.org/spec/lti-dl/claim/data': asked.data }),
      })
        .setProtectedHeader({ alg: 'RS256', kid: key.kid, typ: 'JWT' })
        .setIssuer(registration.clientId)
        .setAudience(registration.issuer)
        .setIssuedAt(now)
        .setExpirationTime(now + LIFE)
        .sign(key.privateKey());
      return { action: asked.returnUrl, jwt };
    },
  };
}

/** A content item (Deep Linking 2.0 §3.1). The URL has no query: Moodle compares it with the registered ones. */
function contentItem({ title, text, custom, lineItem }: PlacedLink, url: string) {
  return {
    type: 'ltiResourceLink',
    url,
    title,
    ...(text === null ? {} : { text }),
    custom,
    ...(lineItem === null ? {} : { lineItem }),
  };
}
