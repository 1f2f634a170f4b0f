import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import helmet from 'helmet';
import type { HeaderList } from './base/answer.ts';

/**
 * Headers that every answer carries, as helmet has them. With these options they are the same whatever is asked, so that
 * helmet's handlers need not be asked at every request. Framing and content policy are each page's own matter
 * (lti/page-headers.ts).
 */
export function securityHeaders(): HeaderList {
  const protect = helmet({
    contentSecurityPolicy: false,
    frameguard: false,
    crossOriginResourcePolicy: false,
    crossOriginOpenerPolicy: false,
    referrerPolicy: false,
  });
  const request = new IncomingMessage(new Socket());
  const response = new ServerResponse(request);
  const headers: string[] = [];
  response.setHeader = (name, value) => {
    headers.push(name, String(value));
    return response;
  };
  protect(request, response, () => undefined);
  return headers;
}
