export interface Learner {
  readonly org: string;
  readonly id: string;
  /** Null where the platform hides names: pages show a pseudonym. */
  readonly name: string | null;
}

/** One identifier of a learner, from `recordedAt` on. It never moves to another learner: those are linked. */
export interface Identity {
  readonly org: string;
  /** Inverse functional identifier (xapi/statement/ifi.ts). */
  readonly actor: string;
  readonly learnerId: string;
  readonly recordedAt: number;
}

/** That two learners are one person, or (`linked` false) that they are not. The record made last decides. */
export interface IdentityLink {
  readonly org: string;
  readonly learnerId: string;
  readonly other: string;
  readonly linked: boolean;
  /** `email`: by the rule of that name, and only while it is on. */
  readonly by: 'hand' | 'email';
  /** ms since the epoch. */
  readonly recordedAt: number;
  readonly recordedBy: string;
}

/** That an organisation links the people of its platforms by a rule, or does not any more. */
export interface IdentityRule {
  readonly org: string;
  readonly rule: 'email';
  readonly on: boolean;
  /** ms since the epoch. */
  readonly recordedAt: number;
  readonly recordedBy: string;
}

/** Learners with all that is kept of who they are. */
export interface People {
  readonly learners: readonly Learner[];
  readonly identities: readonly Identity[];
  readonly links: readonly IdentityLink[];
  readonly rules: readonly IdentityRule[];
}

/** Where to begin to look for people. */
export interface PeopleAsked {
  /** Learners with an enrolment in this cohort. */
  readonly cohortId?: string;
  /** Learners with these actor keys, or with a mailbox of theirs. */
  readonly actors?: readonly string[];
  readonly learnerIds?: readonly string[];
}
