import type { Request } from 'express';

/**
 * True when a browser sent this request from a page of ours: by its Origin, or, where a referrer policy made that
 * `null`, by Sec-Fetch-Site, which no page can set.
 */
export function fromOurPage(request: Request, publicUrl: string): boolean {
  const origin = request.headers.origin;
  if (origin !== undefined && origin !== 'null') return origin === new URL(publicUrl).origin;
  return request.headers['sec-fetch-site'] === 'same-origin';
}

/** True when a script of a page of ours sent this request: all that the browser says of its origin says so. */
export function fromOurScript(request: Request, publicUrl: string): boolean {
  const site = request.headers['sec-fetch-site'];
  return (site === undefined || site === 'same-origin') && fromOurPage(request, publicUrl);
}
