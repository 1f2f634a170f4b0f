import type { ContentSession, ContentSessionStore } from '../../ports/content-session-store.ts';
import type { MongoContext } from '../context.ts';
import { createDecisions } from '../decisions.ts';
import { keyOf } from '../keys.ts';
import { CONTENT_SESSIONS, type ContentSessionFields } from './content-sessions-collection.ts';

const fetchOf = (id: string): string => keyOf('content fetched', id);
const keyNoteOf = (id: string): string => keyOf('content key', id);
const endOf = (id: string): string => keyOf('content ended', id);

export function createContentSessions(context: MongoContext): ContentSessionStore {
  const sessions = context.model(CONTENT_SESSIONS);
  const decisions = createDecisions(context);

  /** With what happened to them since they were inserted. */
  const asTheyAre = async (found: readonly ContentSessionFields[]): Promise<readonly ContentSession[]> => {
    const made = await decisions.among(
      found.flatMap(({ _id }) => [fetchOf(_id), keyNoteOf(_id), endOf(_id)]),
    );
    return found.map(({ _id, value }) => {
      const session: ContentSession = JSON.parse(value);
      return {
        ...session,
        fetchedAt: session.fetchedAt ?? made.get(fetchOf(_id))?.at ?? null,
        key: session.key ?? made.get(keyNoteOf(_id))?.by ?? null,
        endedAt: session.endedAt ?? made.get(endOf(_id))?.at ?? null,
      };
    });
  };
  const oneOf = async (where: Partial<ContentSessionFields>): Promise<ContentSession | null> => {
    const found = await sessions.findOne(where).lean<ContentSessionFields>();
    return (await asTheyAre(found ? [found] : []))[0] ?? null;
  };

  return {
    insert: async (session) => {
      const { id, org, enrolmentId, unit, actor, fetchHash, openedAt } = session;
      const value = JSON.stringify(session);
      await sessions.insertOne({ _id: id, org, enrolmentId, unit, actor, fetchHash, openedAt, value });
    },
    fetch: async (fetchHash, now) => {
      const session = await oneOf({ fetchHash });
      if (session === null) return 'unknown';
      if (session.fetchedAt !== null) return 'used';
      if (session.fetchExpiresAt <= now || session.endedAt !== null) return 'expired';
      const won = await decisions.decide({ _id: fetchOf(session.id), at: now });
      return won ? { ...session, fetchedAt: now } : 'used';
    },
    setKey: async (id, key) => {
      const session = await oneOf({ _id: id });
      if (session === null || session.endedAt !== null) return false;
      await decisions.decide({ _id: keyNoteOf(id), at: context.clock(), by: key });
      // Whoever ends it reads the key after that; so either they know the key, or it is known here that it is over.
      return (await decisions.find(endOf(id))) === null;
    },
    unended: async (org, enrolmentId, unit) => {
      const found = await sessions
        .find({ org, enrolmentId, unit })
        .sort({ openedAt: 1, _id: 1 })
        .lean<ContentSessionFields[]>();
      return (await asTheyAre(found)).filter(({ endedAt }) => endedAt === null);
    },
    end: async (id, now) => {
      const session = await oneOf({ _id: id });
      if (session === null || session.endedAt !== null) return null;
      if (!(await decisions.decide({ _id: endOf(id), at: now }))) return null;
      return oneOf({ _id: id });
    },
  };
}
