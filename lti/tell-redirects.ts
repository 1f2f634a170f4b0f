import type { Response } from 'express';
import { isOurs } from './deps.ts';

/** Where a page asked for by script leads elsewhere; its script goes there (src/web/assets/session-pages.js). */
export const elsewhereHeader = 'Assidu-Location';

/**
 * Makes redirects of this answer to another origin a header: a script that carries a session may not follow them,
 * lest the session's secret goes along.
 */
export function tellRedirects(response: Response, publicUrl: string): void {
  const redirect = response.redirect.bind(response);
  response.redirect = (first: string | number, second?: string | number): void => {
    const [status, url] =
      typeof first === 'number' ? [first, String(second)] : [Number(second ?? 302), first];
    if (isOurs(publicUrl, new URL(url, publicUrl).href)) redirect(status, url);
    else response.status(200).set(elsewhereHeader, url).type('html').end();
  };
}
