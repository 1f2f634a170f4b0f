import type { LaunchRole } from './launch-store.ts';

/** A role that somebody gave by hand to a person of a platform; it counts instead of what the platform says. */
export interface Grant {
  readonly id: string;
  readonly org: string;
  readonly registrationId: string;
  /** The platform's id of the person. */
  readonly sub: string;
  readonly role: Exclude<LaunchRole, 'learner'>;
  /** The one cohort it is about; null: wherever the person comes. */
  readonly cohortId: string | null;
  /** Of executives: tags that the cohorts they see figures of must have, by name; absent: all cohorts. */
  readonly tags?: Readonly<Record<string, string>>;
  readonly grantedBy: string;
  /** ms since the epoch. */
  readonly grantedAt: number;
  /** Null: until it is taken back. */
  readonly expiresAt: number | null;
}

export interface GrantStore {
  insert(grant: Grant): Promise<void>;
  /** Those of a person that were not taken back, oldest first; expired ones too. */
  of(org: string, registrationId: string, sub: string): Promise<readonly Grant[]>;
  /** Those of an organisation that were not taken back, oldest first; expired ones too. */
  list(org: string): Promise<readonly Grant[]>;
  /** Takes one back, for good; it is kept with who did it and when (ms). False when there is none to take back. */
  revoke(org: string, id: string, by: string, at: number): Promise<boolean>;
}
