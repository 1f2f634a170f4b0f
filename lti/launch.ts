import type { RequestHandler } from 'express';
import { z } from 'zod';
import { claimName } from './claims.ts';
import { completeLaunch } from './complete-launch.ts';
import { loginCookie, readCookie } from './cookies.ts';
import { type LaunchParts, localeOf, pendingLogin, waysToReopen } from './pending-launch.ts';
import { askForProof } from './proof.ts';
import { refuse } from './refuse.ts';
import { admitDeployment } from './registration/admit-deployment.ts';
import { rejected } from './rejection.ts';
import { hashOf, sameSecret } from './secrets.ts';
import { verifyLaunch } from './verify-launch.ts';

const answer = z.object({ id_token: z.string().min(1), state: z.string().min(1).max(255) });
const refusal = z.object({ error: z.string().regex(/^[\w.-]{1,64}$/) });

/** POST /lti/launch: the platform's answer (1EdTech Security Framework §5.1.1.3), carried by the browser. */
export function launchHandler(parts: LaunchParts): RequestHandler {
  const { deps, keys } = parts;
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
    const found = await pendingLogin(parts, state);
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
    const turnedAway = await admitDeployment(deps, registration, verdict.claims[claimName.deployment]);
    if (turnedAway !== null) {
      refuse(deps, request, response, turnedAway, { registration });
      return;
    }
    const pending = { claims: verdict.claims, login, registration };
    const bind = readCookie(request, loginCookie(state));
    if (bind === null) {
      askForProof(parts, request, response, pending);
      return;
    }
    if (!sameSecret(hashOf(bind), login.bindHash)) {
      const locale = localeOf(request, verdict.claims);
      const known = { registration, locale, ways: waysToReopen(deps, pending) };
      refuse(deps, request, response, rejected('browser-mismatch', 'cookie'), known);
      return;
    }
    await completeLaunch(deps, request, response, pending, 'cookie');
  };
}
