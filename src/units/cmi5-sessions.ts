import { createHash } from 'node:crypto';
import type { ContentKeys } from '../../xapi/content-keys.ts';
import type { Intake } from '../../xapi/intake.ts';
import { agentOfKey } from '../../xapi/statement/ifi.ts';
import { contentId } from '../base/content-id.ts';
import { isError } from '../base/errors.ts';
import { type OwnPlace, ownSender } from '../cohorts/own-statements.ts';
import type { ContentSession, ContentSessionStore } from '../storage/ports/content-session-store.ts';
import type { KeyStore } from '../storage/ports/key-store.ts';
import type { StatementStore } from '../storage/ports/statement-store.ts';
import { cmi5Activities, SESSION_ID } from './cmi5-launch.ts';
import type { OwnUnit } from './own-units.ts';
import { abandonedStatement } from './statements.ts';

/** How long content may take to fetch its key, ms. */
const FETCH_LIFETIME = 5 * 60_000;
const TERMINATED = 'http://adlnet.gov/expapi/verbs/terminated';

/** What a fetch comes to: the `auth-token` of cmi5 8.2.2, or an error of 8.2.3. */
export type Fetched =
  | { readonly 'auth-token': string }
  | { readonly 'error-code': string; readonly 'error-text': string };

/** Sessions of cmi5 content, from their opening to their end. */
export interface Cmi5Sessions {
  /** Begins a session; answers its token, which is kept as a hash only. */
  begin(
    session: Pick<
      ContentSession,
      'id' | 'org' | 'cohortId' | 'enrolmentId' | 'unit' | 'actor' | 'keyLifetime'
    >,
  ): Promise<string>;
  /** Hands out the key of a session, once. */
  fetch(token: string): Promise<Fetched>;
  /** Ends what an earlier opening left open: its key is revoked, and `abandoned` said unless it had terminated. */
  close(unit: OwnUnit, place: OwnPlace & { readonly enrolmentId: string }): Promise<void>;
}

export interface Cmi5SessionDeps {
  readonly sessions: ContentSessionStore;
  readonly keys: Pick<KeyStore, 'find' | 'revoke'>;
  readonly contentKeys: ContentKeys;
  readonly statements: Pick<StatementStore, 'query'>;
  readonly intake: Intake;
  readonly publicUrl: string;
  /** ms since the epoch. */
  readonly clock: () => number;
  readonly random: (bytes: number) => Buffer;
}

export function createCmi5Sessions(deps: Cmi5SessionDeps): Cmi5Sessions {
  const { sessions, keys, contentKeys, statements, intake, publicUrl, clock, random } = deps;

  /** The latest statement (of a verb) that a session's content wrote: its time in ms; null when there is none. */
  const lastSaid = async (session: ContentSession, verb?: string): Promise<number | null> => {
    const key = session.key === null ? null : await keys.find(session.key);
    if (key === null) return null;
    const { statements: found } = await statements.query(session.org, {
      agent: session.actor,
      registration: session.enrolmentId,
      verb,
      writtenBy: key.id,
      relatedAgents: false,
      relatedActivities: false,
      ascending: false,
      limit: 1,
    });
    return found[0]?.timestamp ?? null;
  };

  const abandon = async (session: ContentSession, unit: OwnUnit, place: OwnPlace): Promise<void> => {
    const lasted = ((await lastSaid(session)) ?? session.openedAt) - session.openedAt;
    const said = {
      id: contentId(['abandoned', session.id].join('\n')),
      actor: agentOfKey(session.actor),
      unit,
      place: { ...place, also: cmi5Activities(unit), extensions: { [SESSION_ID]: session.id } },
      at: clock(),
    };
    const text = JSON.stringify(abandonedStatement(said, lasted));
    try {
      await intake.accept(ownSender(session.org, publicUrl), text, '1.0.3');
    } catch (error) {
      // Another opening said so at the same time, a moment apart.
      if (!isError(error, 'conflict')) throw error;
    }
  };

  const revoke = async ({ org, key }: ContentSession): Promise<void> => {
    if (key !== null) await keys.revoke(org, key, clock());
  };

  return {
    begin: async (session) => {
      const token = random(32).toString('base64url');
      const openedAt = clock();
      await sessions.insert({
        ...session,
        fetchHash: hashOf(token),
        openedAt,
        fetchExpiresAt: openedAt + FETCH_LIFETIME,
        fetchedAt: null,
        key: null,
        endedAt: null,
      });
      return token;
    },
    fetch: async (token) => {
      const session = await sessions.fetch(hashOf(token), clock());
      if (session === 'unknown') return refusal('2', 'This address is not one that a launch gave.');
      if (typeof session === 'string')
        return refusal(
          '1',
          session === 'used' ? 'The key was handed out already.' : 'The launch has expired.',
        );
      const { org, actor, enrolmentId, keyLifetime, unit } = session;
      const { key, secret } = await contentKeys.issue({
        org,
        name: unit.slice(0, 200),
        actor,
        registration: enrolmentId,
        lifetime: keyLifetime,
      });
      if (!(await sessions.setKey(session.id, key))) {
        await keys.revoke(org, key, clock());
        return refusal('1', 'The content was opened again meanwhile.');
      }
      return { 'auth-token': Buffer.from(`${key}:${secret}`).toString('base64') };
    },
    close: async (unit, place) => {
      const { cohort, enrolmentId } = place;
      for (const session of await sessions.unended(cohort.org, enrolmentId, unit.id)) {
        // Nothing is said in a session that is over (cmi5 9.3.6).
        await revoke(session);
        if ((await lastSaid(session, TERMINATED)) === null) await abandon(session, unit, place);
        const ended = await sessions.end(session.id, clock());
        // A fetch under way may have had its key since we looked.
        if (ended !== null && ended.key !== session.key) await revoke(ended);
      }
    },
  };
}

function refusal(code: string, text: string): Fetched {
  return { 'error-code': code, 'error-text': text };
}

/** It is 256 random bits: one round of SHA-256 cannot be searched. */
function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}
