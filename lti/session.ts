import type { Request, Response } from 'express';
import type { LaunchStore, Session } from '../src/storage/ports/launch-store.ts';
import type { Registration } from '../src/storage/ports/registration-store.ts';
import { clearCookie, readCookie, sessionCookie, setCookie } from './cookies.ts';
import { hashOf } from './secrets.ts';

/** A session ends after this long without a request. */
export const idleMs = 15 * 60_000;
// A page and its parts come together: one write a minute is enough.
const renewAfterMs = 60_000;

export interface SessionDeps {
  readonly launches: LaunchStore;
  readonly clock: () => number;
  readonly random: (bytes: number) => Buffer;
}

/** The live session of a request's cookie, or null. */
export async function sessionOf(deps: SessionDeps, request: Request): Promise<Session | null> {
  const secret = readCookie(request, sessionCookie);
  return secret === null ? null : deps.launches.findSession(hashOf(secret), deps.clock());
}

/** Puts off a session's end to 15 minutes from now. */
export async function renew(deps: SessionDeps, session: Session): Promise<Session> {
  const expiresAt = deps.clock() + idleMs;
  if (expiresAt - session.expiresAt < renewAfterMs) return session;
  await deps.launches.renewSession(session.hash, expiresAt);
  return { ...session, expiresAt };
}

/**
 * The session a launch belongs to: the browser's own when it is the same person's, so that two launches in two
 * tabs both hold; else a new one, which replaces (and revokes) another person's.
 */
export async function openSession(
  deps: SessionDeps,
  request: Request,
  response: Response,
  who: { readonly registration: Registration; readonly sub: string },
): Promise<Session> {
  const { registration, sub } = who;
  const present = await sessionOf(deps, request);
  const same =
    present !== null &&
    present.registrationId === registration.id &&
    present.org === registration.org &&
    present.sub === sub;
  if (same) return renew(deps, present);
  if (present !== null) await deps.launches.revokeSession(present.hash);
  const secret = deps.random(32).toString('base64url');
  const now = deps.clock();
  const session: Session = {
    hash: hashOf(secret),
    org: registration.org,
    registrationId: registration.id,
    sub,
    createdAt: now,
    expiresAt: now + idleMs,
  };
  await deps.launches.saveSession(session);
  setCookie(response, sessionCookie, secret);
  return session;
}

/** Ends the session of a request's browser, wherever else it is used. */
export async function endSession(deps: SessionDeps, request: Request, response: Response): Promise<void> {
  const secret = readCookie(request, sessionCookie);
  if (secret !== null) await deps.launches.revokeSession(hashOf(secret));
  clearCookie(response, sessionCookie);
}
