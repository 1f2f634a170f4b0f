import { randomBytes } from 'node:crypto';
import type { JWTVerifyGetKey } from 'jose';
import type { PlacedItem } from './deep-links.ts';
import type { DemoCourse, DemoLink, DemoLmsOptions, DemoTool, DemoUser } from './demo-types.ts';
import type { KeyRing } from './key-ring.ts';
import type { LineItem } from './line-items.ts';
import type { LmsProfile } from './lms-profile.ts';
import type { RegisteredTool } from './registration.ts';
import type { ServiceFault } from './service-faults.ts';

/** A person signed in at the LMS. */
export interface LmsSession {
  readonly id: string;
  readonly user: DemoUser;
  readonly sesskey: string;
}

/** A launch that was begun and waits at the authorisation endpoint; it is used once. */
export interface PendingLaunch {
  readonly session: LmsSession;
  readonly course: DemoCourse;
  readonly link: DemoLink | undefined;
  readonly tool: DemoTool;
  readonly messageType: string;
  /** Whose work a submission review is about. */
  readonly about?: DemoUser | undefined;
}

/** A bearer token the platform gave to a tool. */
export interface AccessToken {
  readonly clientId: string;
  readonly scopes: readonly string[];
  readonly expiresAt: number;
}

/** All that a running demo LMS knows. */
export interface LmsState {
  readonly options: DemoLmsOptions;
  readonly profile: LmsProfile;
  readonly url: string;
  readonly issuer: string;
  readonly clock: () => Date;
  readonly keys: KeyRing;
  readonly secret: Uint8Array;
  readonly tools: Map<string, DemoTool>;
  readonly toolKeys: Map<string, JWTVerifyGetKey>;
  readonly sessions: Map<string, LmsSession>;
  readonly launches: Map<string, PendingLaunch>;
  readonly accessTokens: Map<string, AccessToken>;
  /** Tools that registered themselves, by client id. */
  readonly registered: Map<string, RegisteredTool>;
  /** Registration tokens that were used. */
  readonly usedTokens: Set<string>;
  /** What deep linking answers have placed, oldest first. */
  readonly placed: PlacedItem[];
  readonly faults: ServiceFault[];
  readonly requests: ServiceCall[];
  readonly lineItems: Map<string, LineItem>;
}

/** A request to one of the services. */
export interface ServiceCall {
  readonly service: string;
  readonly method: string;
  readonly url: string;
  /** ms since the epoch. */
  readonly at: number;
}

/** Random lower-case letters and digits. */
export function randomText(bytes: number): string {
  return randomBytes(bytes).toString('hex');
}

/** Signs a person in and keeps the session. */
export function openSession(state: LmsState, user: DemoUser): LmsSession {
  const session = { id: randomText(13), user, sesskey: randomText(5) };
  state.sessions.set(session.id, session);
  return session;
}

/** The course with this id, with the links that tools placed there; or undefined. */
export function findCourse(state: LmsState, id: string): DemoCourse | undefined {
  const found = state.options.courses.find((course) => course.id === id);
  const placed = state.placed.filter(({ course }) => course === id);
  return found === undefined || placed.length === 0
    ? found
    : { ...found, links: [...found.links, ...placed.map(({ link }) => link)] };
}

/** The person with this id, or undefined. */
export function findUser(state: LmsState, id: string): DemoUser | undefined {
  return state.options.users.find((user) => user.id === id);
}

/** The people of a course: those it names, or everybody. */
export function courseMembers(state: LmsState, course: DemoCourse): readonly DemoUser[] {
  const { members } = course;
  return members === undefined
    ? state.options.users
    : state.options.users.filter((user) => members.includes(user.id));
}
