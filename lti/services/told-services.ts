import type { Registration } from '../../src/storage/ports/registration-store.ts';
import { claimName, type LtiClaims } from '../claims.ts';
import { resolved } from '../custom-parameters.ts';

/** What a launch tells of the services of its course. */
export interface ToldServices {
  readonly membershipsUrl: string | null;
  readonly lineItemsUrl: string | null;
  /** The line item of the launched link itself. */
  readonly lineItemUrl: string | null;
  /** AGS scopes that the platform would give. */
  readonly scopes: readonly string[];
  /** URLs told that are not the platform's: not to be called. */
  readonly foreign: readonly string[];
}

/**
 * The services a launch tells of (NRPS 2.0 §3.6.1, AGS 2.0 §3.1). A URL counts only on an origin of the registration:
 * its issuer, its endpoints, or one that was declared for it (Canvas serves each institution from its own host).
 */
export function toldServices(claims: LtiClaims, registration: Registration): ToldServices {
  const origins = originsOf(registration);
  const foreign: string[] = [];
  const own = (value: string | null | undefined): string | null => {
    const url = resolved(value);
    if (url === null) return null;
    const parsed = URL.canParse(url) ? new URL(url) : null;
    if (parsed !== null && origins.has(parsed.origin) && parsed.username === '' && parsed.password === '')
      return url;
    foreign.push(url.split('?')[0] ?? '');
    return null;
  };
  const grades = claims[claimName.grades];
  return {
    membershipsUrl: own(claims[claimName.memberships]?.context_memberships_url),
    lineItemsUrl: own(grades?.lineitems),
    lineItemUrl: own(grades?.lineitem),
    scopes: grades?.scope ?? [],
    foreign,
  };
}

/** Origins at which a platform's services may be called. Plain http only where the registration itself has it. */
export function originsOf(registration: Registration): ReadonlySet<string> {
  const { issuer, authUrl, tokenUrl, jwksUrl, frameOrigins } = registration;
  return new Set(
    [issuer, authUrl, tokenUrl, jwksUrl, ...frameOrigins].flatMap((url) =>
      URL.canParse(url) && /^https?:$/.test(new URL(url).protocol) ? [new URL(url).origin] : [],
    ),
  );
}
