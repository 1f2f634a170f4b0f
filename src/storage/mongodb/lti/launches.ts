import type { Launch, LaunchStore, LoginAttempt } from '../../ports/launch-store.ts';
import type { MongoContext } from '../context.ts';
import { createDecisions } from '../decisions.ts';
import { keyOf } from '../keys.ts';
import { change } from '../put.ts';
import {
  LAUNCHES,
  type LaunchFields,
  LOGINS,
  type LoginFields,
  SESSIONS,
  type SessionFields,
} from './launches-collection.ts';
import { LOOK_AFTER, sweepSessions } from './sweep-launches.ts';

/** How long the use of a login is remembered after it has expired, ms: longer than any request takes. */
export const REMEMBERED = 3_600_000;

export const useOf = (state: string): string => keyOf('login used', state);

export function fieldsOf(launch: Launch): LaunchFields {
  const { id, sessionHash, org, registrationId, sub, email, createdAt } = launch;
  return {
    _id: id,
    sessionHash,
    lookAt: createdAt + LOOK_AFTER,
    org,
    registrationId,
    sub,
    email: email?.toLowerCase() ?? null,
    named: [...(launch.mentees ?? []), ...(launch.reviewedSub === undefined ? [] : [launch.reviewedSub])],
    value: JSON.stringify(launch),
  };
}

/** Logins, each used once by whichever instance it comes to; sessions; launches. */
export function createLaunches(context: MongoContext): LaunchStore {
  const logins = context.model(LOGINS);
  const sessions = context.model(SESSIONS);
  const launches = context.model(LAUNCHES);
  const decisions = createDecisions(context);
  const findLogin = async (state: string): Promise<LoginAttempt | null> => {
    const found = await logins.findOne({ _id: state }).lean<LoginFields>();
    return found && JSON.parse(found.value);
  };
  return {
    saveLogin: async (login) => {
      const { state, registrationId, expiresAt } = login;
      await logins.insertOne({ _id: state, registrationId, expiresAt, value: JSON.stringify(login) });
    },
    peekLogin: async (state) => {
      const [login, used] = await Promise.all([findLogin(state), decisions.find(useOf(state))]);
      return used === null ? login : null;
    },
    takeLogin: async (state, now) => {
      const [login, used] = await Promise.all([findLogin(state), decisions.find(useOf(state))]);
      if (login === null) return 'unknown';
      if (used !== null) return 'used';
      if (login.expiresAt <= now) return 'expired';
      const expiresAt = login.expiresAt + REMEMBERED;
      return (await decisions.decide({ _id: useOf(state), at: now, expiresAt })) ? login : 'used';
    },
    saveSession: ({ hash, expiresAt, ...session }) =>
      change(sessions, hash, { $set: { expiresAt }, $setOnInsert: session }),
    findSession: async (hash, now) => {
      const found = await sessions.findOne({ _id: hash }).lean<SessionFields>();
      if (!found || found.expiresAt <= now) return null;
      const { _id, ...session } = found;
      return { hash, ...session };
    },
    renewSession: async (hash, expiresAt) => {
      await sessions.updateOne({ _id: hash }, { $set: { expiresAt } });
    },
    revokeSession: async (hash) => {
      await sessions.deleteOne({ _id: hash });
      await launches.deleteMany({ sessionHash: hash });
    },
    saveLaunch: async (launch) => {
      await launches.insertOne(fieldsOf(launch));
    },
    findLaunch: async (id): Promise<Launch | null> => {
      const found = await launches.findOne({ _id: id }).lean<LaunchFields>();
      return found && JSON.parse(found.value);
    },
    sweep: async (now) => {
      await logins.deleteMany({ expiresAt: { $lt: now } });
      await decisions.sweep(now);
      await sweepSessions(context, now);
    },
  };
}
