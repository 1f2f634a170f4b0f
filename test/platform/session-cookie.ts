import type { Request, Response } from 'express';
import type { DemoUser } from './demo-types.ts';
import { type LmsSession, type LmsState, openSession } from './lms-state.ts';

/** Cookies ignore ports, so two of these LMSs on one host need two names. */
function cookieName(state: LmsState): string {
  return `${state.profile.cookieName}${new URL(state.url).port}`;
}

/** The session that the request's cookie names, or undefined. */
export function currentSession(state: LmsState, req: Request): LmsSession | undefined {
  const name = `${cookieName(state)}=`;
  const pair = (req.headers.cookie ?? '').split('; ').find((part) => part.startsWith(name));
  return pair === undefined ? undefined : state.sessions.get(pair.slice(name.length));
}

/** Opens a session for this person and sets its cookie. */
export function signIn(state: LmsState, res: Response, user: DemoUser): LmsSession {
  const session = openSession(state, user);
  res.append('Set-Cookie', `${cookieName(state)}=${session.id}; ${state.profile.cookieAttributes}`);
  return session;
}
