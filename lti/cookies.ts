import type { CookieOptions, Request, Response } from 'express';

// Inside a platform's frame only such cookies hold (CHIPS); `__Host-` wants Secure, Path=/ and no Domain.
const options: CookieOptions = {
  secure: true,
  httpOnly: true,
  sameSite: 'none',
  partitioned: true,
  path: '/',
};

export const sessionCookie = '__Host-assidu';

/** The cookie that binds a login to a browser: one for each login, so that tabs do not disturb each other. */
export function loginCookie(state: string): string {
  return `__Host-assidu-login-${state.slice(0, 16)}`;
}

/** The cookie that tells, at the proof of a launch, whether cookies come back at all. */
export function probeCookie(state: string): string {
  return `__Host-assidu-probe-${state.slice(0, 16)}`;
}

/** The value of a request's cookie, or null. */
export function readCookie(request: Request, name: string): string | null {
  for (const pair of request.headers.cookie?.split(';') ?? []) {
    const at = pair.indexOf('=');
    if (at > 0 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim();
  }
  return null;
}

/** Sets a cookie; without a life (seconds) it ends with the browser's session. */
export function setCookie(response: Response, name: string, value: string, lifeSeconds?: number): void {
  response.cookie(
    name,
    value,
    lifeSeconds === undefined ? options : { ...options, maxAge: lifeSeconds * 1000 },
  );
}

/** Makes the browser forget a cookie. */
export function clearCookie(response: Response, name: string): void {
  response.cookie(name, '', { ...options, maxAge: 0 });
}
