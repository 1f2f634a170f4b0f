import type { Request, RequestHandler, Response } from 'express';
import { z } from 'zod';
import { AssiduError } from '../src/base/errors.ts';
import type { LoginAttempt } from '../src/storage/ports/launch-store.ts';
import type { Registration } from '../src/storage/ports/registration-store.ts';
import { claimName, type LtiClaims } from './claims.ts';
import { clearCookie, loginCookie, readCookie } from './cookies.ts';
import { isOurs, type LtiDeps, ownUrl } from './deps.ts';
import type { HeldLaunches } from './held-launch.ts';
import type { JwksCache } from './jwks-cache.ts';
import { launchFromClaims } from './launch-from-claims.ts';
import { browserLocale, launchLocale } from './locale.ts';
import { protectPage } from './page-headers.ts';
import type { FutureFeature, PageLocale } from './pages.ts';
import { withoutHiddenNames } from './privacy.ts';
import { fail, refuse } from './refuse.ts';
import { type Rejection, rejected } from './rejection.ts';
import { fromOurPage } from './same-origin.ts';
import { hashOf, sameSecret } from './secrets.ts';
import { openSession } from './session.ts';
import { verifyLaunch } from './verify-launch.ts';

const answer = z.object({ id_token: z.string().min(1), state: z.string().min(1).max(255) });
const refusal = z.object({ error: z.string().regex(/^[\w.-]{1,64}$/) });
const proof = z.object({
  state: z.string().min(1).max(255),
  bind: z.string().max(255),
  launch: z.string().min(1),
});

const later: Readonly<Record<string, FutureFeature>> = {
  LtiDeepLinkingRequest: 'deep-linking',
  LtiSubmissionReviewRequest: 'submission-review',
};

/** A launch whose token is verified, with the login it answers. */
interface PendingLaunch {
  readonly claims: LtiClaims;
  readonly login: LoginAttempt;
  readonly registration: Registration;
}

type Pending = ({ readonly kind: 'pending' } & Omit<PendingLaunch, 'claims'>) | Rejection;

interface Parts {
  readonly deps: LtiDeps;
  readonly keys: JwksCache;
  readonly held: HeldLaunches;
}

const gone = { unknown: 'state-unknown', used: 'state-used', expired: 'state-expired' } as const;

async function loginOf({ deps }: Parts, state: string): Promise<Pending> {
  const now = deps.clock();
  const login = await deps.launches.peekLogin(state);
  if (login === null || login.expiresAt <= now) {
    // Nothing left to lose: taking it tells whether it was used, is too old, or never was.
    const taken = await deps.launches.takeLogin(state, now);
    return rejected(typeof taken === 'string' ? gone[taken] : 'state-expired');
  }
  const registration = await deps.registrations.byId(login.registrationId);
  if (registration === null) return rejected('platform-unknown');
  if (registration.status !== 'active') return rejected('platform-inactive');
  return { kind: 'pending', login, registration };
}

function localeOf(request: Request, claims: LtiClaims): PageLocale {
  return launchLocale(claims, request.headers['accept-language']);
}

/** A page of this platform from which the person can start again, in a window of its own. */
function openUrlOf({ claims, registration }: PendingLaunch): string | null {
  const url = claims[claimName.presentation]?.return_url ?? registration.issuer;
  return URL.canParse(url) && /^https?:$/.test(new URL(url).protocol) ? url : null;
}

/** Token and browser are verified: consumes the login, opens the session, and goes to the page. */
async function complete(
  { deps }: Parts,
  request: Request,
  response: Response,
  pending: PendingLaunch,
): Promise<void> {
  const { claims, login, registration } = pending;
  const locale = localeOf(request, claims);
  const taken = await deps.launches.takeLogin(login.state, deps.clock());
  clearCookie(response, loginCookie(login.state));
  if (typeof taken === 'string') {
    refuse(deps, request, response, rejected(gone[taken]), { registration, locale });
    return;
  }
  const feature = later[claims[claimName.messageType]];
  if (feature !== undefined) {
    deps.log.info({ registration: registration.id, messageType: claims[claimName.messageType] }, 'not yet');
    protectPage(response, registration);
    response.status(501).type('html').send(deps.pages.notYetPage({ locale, feature }));
    return;
  }
  const session = await openSession(deps, request, response, { registration, sub: claims.sub });
  const launch = launchFromClaims(claims, registration, {
    id: deps.random(16).toString('base64url'),
    sessionHash: session.hash,
    locale,
    now: deps.clock(),
  });
  await deps.launches.saveLaunch(launch);
  const { location } = await deps.onLaunch(launch, withoutHiddenNames(claims));
  if (!location.startsWith('/app/') || !isOurs(deps.publicUrl, ownUrl(deps.publicUrl, location)))
    throw new AssiduError('internal', 'a launch leads to a page under /app/');
  deps.log.info({ launch: launch.id, registration: registration.id, role: launch.role }, 'launch');
  protectPage(response, registration);
  response.redirect(303, ownUrl(deps.publicUrl, location));
}

