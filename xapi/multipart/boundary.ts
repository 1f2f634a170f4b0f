import { faultyBody } from './fault.ts';

/** What RFC 2046 5.1.1 lets a boundary be: 1 to 70 characters, the last one no space. */
const BOUNDARY = /^[0-9A-Za-z'()+_,\-./:=? ]{0,69}[0-9A-Za-z'()+_,\-./:=?]$/;

/** True for a Content-Type that announces several parts as xAPI sends them (1.0.3 Communication 1.5.2). */
export function isMultipartMixed(contentType: string | undefined): boolean {
  return mediaType(contentType) === 'multipart/mixed';
}

/** `Text/Plain; charset=ascii` -> `text/plain`. */
export function mediaType(contentType: string | undefined): string {
  const [type = ''] = (contentType ?? '').split(';');
  return type.trim().toLowerCase();
}

/**
 * The boundary of a multipart Content-Type, quoted or not. Throws `invalid-request` when there is none, more than one,
 * or one that RFC 2046 does not allow.
 */
export function boundaryOf(contentType: string): string {
  const found = [
    ...contentType.matchAll(/;\s*boundary\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;\s"]+))\s*(?=;|$)/gi),
  ];
  const [first] = found;
  const boundary = first?.[1]?.replace(/\\(.)/g, '$1') ?? first?.[2];
  if (boundary === undefined || found.length > 1 || !BOUNDARY.test(boundary))
    throw faultyBody(
      'Content-Type',
      'multipart/mixed needs one boundary of 1 to 70 characters (RFC 2046 5.1.1)',
    );
  return boundary;
}
