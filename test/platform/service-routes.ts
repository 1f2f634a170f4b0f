import { type Request, type Response, Router } from 'express';
import { bearerOf, grantToken } from './access-tokens.ts';
import { authorize } from './authorize.ts';
import { scope } from './launch-message.ts';
import { addLineItems } from './line-items.ts';
import { findCourse, type LmsState } from './lms-state.ts';
import { membershipContainer, membershipPage } from './memberships.ts';
import { frameFor } from './page-routes.ts';
import { messagePage, submittingPage } from './pages.tsx';
import { textMembers } from './request-text.ts';
import { withFaults } from './service-faults.ts';
import { currentSession } from './session-cookie.ts';

const canvasAuthorizePath = '/api/lti/authorize';

async function answerAuthorization(state: LmsState, req: Request, res: Response): Promise<void> {
  const session = currentSession(state, req);
  const frame = frameFor(state, session);
  const parameters = { ...textMembers(req.query), ...textMembers(req.body) };
  if (session === undefined && state.options.profile === 'moodle' && parameters.repost === undefined) {
    // A Lax cookie does not come with a request that another site began in the frame: Moodle posts once more
    // from its own page, and then it does.
    const fields = { ...parameters, repost: 'true' };
    const form = { id: 'repost', method: 'post', action: state.profile.authPath, fields } as const;
    res.send(submittingPage(frame, form));
    return;
  }
  const result = await authorize(state, parameters, session);
  if (result.kind === 'refused') {
    res.status(result.status).send(messagePage(frame, frame.words.refused, result.message));
    return;
  }
  const { redirectUri, fields } = result;
  res.send(submittingPage(frame, { id: 'ltiAuthForm', method: 'post', action: redirectUri, fields }));
}

function refuseService(req: Request, res: Response, status: number, reason: string): void {
  res.status(status).json({ status, reason, request: { method: req.method, url: req.originalUrl } });
}

function answerMemberships(state: LmsState, req: Request, res: Response): void {
  const id = textMembers(req.params).course ?? '';
  const course = findCourse(state, id);
  const accept = req.headers.accept ?? '*/*';
  if (bearerOf(state, req.headers.authorization, scope.memberships) === undefined) {
    refuseService(req, res, 401, 'Unauthorized');
  } else if (!accept.includes(membershipContainer) && !accept.includes('*/*')) {
    refuseService(req, res, 400, `No handler found for ${req.path} ${accept}`);
  } else if (course === undefined) {
    refuseService(req, res, 404, `Not Found: Course ${id} doesn't exist`);
  } else {
    const page = membershipPage(state, course, state.url + req.path, textMembers(req.query));
    if (page.next !== undefined) res.set('Link', `<${page.next}>; rel="next"`);
    res.type(membershipContainer).send(JSON.stringify(page.body));
  }
}

/** What the tool and its keys talk to: authorisation, JWKS, access tokens, names and roles. */
export function serviceRoutes(state: LmsState): Router {
  const router = Router();
  const { authPath, jwksPath, tokenPath, membershipsPath } = state.profile;
  if (state.options.profile === 'canvas') {
    // Canvas sends the browser on from the shared host to the institution's own.
    router.all(authPath, (req, res) => {
      const parameters = { ...textMembers(req.query), ...textMembers(req.body) };
      res.redirect(`${canvasAuthorizePath}?${new URLSearchParams(parameters)}`);
    });
    router.get(canvasAuthorizePath, (req, res) => answerAuthorization(state, req, res));
  } else {
    router.all(authPath, (req, res) => answerAuthorization(state, req, res));
  }
  router.get(jwksPath, (_req, res) => {
    res.json(state.keys.jwks());
  });
  router.post(tokenPath, withFaults(state, 'token'), async (req, res) => {
    const answer = await grantToken(state, textMembers(req.body));
    // Moodle 4.1 calls its JSON text/html (recorded).
    if (state.options.profile === 'moodle') res.type('text/html');
    else res.type('application/json');
    res.status(answer.status).send(JSON.stringify(answer.body));
  });
  router.get(membershipsPath, withFaults(state, 'memberships'), (req, res) =>
    answerMemberships(state, req, res),
  );
  addLineItems(router, state);
  return router;
}
