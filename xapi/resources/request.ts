import { type Request, type RequestHandler, type Response, raw } from 'express';
import { AssiduError } from '../../src/base/errors.ts';
import type { AccessKey } from '../../src/storage/ports/key-store.ts';
import type { Authenticator } from '../credentials.ts';
import { faulty } from '../faulty.ts';
import { authorityOf } from '../sender.ts';
import type { Agent, XapiVersion } from '../statement/types.ts';
import { versionOf } from '../version.ts';

/** What every resource but About knows of its request. */
export interface XapiRequest {
  readonly key: AccessKey;
  readonly version: XapiVersion;
  readonly authority: Agent;
}

const known = new WeakMap<Request, XapiRequest>();

/** The version of answers to requests that name none. */
export const DEFAULT_VERSION: XapiVersion = '1.0.3';
/** Keys whose version is remembered. */
const SPEAKERS = 10_000;

/**
 * Reads key and version of a request; answers in the version asked for. A request without version is refused in the one
 * this key spoke last: the standard wants every answer to name a version, and that is the one its client understands.
 */
export function identify(authenticator: Authenticator, authorityHome: string): RequestHandler {
  const lastSpoken = new Map<string, XapiVersion>();
  return async (request, response, next) => {
    const asked = request.get('X-Experience-API-Version');
    if (asked !== undefined) response.set('X-Experience-API-Version', versionOf(asked));
    const key = await authenticator.authenticate(request.get('Authorization'));
    if (asked === undefined)
      response.set('X-Experience-API-Version', lastSpoken.get(key.id) ?? DEFAULT_VERSION);
    const version = versionOf(asked);
    if (lastSpoken.size >= SPEAKERS && !lastSpoken.has(key.id)) lastSpoken.clear();
    lastSpoken.set(key.id, version);
    known.set(request, { key, version, authority: authorityOf(key, authorityHome) });
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

/** Reads a body of JSON into `request.body`, as bytes: what is not UTF-8 must be refused, not repaired. */
export function jsonBody(limit: string): RequestHandler {
  return raw({ type: ['application/json', 'application/*+json'], limit });
}

/** The body of a request as text. Throws `invalid-request` when it is no JSON by its type, not UTF-8, or not there. */
export function jsonText(request: Request): string {
  // An alternate request brings its content as text.
  if (typeof request.body === 'string') return request.body;
  const type = request.get('Content-Type') ?? '';
  if (!/^application\/(\S+\+)?json\b/i.test(type) || !/^[^;]*(;\s*charset="?utf-?8"?\s*)?$/i.test(type))
    throw faulty('Content-Type', 'must be application/json, in UTF-8');
  if (!Buffer.isBuffer(request.body)) throw faulty('', 'the body is empty');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(request.body);
  } catch {
    throw faulty('', 'the body is not UTF-8');
  }
}

/** Sends JSON text as it stands. */
export function sendJson(response: Response, text: string): void {
  response.type('application/json').send(text);
}

/** The same to a request that is no GET or HEAD, whose answer is never looked at for being fresh: in half the time. */
export function answerJson(response: Response, text: string): void {
  response.setHeader('Content-Type', 'application/json; charset=utf-8');
  response.setHeader('Content-Length', Buffer.byteLength(text));
  response.end(text);
}
