import type { Request, RequestHandler, Response } from 'express';
import { AssiduError } from '../../src/base/errors.ts';
import type { AccessKey } from '../../src/storage/ports/key-store.ts';
import type { Authenticator } from '../credentials.ts';
import type { Agent, XapiVersion } from '../statement/types.ts';
import { versionOf } from '../version.ts';

/** What every resource but About knows of its request. */
export interface XapiRequest {
  readonly key: AccessKey;
  readonly version: XapiVersion;
  readonly authority: Agent;
}

const known = new WeakMap<Request, XapiRequest>();

/** Reads version and key of a request; answers in the version asked for. */
export function identify(authenticator: Authenticator, authorityHome: string): RequestHandler {
  return async (request, response, next) => {
    const version = versionOf(request.get('X-Experience-API-Version'));
    response.set('X-Experience-API-Version', version);
    const key = await authenticator.authenticate(request.get('Authorization'));
    const authority: Agent = {
      objectType: 'Agent',
      name: key.name,
      account: { homePage: authorityHome, name: key.key },
    };
    known.set(request, { key, version, authority });
    next();
  };
}

/** What `identify` found. */
export function xapiRequest(request: Request): XapiRequest {
  const found = known.get(request);
  if (!found)
    throw new AssiduError('internal', 'a request reached a resource without having been identified');
  return found;
}

/** The body of a request as text. Throws `invalid-request` for another type than JSON. */
export function jsonText(request: Request): string {
  if (typeof request.body === 'string') return request.body;
  throw new AssiduError('invalid-request', 'the body must be application/json', {
    problems: [{ path: 'Content-Type', message: 'must be application/json' }],
  });
}

/** Sends JSON text as it stands. */
export function sendJson(response: Response, text: string): void {
  response.type('application/json').send(text);
}
