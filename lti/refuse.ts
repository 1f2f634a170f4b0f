import type { Request, Response } from 'express';
import type { Registration } from '../src/storage/ports/registration-store.ts';
import type { LtiDeps } from './deps.ts';
import { browserLocale } from './locale.ts';
import { protectPage } from './page-headers.ts';
import type { PageLocale } from './pages.ts';
import { answerTo, type Rejection } from './rejection.ts';

/** What is known of the person and the platform when a request is refused. */
export interface RefusalContext {
  readonly registration?: Registration | null;
  readonly locale?: PageLocale;
  /** A page of the platform from which the course can be opened anew. */
  readonly openUrl?: string | null;
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
  protectPage(response, registration);
  const locale = known.locale ?? browserLocale(request.headers['accept-language']);
  response
    .status(status)
    .type('html')
    .send(deps.pages.rejectedPage({ locale, kind, reference, openUrl: known.openUrl ?? null }));
}

/** Answers a failure of ours: the page says only the reference, the log has the error. */
export function fail(deps: LtiDeps, request: Request, response: Response, error: unknown): void {
  const reference = newReference(deps);
  const tooBad = statusOf(error);
  if (tooBad === null) deps.log.error({ reference, err: error }, 'launch failed');
  else deps.log.warn({ reference, reason: 'request-malformed', detail: `${tooBad}` }, 'launch refused');
  if (response.headersSent) return;
  protectPage(response, null);
  const locale = browserLocale(request.headers['accept-language']);
  response
    .status(tooBad ?? 500)
    .type('html')
    .send(
      deps.pages.rejectedPage({
        locale,
        kind: tooBad === null ? 'failure' : 'request',
        reference,
        openUrl: null,
      }),
    );
}

/** The 4xx of an error that Express's body parsers raise. */
function statusOf(error: unknown): number | null {
  const status = error instanceof Error && 'status' in error ? error.status : null;
  return typeof status === 'number' && status >= 400 && status < 500 ? status : null;
}
