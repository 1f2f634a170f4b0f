import { type RequestHandler, Router, urlencoded } from 'express';
import { faulty } from '../faulty.ts';

/** Form parameters that stand for headers (xAPI 1.0.3 Communication 1.3). */
const HEADERS: ReadonlySet<string> = new Set([
  'authorization',
  'x-experience-api-version',
  'content-type',
  'content-length',
  'if-match',
  'if-none-match',
]);

/**
 * The Alternate Request Syntax (xAPI 1.0.3 Communication 1.3; gone from 2.0): a POST whose only query parameter is
 * `method`, with headers, parameters and content in a form. It becomes the request that it stands for.
 */
export function alternateRequests(maxBody: string): RequestHandler {
  const router = Router();
  // Whatever its type: the browsers that need this syntax cannot name one.
  const form = urlencoded({ type: () => true, extended: false, limit: maxBody });
  router.use(form, (request, _response, next) => {
    const { method, ...extra } = request.query;
    const [unexpected] = Object.keys(extra);
    if (unexpected !== undefined) throw faulty(unexpected, 'belongs in the form of an alternate request');
    // Not HEAD: an answer to POST without the body that its headers announce is waited for in vain.
    if (typeof method !== 'string' || !/^(GET|PUT|POST|DELETE)$/.test(method))
      throw faulty('method', 'must be one of GET, PUT, POST, DELETE');
    const sent: [string, unknown][] = Object.entries(request.body ?? {});
    const parameters = new URLSearchParams();
    let content: string | undefined;
    delete request.headers['content-type'];
    for (const [name, value] of sent) {
      if (typeof value !== 'string') throw faulty(name, 'is there more than once');
      if (name === 'content') content = value;
      else if (HEADERS.has(name.toLowerCase())) request.headers[name.toLowerCase()] = value;
      else parameters.append(name, value);
    }
    if (request.get('X-Experience-API-Version')?.startsWith('2'))
      throw faulty('method', 'alternate requests are of xAPI 1.0');
    if (content === undefined && /^P/.test(method)) throw faulty('content', 'is needed in the form');
    request.method = method;
    request.url = withQuery(request.url, parameters);
    request.originalUrl = withQuery(request.originalUrl, parameters);
    request.body = content;
    next();
  });
  return (request, response, next) => {
    if (request.method === 'POST' && 'method' in request.query) router(request, response, next);
    else next();
  };
}

function withQuery(url: string, parameters: URLSearchParams): string {
  const [path] = url.split('?');
  return parameters.size === 0 ? String(path) : `${path}?${parameters}`;
}
