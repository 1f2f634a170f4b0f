import type { StoredStatement } from './statement-store.ts';

/** A user of a platform, by the platform's own id of them. */
export interface PlatformUser {
  readonly registrationId: string;
  readonly sub: string;
}

/** Everything by which one person is known in an organisation: the "data subject" of the GDPR. */
export interface DataSubject {
  /** Inverse functional identifiers (xapi/statement/ifi.ts). */
  readonly actors: readonly string[];
  readonly learnerIds: readonly string[];
  readonly users: readonly PlatformUser[];
}

/** A record about a person, but for statements and the quarantine: `kind` says of what, `value` what is kept. */
export interface PersonalRecord {
  readonly kind: string;
  /** Without secrets, hashes of secrets and the organisation. */
  readonly value: Readonly<Record<string, unknown>>;
}

/** A statement in the quarantine. */
export interface QuarantinedText {
  readonly id: string;
  readonly text: string;
}

/** Finds what is kept about one person (GDPR article 15); nothing here changes anything. */
export interface SubjectStore {
  /** The same person with all other names they go by: the same mailbox in other spellings, the users of platforms. */
  completed(org: string, subject: DataSubject): Promise<DataSubject>;
  /** Statements that name one of these actors anywhere, in the order of their commits; voided ones included. */
  statements(
    org: string,
    actors: readonly string[],
    after: number,
    limit: number,
  ): Promise<readonly StoredStatement[]>;
  /** Statements whose text contains one of these, whatever its case, wherever it stands; reads all of them. */
  mentioning(
    org: string,
    texts: readonly string[],
    after: number,
    limit: number,
  ): Promise<readonly StoredStatement[]>;
  /** What the quarantine holds that contains one of these texts. */
  quarantined(org: string, texts: readonly string[]): Promise<readonly QuarantinedText[]>;
  /** All other records about them, by kind. */
  records(org: string, subject: DataSubject): Promise<readonly PersonalRecord[]>;
}
