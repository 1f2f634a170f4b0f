export type * from './identity.ts';

import type { IdentityLink, IdentityRule, Learner, People, PeopleAsked } from './identity.ts';

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
  /** Name of the key, command or person; of what tells by itself (launch, roster) its word. Absent: not known. */
  readonly recordedBy?: string;
  /** When a person set it right, ms: statements about times up to then change this episode no more. */
  readonly correctedAt?: number;
  /** The episode never was: it counts nowhere, and is held no more. */
  readonly undone?: boolean;
  /** About an episode that statements told: it says nothing once these are voided. */
  readonly told?: boolean;
}

export interface CohortStore {
  /** Appends a version; its number is given by the store. */
  addVersion(version: Omit<DefinitionVersion, 'version'>): Promise<DefinitionVersion>;
  /** The same, only while the newest version is this one (0: there is none); null when another came first. */
  addVersionAfter(
    version: Omit<DefinitionVersion, 'version'>,
    newest: number,
  ): Promise<DefinitionVersion | null>;
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
  /**
   * The learners asked for, and all whom a link, be it undone, or a shared mailbox may make one with them: what
   * `personsOf` (src/progress/persons.ts) needs to say who is who.
   */
  people(org: string, asked: PeopleAsked): Promise<People>;
  addIdentityLinks(links: readonly IdentityLink[]): Promise<void>;
  /** All links of an organisation, undone ones too, oldest first. */
  identityLinks(org: string): Promise<readonly IdentityLink[]>;
  addIdentityRule(rule: IdentityRule): Promise<void>;
  /** Oldest first. */
  identityRules(org: string): Promise<readonly IdentityRule[]>;
}
