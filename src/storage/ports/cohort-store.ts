/** One version of a cohort's definition. A removal is a version too, so that old reports can be asked again. */
export interface DefinitionVersion {
  readonly org: string;
  readonly cohortId: string;
  /** 1, 2, 3… */
  readonly version: number;
  /** JSON of the parsed definition. */
  readonly definition: string;
  readonly removed: boolean;
  /** ms since the epoch. */
  readonly recordedAt: number;
  readonly recordedBy: string;
}

export type EndReason = 'withdrawn' | 'removed' | 'transferred' | 'excluded';
export type EnrolmentSource = 'launch' | 'roster' | 'statement' | 'api' | 'file' | 'hand';

/** What was recorded of one enrolment episode; the change recorded last holds (metrics.md "enrolment"). */
export interface EnrolmentChange {
  readonly org: string;
  readonly cohortId: string;
  /** UUID of the episode: the xAPI registration of what we say about it. */
  readonly enrolmentId: string;
  readonly learnerId: string;
  /** ms since the epoch. */
  readonly enrolledAt: number;
  readonly enrolledAtSource: 'stated' | 'assumed';
  readonly endedAt: number | null;
  readonly reason: EndReason | null;
  /** Suspensions [from, to) in ms; `to` null while it lasts. */
  readonly suspensions: readonly (readonly [number, number | null])[];
  readonly source: EnrolmentSource;
  readonly recordedAt: number;
}

export interface Learner {
  readonly org: string;
  readonly id: string;
  /** Null where the platform hides names: pages show a pseudonym. */
  readonly name: string | null;
}

/** One identifier of a learner, from `recordedAt` on. */
export interface Identity {
  readonly org: string;
  /** Inverse functional identifier (xapi/statement/ifi.ts). */
  readonly actor: string;
  readonly learnerId: string;
  readonly recordedAt: number;
}

export interface CohortStore {
  /** Appends a version; its number is given by the store. */
  addVersion(version: Omit<DefinitionVersion, 'version'>): Promise<DefinitionVersion>;
  /** The newest version of every cohort, removed ones included. */
  currentVersions(org: string | null): Promise<readonly DefinitionVersion[]>;
  versions(org: string, cohortId: string): Promise<readonly DefinitionVersion[]>;
  addEnrolmentChanges(changes: readonly EnrolmentChange[]): Promise<void>;
  /** All changes of a cohort, oldest first. */
  enrolmentChanges(org: string, cohortId: string): Promise<readonly EnrolmentChange[]>;
  /** The learner with this identifier; made with `learnerId` and `name` when there is none. Safe in parallel. */
  learnerOf(
    org: string,
    actor: string,
    made: { learnerId: string; name: string | null; at: number },
  ): Promise<Learner>;
  /** The same for many, in their order. */
  learnersOf(
    org: string,
    people: readonly { readonly actor: string; readonly learnerId: string; readonly name: string | null }[],
    at: number,
  ): Promise<readonly Learner[]>;
  findLearner(org: string, actor: string): Promise<Learner | null>;
  renameLearner(org: string, learnerId: string, name: string | null): Promise<void>;
  /** Learners with an enrolment in the cohort, and their identifiers. */
  learners(org: string, cohortId: string): Promise<CohortPeople>;
}

/** Learners and their identifiers. */
export interface CohortPeople {
  readonly learners: readonly Learner[];
  readonly identities: readonly Identity[];
}
