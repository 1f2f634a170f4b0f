import type { Request, Response } from 'express';
import type { Registration } from '../src/storage/ports/registration-store.ts';
import type { LtiDeps } from './deps.ts';
import { browserLocale } from './locale.ts';
import { platformOrigins, protectPage } from './page-headers.ts';
import type { PageLocale, RefusalKind, WayOut } from './pages.ts';
import { answerTo, type Rejection } from './rejection.ts';

/** What is known of the person and the platform when a request is refused. */
export interface RefusalContext {
  readonly registration?: Registration | null;
  readonly locale?: PageLocale;
  /** Where the person can go on, in a window of its own. */
  readonly ways?: readonly WayOut[];
  /** The launch whose session the page's script may carry: it looks for it and asks again. */
  readonly resume?: string;
}

const newReference = (deps: Pick<LtiDeps, 'random'>): string => deps.random(5).toString('hex').toUpperCase();

/** Answers a refusal: a page a person understands, and one line of log with the reason, under one reference. */
export function refuse(
  deps: LtiDeps,
  request: Request,
  response: Response,
  rejection: Rejection,
  known: RefusalContext = {},
): void {
  const reference = newReference(deps);
  const { status, kind } = answerTo(rejection.reason);
  const registration = known.registration ?? null;
  const fields = {
    reference,
    reason: rejection.reason,
    detail: rejection.detail,
    registration: registration?.id,
    issuer: registration?.issuer,
  };
  if (kind === 'session') deps.log.info(fields, 'page refused');
  else deps.log.warn(fields, 'launch refused');
  // What the script finds is shown inside this document, under its policy.
  const formTargets = registration && known.resume ? platformOrigins(registration) : [];
  protectPage(response, registration, formTargets);
  sendRefusal(deps, request, response.status(status), { kind, reference }, known);
}

function sendRefusal(
  deps: LtiDeps,
  request: Request,
  response: Response,
  { kind, reference }: { readonly kind: RefusalKind; readonly reference: string },
  { locale, ways = [], resume }: RefusalContext,
): void {
  const view = {
    locale: locale ?? browserLocale(request.headers['accept-language']),
    kind,
    reference,
    ways,
    resume: resume ?? null,
  };
  response.type('html').send(deps.pages.rejectedPage(view));
}

/** Answers a failure of ours: the page says only the reference, the log has the error. */
function fail(deps: LtiDeps, request: Request, response: Response, error: unknown): void {
  const reference = newReference(deps);
  const tooBad = statusOf(error);
  if (tooBad === null) deps.log.error({ reference, err: error }, 'launch failed');
  else deps.log.warn({ reference, reason: 'request-malformed', detail: `${tooBad}` }, 'launch refused');
  if (response.headersSent) return;
  protectPage(response, null);
  const kind = tooBad === null ? 'failure' : 'request';
  sendRefusal(deps, request, response.status(tooBad ?? 500), { kind, reference }, {});
}

/** Turns whatever went wrong into a page and a log line. */
export function failureOf(deps: LtiDeps) {
  return (error: unknown, request: Request, response: Response, _next: unknown): void =>
    fail(deps, request, response, error);
}

/** The 4xx of an error that Express's body parsers raise. */
function statusOf(error: unknown): number | null {
  const status = error instanceof Error && 'status' in error ? error.status : null;
  return typeof status === 'number' && status >= 400 && status < 500 ? status : null;
}
