import { randomBytes } from 'node:crypto';
import type { ErrorRequestHandler, RequestHandler } from 'express';
import { AssiduError, type ErrorCode } from '../base/errors.ts';
import type { Logger } from '../base/logger.ts';

const STATUS: Readonly<Record<ErrorCode, number>> = {
  'invalid-request': 400,
  'invalid-statement': 400,
  'invalid-definition': 422,
  'too-large': 413,
  unauthorized: 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  precondition: 412,
  unsupported: 501,
  'too-many-requests': 429,
  'launch-rejected': 400,
  settings: 500,
  storage: 503,
  internal: 500,
};

/** HTTP status of an error code. The one place where codes become HTTP. */
export function statusOf(code: ErrorCode): number {
  return STATUS[code];
}

/** Anything thrown -> one of ours; what Express's own parsers refuse keeps its meaning. */
function toAssiduError(error: unknown): AssiduError {
  if (error instanceof AssiduError) return error;
  if (error instanceof Error && 'status' in error && typeof error.status === 'number') {
    if (error.status === 413)
      return new AssiduError('too-large', 'the request body is too large', { cause: error });
    if (error.status >= 400 && error.status < 500)
      return new AssiduError('invalid-request', 'the request cannot be read', { cause: error });
  }
  return new AssiduError('internal', 'something failed here', { cause: error });
}

/** Answers errors as problem+json (RFC 9457). The text of a 5xx stays in the log, under the reference that is answered. */
export function answerProblems(log: Logger): ErrorRequestHandler {
  return (thrown, _request, response, next) => {
    if (response.headersSent) {
      next(thrown);
      return;
    }
    const error = toAssiduError(thrown);
    const status = statusOf(error.code);
    const reference = randomBytes(6).toString('hex');
    const hidden = status >= 500 && error.code !== 'unsupported';
    if (hidden) log.error({ err: error, reference }, 'request failed');
    if (status === 401) response.set('WWW-Authenticate', 'Basic realm="Assidu", charset="UTF-8"');
    response
      .status(status)
      .type('application/problem+json')
      .send(
        JSON.stringify({
          type: `urn:assidu:problem:${error.code}`,
          title: hidden ? 'Something failed on our side; the log has the reference.' : error.message,
          status,
          ...(hidden ? { reference } : {}),
          ...(error.problems.length > 0 ? { errors: error.problems } : {}),
        }),
      );
  };
}

/** For addresses that nothing serves. */
export const nothingHere: RequestHandler = (request) => {
  throw new AssiduError('not-found', `nothing is served at ${request.path}`);
};
