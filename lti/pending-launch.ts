import type { Request } from 'express';
import type { LoginAttempt } from '../src/storage/ports/launch-store.ts';
import type { Registration } from '../src/storage/ports/registration-store.ts';
import { claimName, type LtiClaims } from './claims.ts';
import { type LtiDeps, ownUrl } from './deps.ts';
import type { HeldLaunches } from './held-launch.ts';
import type { JwksCache } from './jwks-cache.ts';
import { launchLocale } from './locale.ts';
import type { PageLocale, WayOut } from './pages.ts';
import { type Rejection, rejected } from './rejection.ts';

/** What the handlers of a launch work with. */
export interface LaunchParts {
  readonly deps: LtiDeps;
  readonly keys: JwksCache;
  readonly held: HeldLaunches;
}

/** A launch whose token is verified, with the login it answers. */
export interface PendingLaunch {
  readonly claims: LtiClaims;
  readonly login: LoginAttempt;
  readonly registration: Registration;
}

type Pending = ({ readonly kind: 'pending' } & Omit<PendingLaunch, 'claims'>) | Rejection;

const gone = { unknown: 'state-unknown', used: 'state-used', expired: 'state-expired' } as const;

/** The refusal for a login that can no longer be taken. */
export function refusedLogin(taken: keyof typeof gone): Rejection {
  return rejected(gone[taken]);
}

/** The unused login of a state and its active registration; consumes nothing that could still be used. */
export async function pendingLogin({ deps }: LaunchParts, state: string): Promise<Pending> {
  const now = deps.clock();
  const login = await deps.launches.peekLogin(state);
  if (login === null || login.expiresAt <= now) {
    // Nothing left to lose: taking it tells whether it was used, is too old, or never was.
    const taken = await deps.launches.takeLogin(state, now);
    return refusedLogin(typeof taken === 'string' ? taken : 'expired');
  }
  const registration = await deps.registrations.byId(login.registrationId);
  if (registration === null) return rejected('platform-unknown');
  if (registration.status !== 'active') return rejected('platform-inactive');
  return { kind: 'pending', login, registration };
}

/** The language to speak to the person of a launch. */
export function localeOf(request: Request, claims: LtiClaims): PageLocale {
  return launchLocale(claims, request.headers['accept-language']);
}

/** Platforms whose hints serve one launch: asked again they show an error page of their own. */
const hintsServeOnce = /^(moodle|canvas)$/i;

/** How a person whose browser kept no proof can start again in a window of its own: afresh, or from the course. */
export function waysToReopen(
  deps: LtiDeps,
  { claims, login, registration }: PendingLaunch,
): readonly WayOut[] {
  const product = claims[claimName.toolPlatform]?.product_family_code ?? '';
  if (login.asked !== undefined && !hintsServeOnce.test(product))
    return [{ kind: 'again', url: ownUrl(deps.publicUrl, `/lti/login?${login.asked}`) }];
  const url = claims[claimName.presentation]?.return_url;
  return url != null && isWebAddress(url) ? [{ kind: 'course', url }] : platformWay(registration);
}

/** The platform's own front page, where nothing of a launch may be told. */
export function platformWay(registration: Registration): readonly WayOut[] {
  const { issuer, authUrl, frameOrigins } = registration;
  // One issuer of many tenants (Canvas) is no place to go back to: the tenant's own host is, where it was declared.
  const own = isWebAddress(issuer) && new URL(issuer).host === new URL(authUrl).host;
  const url = own ? issuer : (frameOrigins[0] ?? issuer);
  return isWebAddress(url) ? [{ kind: 'platform', url }] : [];
}

function isWebAddress(url: string): boolean {
  return URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);
}
