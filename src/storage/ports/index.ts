import type { AttachmentStore } from './attachment-store.ts';
import type { CohortStore } from './cohort-store.ts';
import type { DocumentStore } from './document-store.ts';
import type { FactStore } from './fact-store.ts';
import type { KeyStore } from './key-store.ts';
import type { LaunchStore } from './launch-store.ts';
import type { ProfileStore } from './profile-store.ts';
import type { RegistrationStore } from './registration-store.ts';
import type { StatementStore } from './statement-store.ts';
import type { LtijsRecordStore, ToolKeyStore } from './tool-key-store.ts';

export type * from './attachment-store.ts';
export type * from './cohort-store.ts';
export type * from './document-store.ts';
export type * from './fact-store.ts';
export * from './key-store.ts';
export type * from './launch-store.ts';
export type * from './profile-store.ts';
export type * from './registration-store.ts';
export type * from './statement-store.ts';
export type * from './tool-key-store.ts';

/** What an adapter provides: every port, over one database. */
export interface Storage {
  readonly statements: StatementStore;
  readonly attachments: AttachmentStore;
  readonly keys: KeyStore;
  readonly registrations: RegistrationStore;
  readonly launches: LaunchStore;
  readonly toolKeys: ToolKeyStore;
  readonly ltijsRecords: LtijsRecordStore;
  readonly cohorts: CohortStore;
  readonly facts: FactStore;
  readonly documents: DocumentStore;
  readonly profiles: ProfileStore;
  /** True when the database answers, to whoever reads and to whoever writes. */
  ready(): Promise<boolean>;
  /** Finishes what was accepted, then lets go of the database. */
  close(): Promise<void>;
}
