import type { Connection } from 'mongoose';
import { ACCESS_KEYS, KEY_USES } from './access/access-keys-collection.ts';
import { GRANTS } from './access/grants-collection.ts';
import { INVITATIONS } from './access/invitations-collection.ts';
import { ORGANISATIONS } from './access/organisations.ts';
import { ATTACHMENT_USES, ATTACHMENTS, UPLOAD_PARTS } from './attachments/attachments-collections.ts';
import { DEFINITIONS } from './cohort-records/definitions-collection.ts';
import { ENROLMENTS } from './cohort-records/enrolments-collection.ts';
import { IDENTITIES, LEARNERS, LINKS, RULES } from './cohort-records/people-collection.ts';
import { PEOPLE_REVISIONS } from './cohort-records/people-revisions.ts';
import { type CollectionDefinition, modelOf } from './collection.ts';
import { DECISIONS } from './decisions-collection.ts';
import { DOCUMENTS } from './documents-collection.ts';
import { ERASURES, FROZEN } from './erasures/erasures-collections.ts';
import { ACCOUNT_MARKS } from './exchange/account-marks-collection.ts';
import { DEAD_LETTERS, FORWARD_STEPS, FORWARDS } from './exchange/forwards-collection.ts';
import { LEASES } from './exchange/leases-collection.ts';
import { PULL_PROGRESS, PULLS } from './exchange/pulls-collection.ts';
import { FACT_PAGES, FOLD_POSITIONS } from './facts/facts-collections.ts';
import { CONTENT_SESSIONS } from './lti/content-sessions-collection.ts';
import { COURSE_USERS, COURSES } from './lti/courses-collection.ts';
import { GRADE_LINES, GRADES_SENT } from './lti/grades-collection.ts';
import { LAUNCHES, LOGINS, SESSIONS } from './lti/launches-collection.ts';
import { REGISTRATION_CHANGES, WAITING } from './lti/registrations-collection.ts';
import { ROSTER_KNOWN, ROSTERS } from './lti/rosters-collection.ts';
import { LTIJS_RECORDS, TOOL_KEYS } from './lti/tool-keys-collection.ts';
import { QUARANTINE } from './quarantine-collection.ts';
import { ACTIVITIES, AGENT_NAMES, MAILBOXES } from './said/said-collections.ts';
import { BATCH_PARTS, BATCHES } from './statements/batches-collection.ts';
import { REFERENCES } from './statements/references-collection.ts';
import { STATEMENTS } from './statements/statements-collection.ts';

/** A collection of the database, whatever its fields. */
export interface AnyCollection {
  readonly name: string;
  /** Creates the indexes that are missing. */
  ensure(connection: Connection): Promise<void>;
}

function any<Fields>(definition: CollectionDefinition<Fields>): AnyCollection {
  return {
    name: definition.name,
    ensure: (connection) => modelOf(connection, definition).createIndexes(),
  };
}

/** Every collection of the database. */
export const COLLECTIONS: readonly AnyCollection[] = [
  any(STATEMENTS),
  any(REFERENCES),
  any(BATCHES),
  any(BATCH_PARTS),
  any(ACTIVITIES),
  any(AGENT_NAMES),
  any(MAILBOXES),
  any(ATTACHMENTS),
  any(ATTACHMENT_USES),
  any(UPLOAD_PARTS),
  any(DOCUMENTS),
  any(FOLD_POSITIONS),
  any(FACT_PAGES),
  any(ERASURES),
  any(FROZEN),
  any(QUARANTINE),
  any(ACCESS_KEYS),
  any(KEY_USES),
  any(GRANTS),
  any(INVITATIONS),
  any(ORGANISATIONS),
  any(DEFINITIONS),
  any(ENROLMENTS),
  any(IDENTITIES),
  any(LEARNERS),
  any(LINKS),
  any(RULES),
  any(PEOPLE_REVISIONS),
  any(DECISIONS),
  any(ACCOUNT_MARKS),
  any(DEAD_LETTERS),
  any(FORWARD_STEPS),
  any(FORWARDS),
  any(LEASES),
  any(PULL_PROGRESS),
  any(PULLS),
  any(CONTENT_SESSIONS),
  any(COURSE_USERS),
  any(COURSES),
  any(GRADE_LINES),
  any(GRADES_SENT),
  any(LAUNCHES),
  any(LOGINS),
  any(SESSIONS),
  any(REGISTRATION_CHANGES),
  any(WAITING),
  any(ROSTER_KNOWN),
  any(ROSTERS),
  any(LTIJS_RECORDS),
  any(TOOL_KEYS),
];
