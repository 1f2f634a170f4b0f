import type { MongoContext } from '../context.ts';
import { LAUNCHES, type LaunchFields, SESSIONS, type SessionFields } from './launches-collection.ts';

/** How long a launch is left alone until it is looked whether its session lives, ms. */
export const LOOK_AFTER = 3_600_000;
/** Sessions or launches looked at in one step. */
const STEP = 500;

/**
 * Removes sessions that expired before `now` with their launches, and launches whose session is gone: each is looked at
 * once an hour, so that a sweep costs what has ended, not what is kept. Any number of instances may sweep at once.
 */
export async function sweepSessions(context: MongoContext, now: number): Promise<void> {
  const sessions = context.model(SESSIONS);
  const launches = context.model(LAUNCHES);

  const goneOf = async (hashes: readonly string[]): Promise<readonly string[]> => {
    const live = await sessions.find({ _id: { $in: hashes } }, { _id: 1 }).lean<SessionFields[]>();
    const lives = new Set(live.map(({ _id }) => _id));
    return hashes.filter((hash) => !lives.has(hash));
  };

  for (;;) {
    const expired = await sessions
      .find({ expiresAt: { $lt: now } }, { _id: 1 })
      .limit(STEP)
      .lean<SessionFields[]>();
    const hashes = expired.map(({ _id }) => _id);
    if (hashes.length > 0) {
      // One that was renewed meanwhile stays, with its launches.
      await sessions.deleteMany({ _id: { $in: hashes }, expiresAt: { $lt: now } });
      await launches.deleteMany({ sessionHash: { $in: await goneOf(hashes) } });
    }
    if (hashes.length < STEP) break;
  }

  for (;;) {
    const due = await launches
      .find({ lookAt: { $lt: now } }, { sessionHash: 1 })
      .limit(STEP)
      .lean<LaunchFields[]>();
    const ids = due.map(({ _id }) => _id);
    if (ids.length > 0) {
      await launches.deleteMany({
        sessionHash: { $in: await goneOf([...new Set(due.map(({ sessionHash }) => sessionHash))]) },
      });
      await launches.updateMany({ _id: { $in: ids } }, { $set: { lookAt: now + LOOK_AFTER } });
    }
    if (ids.length < STEP) break;
  }
}
