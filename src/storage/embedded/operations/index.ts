import { attachmentOperations } from './attachments.ts';
import { checkOperations } from './check.ts';
import { cohortOperations } from './cohorts.ts';
import { contentSessionOperations } from './content-sessions.ts';
import { courseOperations } from './courses.ts';
import { documentOperations } from './documents.ts';
import { erasureOperations } from './erasures.ts';
import { factOperations } from './facts.ts';
import { flaggedOperations } from './flagged.ts';
import { forwardOperations } from './forwards.ts';
import { gradeOperations } from './grades.ts';
import { grantOperations } from './grants.ts';
import { invitationOperations } from './invitations.ts';
import { keyOperations } from './keys.ts';
import { namedLeaseOperations } from './leases.ts';
import { ltiOperations } from './lti.ts';
import { organisationOperations } from './organisations.ts';
import { peopleOperations } from './people.ts';
import { profileOperations } from './profiles.ts';
import { pullOperations } from './pulls.ts';
import { quarantineOperations } from './quarantine.ts';
import { rosterOperations } from './rosters.ts';
import { statementOperations } from './statements.ts';
import { subjectOperations } from './subjects.ts';

/** Every operation of the embedded store, by name. */
export const operations = {
  ...statementOperations,
  ...flaggedOperations,
  ...attachmentOperations,
  ...keyOperations,
  ...ltiOperations,
  ...invitationOperations,
  ...cohortOperations,
  ...peopleOperations,
  ...factOperations,
  ...documentOperations,
  ...profileOperations,
  ...forwardOperations,
  ...pullOperations,
  ...quarantineOperations,
  ...courseOperations,
  ...rosterOperations,
  ...gradeOperations,
  ...contentSessionOperations,
  ...grantOperations,
  ...organisationOperations,
  ...namedLeaseOperations,
  ...subjectOperations,
  ...erasureOperations,
  ...checkOperations,
};

export type Operations = typeof operations;
export type OperationName = keyof Operations;
export type InputOf<Name extends OperationName> = Parameters<Operations[Name]['run']>[1];
export type OutputOf<Name extends OperationName> = ReturnType<Operations[Name]['run']>;
