import type { AttachmentStore } from './attachment-store.ts';
import type { StoreCheck } from './check.ts';
import type { CohortStore } from './cohort-store.ts';
import type { ContentSessionStore } from './content-session-store.ts';
import type { CourseStore } from './course-store.ts';
import type { DocumentStore } from './document-store.ts';
import type { ErasureStore } from './erasure-store.ts';
import type { FactStore } from './fact-store.ts';
import type { ForwardStore } from './forward-store.ts';
import type { GradeStore } from './grade-store.ts';
import type { GrantStore } from './grant-store.ts';
import type { InvitationStore } from './invitation-store.ts';
import type { KeyStore } from './key-store.ts';
import type { LaunchStore } from './launch-store.ts';
import type { Leased } from './lease.ts';
import type { OrganisationStore } from './organisation-store.ts';
import type { ProfileStore } from './profile-store.ts';
import type { PullStore } from './pull-store.ts';
import type { QuarantineStore } from './quarantine-store.ts';
import type { RegistrationStore } from './registration-store.ts';
import type { RosterStore } from './roster-store.ts';
import type { StatementStore } from './statement-store.ts';
import type { SubjectStore } from './subject-store.ts';
import type { LtijsRecordStore, ToolKeyStore } from './tool-key-store.ts';

export type * from './attachment-store.ts';
export type * from './check.ts';
export type * from './cohort-store.ts';
export type * from './content-session-store.ts';
export type * from './course-store.ts';
export type * from './document-store.ts';
export type * from './erasure-store.ts';
export type * from './fact-store.ts';
export * from './flagged.ts';
export type * from './forward-store.ts';
export type * from './grade-store.ts';
export type * from './grant-store.ts';
export type * from './invitation-store.ts';
export * from './key-store.ts';
export type * from './launch-store.ts';
export type * from './lease.ts';
export * from './organisation-store.ts';
export type * from './profile-store.ts';
export type * from './pull-store.ts';
export type * from './quarantine-store.ts';
export * from './registration-store.ts';
export type * from './roster-store.ts';
export type * from './statement-store.ts';
export type * from './subject-store.ts';
export type * from './tool-key-store.ts';

/** What an adapter provides: every port, over one database. */
export interface Storage {
  readonly statements: StatementStore;
  readonly attachments: AttachmentStore;
  readonly keys: KeyStore;
  readonly registrations: RegistrationStore;
  readonly invitations: InvitationStore;
  readonly launches: LaunchStore;
  readonly toolKeys: ToolKeyStore;
  readonly ltijsRecords: LtijsRecordStore;
  readonly cohorts: CohortStore;
  readonly facts: FactStore;
  readonly documents: DocumentStore;
  readonly profiles: ProfileStore;
  readonly forwards: ForwardStore;
  readonly pulls: PullStore;
  readonly quarantine: QuarantineStore;
  readonly courses: CourseStore;
  readonly rosters: RosterStore;
  readonly grades: GradeStore;
  readonly contentSessions: ContentSessionStore;
  readonly grants: GrantStore;
  readonly organisations: OrganisationStore;
  readonly subjects: SubjectStore;
  readonly erasures: ErasureStore;
  readonly check: StoreCheck;
  /** Leases of work that has no row of its own, by any name. */
  readonly leases: Leased;
  /** True when the database answers, to whoever reads and to whoever writes. */
  ready(): Promise<boolean>;
  /** Finishes what was accepted, then lets go of the database. */
  close(): Promise<void>;
}
