import type { ErrorRequestHandler, RequestHandler } from 'express';
import { type Answer, sendAnswer } from '../base/answer.ts';
import { AssiduError, type ErrorCode } from '../base/errors.ts';
import type { Logger } from '../base/logger.ts';
import { newReference } from '../base/reference.ts';
import { toldProblem } from './told-problem.ts';

/** HTTP status of a code, and what the code means in a few words (RFC 9457 `title`). */
const KINDS: Readonly<Record<ErrorCode, readonly [status: number, title: string]>> = {
  'invalid-request': [400, 'The request is not valid'],
  'invalid-statement': [400, 'A statement is not valid'],
  'invalid-definition': [422, 'The definition is not valid'],
  'too-large': [413, 'The request is too large'],
  unauthorized: [401, 'Credentials are needed'],
  forbidden: [403, 'The key may not do this'],
  'not-found': [404, 'There is no such thing'],
  conflict: [409, 'It conflicts with what is kept'],
  precondition: [412, 'It was changed meanwhile'],
  unsupported: [501, 'It is not served by this version'],
  'too-many-requests': [429, 'Too many requests'],
  'launch-rejected': [400, 'The launch was refused'],
  settings: [500, 'Something failed on our side'],
  storage: [503, 'The store does not answer'],
  internal: [500, 'Something failed on our side'],
};

/** HTTP status of an error code. The one place where codes become HTTP. */
export function statusOf(code: ErrorCode): number {
  return KINDS[code][0];
}

/** Anything thrown -> one of ours; what Express's own parsers refuse keeps its meaning. */
function toAssiduError(error: unknown): AssiduError {
  if (error instanceof AssiduError) return error;
  if (error instanceof Error && 'status' in error && typeof error.status === 'number') {
    if (error.status === 413) return tooLargeBody(error);
    if ('type' in error && error.type === 'entity.parse.failed')
      return new AssiduError('invalid-request', `the body is not JSON: ${error.message}`, { cause: error });
    if (error.status >= 400 && error.status < 500)
      return new AssiduError('invalid-request', 'the request cannot be read', { cause: error });
  }
  return new AssiduError('internal', 'something failed here', { cause: error });
}

/** What Express's parsers say of a body over their limit. */
function tooLargeBody(cause: Error): AssiduError {
  const limit = 'limit' in cause && typeof cause.limit === 'number' ? `the ${cause.limit} bytes` : 'what is';
  const message = `is larger than ${limit} taken in`;
  return new AssiduError('too-large', `body ${message}`, { problems: [{ path: 'body', message }], cause });
}

/**
 * What is answered to anything thrown: problem+json (RFC 9457), or what the Accept header wants more: HTML, plain text
 * (xAPI 1.0.3 Communication 3.2). The text of a 5xx stays in the log, under the reference that is answered.
 */
export function problemsOf(log: Logger): (thrown: unknown, accept: string | undefined) => Answer {
  return (thrown, accept) => {
    const error = toAssiduError(thrown);
    const status = statusOf(error.code);
    const reference = newReference();
    const hidden = status >= 500 && error.code !== 'unsupported';
    if (hidden) log.error({ err: error, reference }, 'request failed');
    const { headers, body } = toldProblem(accept, {
      type: `urn:assidu:problem:${error.code}`,
      title: KINDS[error.code][1],
      status,
      ...(hidden ? { detail: 'The log has the reference.', reference } : { detail: error.message }),
      ...(error.problems.length > 0 ? { errors: error.problems } : {}),
    });
    return {
      status,
      headers: [
        ...(error.retryAfter === null ? [] : ['Retry-After', String(error.retryAfter)]),
        ...(status === 401 ? ['WWW-Authenticate', 'Basic realm="Assidu", charset="UTF-8"'] : []),
        ...headers,
      ],
      body,
    };
  };
}

/** Answers errors. */
export function answerProblems(log: Logger): ErrorRequestHandler {
  const problemOf = problemsOf(log);
  return (thrown, request, response, next) => {
    if (response.headersSent) next(thrown);
    else sendAnswer(response, problemOf(thrown, request.headers.accept));
  };
}

/** For addresses that nothing serves. */
export const nothingHere: RequestHandler = (request) => {
  throw new AssiduError('not-found', `nothing is served at ${request.path}`);
};
