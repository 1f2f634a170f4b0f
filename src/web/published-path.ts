import type { RequestHandler } from 'express';

/**
 * Makes `originalUrl` the address as clients know it: a proxy that publishes this product under a path (`publicUrl`
 * https://x.org/assidu) strips that path, and what is derived from the address, such as the next page, needs it back.
 */
export function asPublished(publicUrl: string): RequestHandler {
  const prefix = new URL(publicUrl).pathname.replace(/\/+$/, '');
  return (request, _response, next) => {
    request.originalUrl = `${prefix}${request.originalUrl}`;
    next();
  };
}
