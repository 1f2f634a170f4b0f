/** Removals that wait for a person to confirm them (lti.md "Roster brake"). */
export interface HeldRemovals {
  readonly learnerIds: readonly string[];
  /** Of the learners whom the roster held before, 0..1. */
  readonly share: number;
  /** ms since the epoch. */
  readonly since: number;
}

/** Where the synchronisations of a cohort stand. */
export interface RosterState {
  readonly org: string;
  readonly cohortId: string;
  /** Courses whose roster has been read whole at least once for this cohort, by a key of their own. */
  readonly readPlaces: readonly string[];
  readonly held: HeldRemovals | null;
}

/** A learner whom a roster of the cohort once contained. */
export interface RosterKnown {
  readonly learnerId: string;
  /** Whether the last whole reading contained them. */
  readonly present: boolean;
}

/** What a synchronisation did. */
export interface RosterRecord {
  readonly org: string;
  readonly cohortId: string;
  /** ms since the epoch. */
  readonly at: number;
  /** People the rosters told of. */
  readonly members: number;
  readonly learners: number;
  readonly enrolled: number;
  readonly resumed: number;
  readonly ended: number;
  readonly excluded: number;
  /** Removals held back. */
  readonly held: number;
  /** What went wrong, in words; null: every roster was read whole. */
  readonly fault: string | null;
}

export interface RosterStore {
  state(org: string, cohortId: string): Promise<RosterState | null>;
  known(org: string, cohortId: string): Promise<readonly RosterKnown[]>;
  /** Keeps a synchronisation: its record, the state after it, and who is newly known or changed. All or nothing. */
  keep(record: RosterRecord, state: RosterState, known: readonly RosterKnown[]): Promise<void>;
  /** Newest first. */
  records(org: string, cohortId: string, limit: number): Promise<readonly RosterRecord[]>;
}
