import type { Request, RequestHandler } from 'express';
import { type Authenticator, hasScope } from '../../../xapi/credentials.ts';
import { AssiduError } from '../../base/errors.ts';

/** Who asks: the organisation of the key, the key's name and id. */
export interface Caller {
  readonly org: string;
  readonly name: string;
  readonly keyId: string;
}

/**
 * Reading needs `cohorts`, `all` or `all/read`; changing what is configured or who is enrolled needs `cohorts`; `all` is
 * asked for what reaches every statement of the organisation.
 */
const ENOUGH = {
  read: ['cohorts', 'all', 'all/read'],
  write: ['cohorts'],
  all: ['all'],
} as const;

/** What a resource asks of a key. */
export type Right = keyof typeof ENOUGH;

/** The one place where the API's requests are authorised. */
export interface Gate {
  /** Lets a request through whose key has the right. Throws `unauthorized` and `forbidden`. */
  authorised(right: Right): RequestHandler;
  /** Who asks in an authorised request. */
  caller(request: Request): Caller;
}

/** The gate of the API; its keys are those of the LRS. */
export function createGate(authenticator: Authenticator): Gate {
  const callers = new WeakMap<Request, Caller>();
  return {
    authorised: (right) => async (request, _response, next) => {
      const key = await authenticator.authenticate(request.get('Authorization'));
      if (!hasScope(key, ...ENOUGH[right]))
        throw new AssiduError('forbidden', `this key lacks the scope ${ENOUGH[right].join(' or ')}`);
      callers.set(request, { org: key.org, name: key.name, keyId: key.id });
      next();
    },
    caller: (request) => {
      const found = callers.get(request);
      if (!found) throw new AssiduError('internal', 'a request was not authorised');
      return found;
    },
  };
}
