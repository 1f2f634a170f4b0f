import { createHmac } from 'node:crypto';
import type { Request, RequestHandler, Response } from 'express';
import { AssiduError } from '../src/base/errors.ts';
import type { Launch, Session } from '../src/storage/ports/launch-store.ts';
import type { Registration } from '../src/storage/ports/registration-store.ts';
import type { LtiDeps } from './deps.ts';
import { parseForm } from './form-body.ts';
import { protectPage } from './page-headers.ts';
import { platformWay } from './pending-launch.ts';
import { type RefusalContext, refuse } from './refuse.ts';
import { rejected } from './rejection.ts';
import { courseRole } from './roles.ts';
import { fromOurPage, fromOurScript } from './same-origin.ts';
import { sameSecret } from './secrets.ts';
import { carrierOf, endSession, renew, sessionOf } from './session.ts';
import { tellRedirects } from './tell-redirects.ts';

/** What a page under /app/:launch knows of who asks for it. */
export interface LaunchContext {
  /** As it counts for this request (`useLaunch`). */
  readonly launch: Launch;
  /** As the platform tells it, whatever was made of it since. */
  readonly told: Launch;
  readonly session: Session;
  readonly registration: Registration;
  /** For the hidden field `_csrf` of every form, or the header `x-csrf-token`. */
  readonly csrfToken: string;
}

/** The middleware of /app/:launch/*, in this order: requireLaunch, framing, protectForms. */
export interface LtiSession {
  /**
   * Answers 401 unless the session that the request carries owns the launch of the path, and 403 when it carries it
   * in a header that no page of ours sent; renews the session.
   */
  readonly requireLaunch: RequestHandler;
  /** The security headers of a page that the launch's own platform may frame. */
  readonly framing: RequestHandler;
  /** State-changing requests: parses a form, checks Origin and token; else 403. */
  readonly protectForms: RequestHandler;
  endSession(request: Request, response: Response): Promise<void>;
}

const key = 'ltiLaunch';
const reading = new Set(['GET', 'HEAD', 'OPTIONS']);

/** What requireLaunch found. Throws `internal` on a route that it does not guard. */
export function launchOf(response: Response): LaunchContext {
  const context: LaunchContext | undefined = response.locals[key];
  if (context === undefined) throw new AssiduError('internal', 'this route is not behind requireLaunch');
  return context;
}

/** Puts the launch, as it counts for this request, in the place of the one that was found. */
export function useLaunch(response: Response, launch: Launch): void {
  response.locals[key] = { ...launchOf(response), launch };
}

/** A launch as its platform's mapping of roles reads it now. */
function asMapped(launch: Launch, registration: Registration): Launch {
  if (launch.roles === undefined) return launch;
  const { role } = courseRole(launch.roles, registration.roles, launch.mentees !== undefined);
  return { ...launch, role };
}

function tokenIn(request: Request): string {
  const header = request.get('x-csrf-token');
  if (header !== undefined) return header;
  const body: unknown = request.body;
  const field = typeof body === 'object' && body !== null && '_csrf' in body ? body._csrf : undefined;
  return typeof field === 'string' ? field : '';
}

/** The middleware that authorises pages by their launch. */
export function createGuard(deps: LtiDeps, formKey: Buffer): LtiSession {
  const csrfToken = (session: Session, launch: Launch): string =>
    createHmac('sha256', formKey).update(`${session.hash} ${launch.id}`).digest('base64url');

  /** What a stranger to a launch may be told: who may frame the page, and to look for the session itself. */
  const wayBack = async (launch: Launch, byHeader: boolean): Promise<RefusalContext> => {
    const registration = await deps.registrations.byId(launch.registrationId);
    if (registration === null) return {};
    // A request with the header has just tried what the page's script could find.
    return { registration, ways: platformWay(registration), ...(byHeader ? {} : { resume: launch.id }) };
  };

  return {
    async requireLaunch(request, response, next) {
      const byHeader = carrierOf(request) === 'header';
      if (byHeader && !fromOurScript(request, deps.publicUrl)) {
        refuse(deps, request, response, rejected('origin-foreign', 'session header'));
        return;
      }
      const id = request.params.launch;
      const session = await sessionOf(deps, request);
      const launch = typeof id === 'string' ? await deps.launches.findLaunch(id) : null;
      if (session === null || launch === null || launch.sessionHash !== session.hash) {
        const why = rejected(session === null ? 'session-missing' : 'launch-foreign');
        refuse(deps, request, response, why, launch === null ? {} : await wayBack(launch, byHeader));
        return;
      }
      const registration = await deps.registrations.byId(launch.registrationId);
      if (registration === null || registration.status !== 'active') {
        refuse(deps, request, response, rejected('platform-inactive'), { locale: launch.locale });
        return;
      }
      const renewed = await renew(deps, session);
      const told = asMapped(launch, registration);
      const context: LaunchContext = {
        launch: told,
        told,
        session: renewed,
        registration,
        csrfToken: csrfToken(session, launch),
      };
      response.locals[key] = context;
      if (byHeader) tellRedirects(response, deps.publicUrl);
      next();
    },
    framing(_request, response, next) {
      protectPage(response, launchOf(response).registration);
      next();
    },
    protectForms(request, response, next) {
      if (reading.has(request.method)) {
        next();
        return;
      }
      const context = launchOf(response);
      const known = { registration: context.registration, locale: context.launch.locale };
      if (!fromOurPage(request, deps.publicUrl)) {
        refuse(deps, request, response, rejected('origin-foreign', request.method), known);
        return;
      }
      parseForm(request, response, (error?: unknown) => {
        if (error !== undefined) next(error);
        else if (sameSecret(tokenIn(request), context.csrfToken)) next();
        else refuse(deps, request, response, rejected('form-token'), known);
      });
    },
    endSession: (request, response) => endSession(deps, request, response),
  };
}
