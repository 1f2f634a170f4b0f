/** One opening of cmi5 content by a learner (cmi5 9.6.3.1 "session"). */
export interface ContentSession {
  /** UUID, told to the content. */
  readonly id: string;
  readonly org: string;
  readonly cohortId: string;
  /** Episode, the registration of all that is said of it. */
  readonly enrolmentId: string;
  /** Id of the unit. */
  readonly unit: string;
  /** Inverse functional identifier of the learner (xapi/statement/ifi.ts). */
  readonly actor: string;
  /** SHA-256 of the token by which the content fetches its key, once. */
  readonly fetchHash: string;
  /** ms since the epoch. */
  readonly openedAt: number;
  /** The first instant at which the token is of no use any more, ms. */
  readonly fetchExpiresAt: number;
  /** How long the key will live, ms. */
  readonly keyLifetime: number;
  /** When the token was used, ms; null: not yet. */
  readonly fetchedAt: number | null;
  /** User name of the key the content was handed; null: none yet. */
  readonly key: string | null;
  /** When the session was found to be over, ms; null: not yet. */
  readonly endedAt: number | null;
}

export interface ContentSessionStore {
  insert(session: ContentSession): Promise<void>;
  /** Uses the token up, once, whoever else tries at the same time. Of a session that is over it has expired. */
  fetch(fetchHash: string, now: number): Promise<ContentSession | 'unknown' | 'used' | 'expired'>;
  /** Notes the key; false when the session is over by then. */
  setKey(id: string, key: string): Promise<boolean>;
  /** Sessions of an episode with a unit that are not over, oldest first. */
  unended(org: string, enrolmentId: string, unit: string): Promise<readonly ContentSession[]>;
  /** Ends a session, once; null when another did, or there is none. Answers it as it is then. */
  end(id: string, now: number): Promise<ContentSession | null>;
}
