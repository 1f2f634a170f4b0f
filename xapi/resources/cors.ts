import type { RequestHandler } from 'express';
import { type HeaderList, setHeaders } from '../../src/base/answer.ts';

/** How long (s) a browser may remember what it was told; Chromium remembers two hours at most. */
const MAX_AGE = 7_200;
const METHODS = ['GET', 'HEAD', 'PUT', 'POST', 'DELETE'].join(', ');
/** What xAPI clients send (xAPI 1.0.3 Communication 1.2; 2.0.0 adds no other), and what their libraries add. */
const SENT = [
  'Authorization',
  'Content-Type',
  'Content-Length',
  'Content-Transfer-Encoding',
  'If-Match',
  'If-None-Match',
  'If-Modified-Since',
  'Accept',
  'Accept-Language',
  'Cache-Control',
  'Pragma',
  'X-Experience-API-Version',
  'X-Experience-API-Hash',
  'X-Requested-With',
].join(', ');
const EXPOSED = [
  'ETag',
  'Last-Modified',
  'Content-Length',
  'Retry-After',
  'X-Experience-API-Version',
  'X-Experience-API-Hash',
  'X-Experience-API-Consistent-Through',
  'X-Assidu-Quarantined',
].join(', ');

/** What every answer says to browsers, whoever asks. */
export const FOR_ANY_ORIGIN: HeaderList = [
  'Access-Control-Allow-Origin',
  '*',
  'Access-Control-Expose-Headers',
  EXPOSED,
];

/**
 * Lets content in any page speak to the LRS (Fetch standard, "CORS protocol"): from any origin, but without the cookies
 * of the browser, which this door does not read anyway; a key says who asks. What a browser asks beforehand needs none.
 */
export const crossOrigin: RequestHandler = (request, response, next) => {
  setHeaders(response, FOR_ANY_ORIGIN);
  if (request.method !== 'OPTIONS') {
    next();
    return;
  }
  response
    .set({
      Allow: `${METHODS}, OPTIONS`,
      'Access-Control-Allow-Methods': METHODS,
      'Access-Control-Allow-Headers': SENT,
      'Access-Control-Max-Age': String(MAX_AGE),
    })
    .status(204)
    .end();
};
