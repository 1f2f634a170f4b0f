import type { Request, RequestHandler, Response } from 'express';
import { z } from 'zod';
import { completeLaunch } from './complete-launch.ts';
import { loginCookie, probeCookie, readCookie, setCookie } from './cookies.ts';
import { ownUrl } from './deps.ts';
import { platformOrigins, protectPage } from './page-headers.ts';
import {
  type LaunchParts,
  localeOf,
  type PendingLaunch,
  pendingLogin,
  waysToReopen,
} from './pending-launch.ts';
import { refuse } from './refuse.ts';
import { rejected } from './rejection.ts';
import { fromOurPage } from './same-origin.ts';
import { hashOf, sameSecret } from './secrets.ts';

const proof = z.object({
  state: z.string().min(1).max(255),
  bind: z.string().max(255),
  launch: z.string().min(1),
});

/** The probe has to come back with the very next request. */
const probeLifeSeconds = 120;

/** Answers a launch that brought no cookie: a page that looks for the proof where the login page left it. */
export function askForProof(
  { deps, held }: LaunchParts,
  request: Request,
  response: Response,
  pending: PendingLaunch,
): void {
  const { claims, login, registration } = pending;
  // Whether it comes back tells whether a cookie holds, and so who carries the session.
  setCookie(response, probeCookie(login.state), '1', probeLifeSeconds);
  protectPage(response, registration);
  const view = {
    locale: localeOf(request, claims),
    action: ownUrl(deps.publicUrl, '/lti/launch/proof'),
    state: login.state,
    sealedLaunch: held.hold(login.state, claims),
    authOrigin: new URL(registration.authUrl).origin,
    platformOrigins: platformOrigins(registration),
    storageTarget: login.storageTarget ?? null,
    ways: waysToReopen(deps, pending),
  };
  response.type('html').send(deps.pages.proofPage(view));
}

/** POST /lti/launch/proof: where no cookie came, our own page brings what the login left in storage. */
export function proofHandler(parts: LaunchParts): RequestHandler {
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
    const found = await pendingLogin(parts, state);
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
      const known = { registration, locale: localeOf(request, claims), ways: waysToReopen(deps, pending) };
      refuse(deps, request, response, why, known);
      return;
    }
    const cookieHolds = [probeCookie(state), loginCookie(state)].some(
      (name) => readCookie(request, name) !== null,
    );
    await completeLaunch(deps, request, response, pending, cookieHolds ? 'cookie' : 'header');
  };
}
