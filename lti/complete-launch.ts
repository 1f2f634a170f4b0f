import type { Request, Response } from 'express';
import { AssiduError } from '../src/base/errors.ts';
import { clearCookie, loginCookie, probeCookie, readCookie } from './cookies.ts';
import { deepLinkingOf } from './deep-linking.ts';
import { isOurs, type LtiDeps, ownUrl } from './deps.ts';
import { launchFromClaims } from './launch-from-claims.ts';
import { platformOrigins, protectPage } from './page-headers.ts';
import { localeOf, type PendingLaunch, refusedLogin } from './pending-launch.ts';
import { withoutHiddenNames } from './privacy.ts';
import { refuse } from './refuse.ts';
import { rejected } from './rejection.ts';
import { type Carrier, openCarriedSession, openCookieSession } from './session.ts';

/**
 * Token and browser are verified: consumes the login, opens the session, and goes to the page; by a redirect when a
 * cookie holds, else by a page of ours whose script carries the session's secret there.
 */
export async function completeLaunch(
  deps: LtiDeps,
  request: Request,
  response: Response,
  pending: PendingLaunch,
  carrier: Carrier,
): Promise<void> {
  const { claims, login, registration } = pending;
  const locale = localeOf(request, claims);
  const taken = await deps.launches.takeLogin(login.state, deps.clock());
  clearCookie(response, loginCookie(login.state));
  if (readCookie(request, probeCookie(login.state)) !== null) clearCookie(response, probeCookie(login.state));
  if (typeof taken === 'string') {
    refuse(deps, request, response, refusedLogin(taken), { registration, locale });
    return;
  }
  const deepLinking = deepLinkingOf(claims, registration);
  if (deepLinking === 'elsewhere') {
    const rejection = rejected('claims-invalid', 'deep_link_return_url is not an address of the platform');
    refuse(deps, request, response, rejection, { registration, locale });
    return;
  }
  const who = { registration, sub: claims.sub };
  const { session, secret } =
    carrier === 'cookie'
      ? await openCookieSession(deps, request, response, who)
      : await openCarriedSession(deps, who);
  const launch = launchFromClaims(claims, registration, {
    id: deps.random(16).toString('base64url'),
    sessionHash: session.hash,
    locale,
    now: deps.clock(),
    deepLinking,
  });
  await deps.launches.saveLaunch(launch);
  const { location } = await deps.onLaunch(launch, withoutHiddenNames(claims));
  const url = ownUrl(deps.publicUrl, location);
  if (!location.startsWith('/app/') || !isOurs(deps.publicUrl, url))
    throw new AssiduError('internal', 'a launch leads to a page under /app/');
  deps.log.info({ launch: launch.id, registration: registration.id, role: launch.role, carrier }, 'launch');
  if (secret === null) {
    protectPage(response, registration);
    response.redirect(303, url);
    return;
  }
  // The launch's pages will be shown inside this document, under its policy: it allows all that theirs may need.
  protectPage(response, registration, platformOrigins(registration));
  const view = { locale, launch: launch.id, secret, location: url };
  response.type('html').send(deps.pages.carryPage(view));
}
