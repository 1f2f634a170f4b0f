import type { RequestHandler } from 'express';

/** Attributes of our pages that lead to one of our doors. Text never looks so: its quotes are escaped. */
const INWARD = / (href|src|action|formaction)="(?=\/(?:app|lti)\/)/g;

/** The path that this product is published under; empty at the root. */
export function publishedPath(publicUrl: string): string {
  return new URL(publicUrl).pathname.replace(/\/+$/, '');
}

/**
 * For a proxy that publishes this product under a path (`publicUrl` https://x.org/assidu) and strips that path from
 * requests. Within, everything lives at the root; here the path is given back: to `originalUrl`, from which the address of
 * a next page is derived, to redirects, and to what pages lead to.
 */
export function asPublished(publicUrl: string): RequestHandler {
  const prefix = publishedPath(publicUrl);
  if (prefix === '') return (_request, _response, next) => next();
  const outward = ` $1="${prefix.replaceAll('$', '$$$$')}`;
  return (request, response, next) => {
    request.originalUrl = `${prefix}${request.originalUrl}`;
    const location = response.location.bind(response);
    response.location = (url) => location(/^\/(?!\/)/.test(url) ? `${prefix}${url}` : url);
    const send = response.send.bind(response);
    response.send = (body) => {
      const page = typeof body === 'string' && /^text\/html\b/.test(response.get('Content-Type') ?? '');
      return send(page ? body.replace(INWARD, outward) : body);
    };
    next();
  };
}
