/** Every failure this product can name. A code is stable: clients, logs and tests rely on it. */
export type ErrorCode =
  | 'invalid-request'
  | 'invalid-statement'
  | 'invalid-definition'
  | 'too-large'
  | 'unauthorized'
  | 'forbidden'
  | 'not-found'
  | 'conflict'
  | 'precondition'
  | 'unsupported'
  | 'too-many-requests'
  | 'launch-rejected'
  | 'settings'
  | 'storage'
  | 'internal';

/** One fault in what was handed in: `path` names the field (`units[2].minScore`), `message` says what is wrong. */
export interface Problem {
  readonly path: string;
  readonly message: string;
}

/**
 * The one error class. `code` decides the HTTP status (in one place, src/web/problem.ts) and the exit code;
 * `problems` lists faults field by field; `cause` keeps what was caught.
 */
export class AssiduError extends Error {
  readonly code: ErrorCode;
  readonly problems: readonly Problem[];
  /** Of `too-many-requests`: whole seconds until the same may be tried again; null elsewhere. */
  readonly retryAfter: number | null;

  constructor(
    code: ErrorCode,
    message: string,
    options: {
      readonly problems?: readonly Problem[];
      readonly cause?: unknown;
      readonly retryAfter?: number;
    } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'AssiduError';
    this.code = code;
    this.problems = options.problems ?? [];
    this.retryAfter = options.retryAfter ?? null;
  }
}

/** True for an `AssiduError` with this code. */
export function isError(error: unknown, code: ErrorCode): error is AssiduError {
  return error instanceof AssiduError && error.code === code;
}
