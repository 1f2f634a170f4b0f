import { type Request, type RequestHandler, type Response, raw } from 'express';
import { AssiduError } from '../../src/base/errors.ts';
import { faulty } from '../faulty.ts';
import { type Identify, VERSION_HEADER, type XapiRequest } from './identify.ts';

const known = new WeakMap<Request, XapiRequest>();

/** Notes what is known of a request, and answers in its version. */
export function identified(identify: Identify): RequestHandler {
  return async (request, response, next) => {
    const speak = (version: string) => response.setHeader(VERSION_HEADER, version);
    known.set(request, await identify(request.headers, speak));
    next();
  };
}

/** What `identified` found. */
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

/**
 * The body of a request as text. Parameters of its type other than the charset say nothing of JSON (RFC 8259 11).
 * Throws `invalid-request` when it is no JSON by its type, not UTF-8, or not there.
 */
export function jsonText(request: Request): string {
  // An alternate request brings its content as text.
  if (typeof request.body === 'string') return request.body;
  const type = request.get('Content-Type') ?? '';
  const charset = /;\s*charset\s*=\s*"?([^;"\s]*)/i.exec(type)?.[1] ?? 'utf-8';
  if (!/^application\/([^\s;]+\+)?json\s*(;|$)/i.test(type) || !/^utf-?8$/i.test(charset))
    throw faulty('Content-Type', 'must be application/json, in UTF-8');
  if (!Buffer.isBuffer(request.body)) throw faulty('', 'the body is empty');
  return utf8Text(request.body);
}

/** The text of a body. Throws `invalid-request` when it is not UTF-8. */
export function utf8Text(body: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    throw faulty('', 'the body is not UTF-8');
  }
}

/** Sends JSON text as it stands. */
export function sendJson(response: Response, text: string): void {
  response.type('application/json').send(text);
}