/** POST /lti/launch: the platform's answer (1EdTech Security Framework §5.1.1.3), carried by the browser. */
export function launchHandler(parts: Parts): RequestHandler {
  const { deps, keys, held } = parts;
  return async (request, response) => {
    const error = refusal.safeParse(request.body);
    if (error.success) {
      refuse(deps, request, response, rejected('platform-error', error.data.error));
      return;
    }
    const parsed = answer.safeParse(request.body);
    if (!parsed.success) {
      const names = parsed.error.issues.map(({ path }) => path.join('.'));
      refuse(deps, request, response, rejected('request-malformed', `missing or bad: ${names.join(', ')}`));
      return;
    }
    const { id_token: token, state } = parsed.data;
    const found = await loginOf(parts, state);
    if (found.kind === 'rejected') {
      refuse(deps, request, response, found);
      return;
    }
    const { login, registration } = found;
    const verdict = await verifyLaunch(token, registration, login, { keys, now: deps.clock() });
    if (verdict.kind === 'rejected') {
      refuse(deps, request, response, verdict, { registration });
      return;
    }
    const pending = { claims: verdict.claims, login, registration };
    const locale = localeOf(request, verdict.claims);
    const bind = readCookie(request, loginCookie(state));
    if (bind === null) {
      protectPage(response, registration);
      const view = {
        locale,
        action: ownUrl(deps.publicUrl, '/lti/launch/proof'),
        state,
        sealedLaunch: held.hold(state, verdict.claims),
      };
      response.type('html').send(deps.pages.proofPage(view));
      return;
    }
    if (!sameSecret(hashOf(bind), login.bindHash)) {
      const known = { registration, locale, openUrl: openUrlOf(pending) };
      refuse(deps, request, response, rejected('browser-mismatch', 'cookie'), known);
      return;
    }
    await complete(parts, request, response, pending);
  };
}

/** POST /lti/launch/proof: where no cookie held, our own page brings what the login left in sessionStorage. */
export function proofHandler(parts: Parts): RequestHandler {
  const { deps, held } = parts;
  return async (request, response) => {
    if (!fromOurPage(request, deps.publicUrl)) {
      refuse(deps, request, response, rejected('origin-foreign', 'launch proof'));
      return;
    }
    const parsed = proof.safeParse(request.body);
    if (!parsed.success) {
      refuse(deps, request, response, rejected('request-malformed', 'launch proof'));
      return;
    }
    const { state, bind, launch } = parsed.data;
    const found = await loginOf(parts, state);
    if (found.kind === 'rejected') {
      refuse(deps, request, response, found);
      return;
    }
    const { login, registration } = found;
    const claims = held.release(state, launch);
    if (claims === null) {
      refuse(deps, request, response, rejected('held-launch-invalid'), { registration });
      return;
    }
    const pending = { claims, login, registration };
    if (bind === '' || !sameSecret(hashOf(bind), login.bindHash)) {
      const why = bind === '' ? rejected('browser-without-proof') : rejected('browser-mismatch', 'storage');
      const known = { registration, locale: localeOf(request, claims), openUrl: openUrlOf(pending) };
      refuse(deps, request, response, why, known);
      return;
    }
    await complete(parts, request, response, pending);
  };
}

/** Says that a route is not served yet. */
export function notYetHandler(deps: LtiDeps, feature: FutureFeature): RequestHandler {
  return (request, response) => {
    protectPage(response, null);
    const locale = browserLocale(request.headers['accept-language']);
    response.status(501).type('html').send(deps.pages.notYetPage({ locale, feature }));
  };
}

/** Turns whatever went wrong into a page and a log line. */
export function failureOf(deps: LtiDeps) {
  return (error: unknown, request: Request, response: Response, _next: unknown): void =>
    fail(deps, request, response, error);
}
