import type { Request, Response } from 'express';
import type { LaunchStore, Session } from '../src/storage/ports/launch-store.ts';
import type { Registration } from '../src/storage/ports/registration-store.ts';
import { clearCookie, readCookie, sessionCookie, setCookie } from './cookies.ts';
import { hashOf } from './secrets.ts';

/** A session ends after this long without a request. */
export const idleMs = 15 * 60_000;
// A page and its parts come together: one write a minute is enough.
const renewAfterMs = 60_000;

/** The header in which our pages' script (src/web/assets/session-pages.js) carries a session no cookie holds for. */
export const sessionHeader = 'Assidu-Session';

/** How a browser carries a session's secret: in a cookie where that holds, else in `sessionHeader`. */
export type Carrier = 'cookie' | 'header';

export interface SessionDeps {
  readonly launches: LaunchStore;
  readonly clock: () => number;
  readonly random: (bytes: number) => Buffer;
}

/** A session just opened or found; `secret` when the page must carry it itself, told this once. */
export interface OpenedSession {
  readonly session: Session;
  readonly secret: string | null;
}

/** What is kept of a secret: another for each carrier, so that a secret is worth nothing in the other. */
function keptOf(carrier: Carrier, secret: string): string {
  return hashOf(carrier === 'header' ? `${sessionHeader} ${secret}` : secret);
}

/** How a request carries a session; where it does both ways the header counts, which its own page added. */
export function carrierOf(request: Request): Carrier {
  return request.get(sessionHeader) === undefined ? 'cookie' : 'header';
}

function presentedHash(request: Request): string | null {
  const carrier = carrierOf(request);
  const secret = carrier === 'header' ? request.get(sessionHeader) : readCookie(request, sessionCookie);
  return secret ? keptOf(carrier, secret) : null;
}

/** The live session that a request carries, or null. A header's origin is for its caller to check. */
export async function sessionOf(deps: SessionDeps, request: Request): Promise<Session | null> {
  const hash = presentedHash(request);
  return hash === null ? null : deps.launches.findSession(hash, deps.clock());
}

/** Puts off a session's end to 15 minutes from now. */
export async function renew(deps: SessionDeps, session: Session): Promise<Session> {
  const expiresAt = deps.clock() + idleMs;
  if (expiresAt - session.expiresAt < renewAfterMs) return session;
  await deps.launches.renewSession(session.hash, expiresAt);
  return { ...session, expiresAt };
}

interface Person {
  readonly registration: Registration;
  readonly sub: string;
}

async function newSession(
  deps: SessionDeps,
  { registration, sub }: Person,
  carrier: Carrier,
): Promise<{ readonly session: Session; readonly secret: string }> {
  const secret = deps.random(32).toString('base64url');
  const now = deps.clock();
  const session: Session = {
    hash: keptOf(carrier, secret),
    org: registration.org,
    registrationId: registration.id,
    sub,
    createdAt: now,
    expiresAt: now + idleMs,
  };
  await deps.launches.saveSession(session);
  return { session, secret };
}

/** A session of this launch alone, whose secret its page carries: other launches of the browser are left as they are. */
export function openCarriedSession(deps: SessionDeps, who: Person): Promise<OpenedSession> {
  return newSession(deps, who, 'header');
}

/**
 * The session a launch belongs to where cookies hold: the browser's own when it is the same person's, so that two
 * launches in two tabs both hold; else a new one, which replaces (and revokes) another person's.
 */
export async function openCookieSession(
  deps: SessionDeps,
  request: Request,
  response: Response,
  who: Person,
): Promise<OpenedSession> {
  const { registration, sub } = who;
  const present = await sessionOf(deps, request);
  const same =
    present !== null &&
    present.registrationId === registration.id &&
    present.org === registration.org &&
    present.sub === sub;
  if (same) return { session: await renew(deps, present), secret: null };
  if (present !== null) await deps.launches.revokeSession(present.hash);
  const { session, secret } = await newSession(deps, who, 'cookie');
  setCookie(response, sessionCookie, secret);
  return { session, secret: null };
}

/** Ends the session that a request carries, wherever else it is used. */
export async function endSession(deps: SessionDeps, request: Request, response: Response): Promise<void> {
  const hash = presentedHash(request);
  if (hash !== null) await deps.launches.revokeSession(hash);
  if (carrierOf(request) === 'cookie') clearCookie(response, sessionCookie);
}
