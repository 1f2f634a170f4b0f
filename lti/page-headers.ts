import type { Response } from 'express';
import type { Registration } from '../src/storage/ports/registration-store.ts';

function webOrigin(url: string): readonly string[] {
  return URL.canParse(url) && /^https?:$/.test(new URL(url).protocol) ? [new URL(url).origin] : [];
}

/** Origins of a registration's platform: its issuer (when it is a URL), its authorisation endpoint, those declared. */
export function platformOrigins(registration: Registration): readonly string[] {
  const urls = [registration.issuer, registration.authUrl, ...registration.frameOrigins];
  return [...new Set(urls.flatMap(webOrigin))];
}

/** Our Content-Security-Policy. Without a registration the page holds nothing to protect, and any frame may show it; `alone` none may. */
export function contentSecurityPolicy(
  registration: Registration | null | 'alone',
  formTargets: readonly string[] = [],
): string {
  const ancestors =
    registration === 'alone'
      ? ["'none'"]
      : registration === null
        ? ['*']
        : ["'self'", ...platformOrigins(registration)];
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    `form-action ${["'self'", ...formTargets].join(' ')}`,
    `frame-ancestors ${ancestors.join(' ')}`,
  ].join('; ');
}

/** Puts the security headers of a page that the platform of this registration may frame. */
export function protectPage(
  response: Response,
  registration: Registration | null | 'alone',
  formTargets: readonly string[] = [],
): void {
  response.set({
    'Content-Security-Policy': contentSecurityPolicy(registration, formTargets),
    // Not `no-referrer`: under it browsers send `Origin: null` with our own forms (Fetch, "append a request Origin").
    'Referrer-Policy': 'same-origin',
    'X-Content-Type-Options': 'nosniff',
    'Cache-Control': 'no-store',
    'Cross-Origin-Resource-Policy': 'same-origin',
  });
  // It knows no list of origins and would contradict frame-ancestors.
  response.removeHeader('X-Frame-Options');
}

/** Puts the security headers of a page that stands in a window of its own: no frame may show it. */
export function protectAlone(response: Response): void {
  protectPage(response, 'alone');
}
