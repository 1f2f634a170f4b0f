import type { Leased } from './lease.ts';

/** Which statements go to a target: kinds are ANDed, values of a kind ORed, an empty kind asks nothing. */
export interface ForwardFilter {
  /** Ids of cohorts that a statement is evidence of. */
  readonly cohorts: readonly string[];
  /** Verb ids. */
  readonly verbs: readonly string[];
  /** Activity ids, named anywhere in the statement. */
  readonly activities: readonly string[];
}

/** Another LRS that statements are sent on to. The password is kept sealed (src/base/seal.ts). */
export interface NewForwardTarget {
  readonly id: string;
  readonly org: string;
  readonly name: string;
  /** The LRS endpoint, without a slash at the end. */
  readonly url: string;
  readonly version: '1.0.3' | '2.0.0';
  readonly username: string;
  readonly sealedSecret: string;
  readonly filter: ForwardFilter;
  /** Where it begins in the order of commits. */
  readonly position: number;
  /** ms since the epoch. */
  readonly createdAt: number;
}

/** A target and how far it has come: every statement up to `position` is sent, passed over or a dead letter. */
export interface ForwardTarget extends NewForwardTarget {
  /** Failures since the last success; while it waits, `nextAttemptAt` (ms) is set. */
  readonly attempts: number;
  readonly nextAttemptAt: number | null;
  readonly lastError: string | null;
  /** When a statement was last taken there, ms. */
  readonly lastSuccessAt: number | null;
  readonly paused: boolean;
  readonly removedAt: number | null;
}

/** A statement that a target refused for what it is. */
export interface NewDeadLetter {
  /** UUID, lower case. */
  readonly statementId: string;
  readonly seq: number;
  readonly reason: string;
  /** HTTP status of the refusal. */
  readonly status: number;
  /** ms since the epoch. */
  readonly at: number;
}

export interface DeadLetter extends NewDeadLetter {
  readonly org: string;
  readonly target: string;
  /** When it was taken after all, or discarded, ms. */
  readonly resolvedAt: number | null;
}

/** A step of a target: from a position to a later one. */
export interface ForwardStep {
  readonly id: string;
  /** That of the lease under which the step was made. */
  readonly epoch: number;
  readonly from: number;
  readonly to: number;
  /** When something was sent in this step, ms; null when all was passed over or refused. */
  readonly sentAt: number | null;
  readonly dead: readonly NewDeadLetter[];
}

/**
 * Targets and their cursors. The statements themselves are the outbox: nothing is written per statement, so that what
 * is kept is sent, whatever happens in between.
 */
export interface ForwardStore extends Leased {
  insert(target: NewForwardTarget): Promise<void>;
  /** Null when unknown in the organisation or removed. */
  find(org: string, id: string): Promise<ForwardTarget | null>;
  /** Those not removed, oldest first; of all organisations where it is null. */
  list(org: string | null): Promise<readonly ForwardTarget[]>;
  /** False when unknown or removed. Resuming forgets the wait: it is tried at once. */
  setPaused(org: string, id: string, paused: boolean): Promise<boolean>;
  /** False when unknown or removed. Its dead letters stay. */
  remove(org: string, id: string, at: number): Promise<boolean>;
  /**
   * Compare and set, with the dead letters of the step. False, and nothing is done, when the position is not `from` any
   * more, another has taken the lease since, or the target is removed.
   */
  advance(step: ForwardStep): Promise<boolean>;
  /** Notes a failure and when to try again. False when another has taken the lease since. */
  postpone(
    id: string,
    epoch: number,
    failure: { readonly attempts: number; readonly nextAttemptAt: number; readonly lastError: string },
  ): Promise<boolean>;
  /** Unresolved ones in the order of their statements, after a position. */
  deadLetters(org: string, target: string, after: number, limit: number): Promise<readonly DeadLetter[]>;
  /** False when there is none that is unresolved. */
  resolveDeadLetter(org: string, target: string, statementId: string, at: number): Promise<boolean>;
  /** Notes why it was refused once more. */
  renewDeadLetter(org: string, target: string, letter: NewDeadLetter): Promise<void>;
}
