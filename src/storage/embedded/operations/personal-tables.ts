import type { DataSubject } from '../../ports/subject-store.ts';
import type { SqlValue } from '../connection.ts';

/** Rows about a person: what an access shows, and an erasure removes. */
export interface PersonalTable {
  readonly kind: string;
  readonly table: string;
  readonly where: string;
  /** Rows of other people that name the person: removed, but shown to nobody else. */
  readonly alsoErased?: string;
  /** Columns that nobody needs to see: secrets, and what is said elsewhere. */
  readonly hidden?: readonly string[];
}

/** The values that the conditions below are about; they stand before SELECT or DELETE. */
export const GIVEN = 'WITH given (org, actors, learners, users) AS (VALUES (?1, ?2, ?3, ?4))';
const ORG = 'org = (SELECT org FROM given)';
const ACTORS = '(SELECT j.value FROM given, json_each(given.actors) j)';
const LEARNERS = '(SELECT j.value FROM given, json_each(given.learners) j)';
/** Whether these two are a platform and a user among those given. */
const user = (registration: string, sub: string): string =>
  'EXISTS (SELECT 1 FROM given, json_each(given.users) j ' +
  `WHERE json_extract(j.value, '$[0]') = ${registration} AND json_extract(j.value, '$[1]') = ${sub})`;
const ofLaunch = (field: string): string => `json_extract(launches.value, '$.${field}')`;
const OF_THIS_ORG = `${ofLaunch('org')} = (SELECT org FROM given)`;

/** In an order that removes what hangs on a row before the row. */
export const PERSONAL_TABLES: readonly PersonalTable[] = [
  {
    kind: 'document',
    table: 'documents',
    where: `${ORG} AND agent IN ${ACTORS}`,
  },
  {
    kind: 'enrolment',
    table: 'enrolment_changes',
    where: `${ORG} AND learner_id IN ${LEARNERS}`,
    hidden: ['seq', 'cohort_id', 'enrolment_id', 'learner_id', 'recorded_at'],
  },
  {
    kind: 'roster',
    table: 'roster_known',
    where: `${ORG} AND learner_id IN ${LEARNERS}`,
  },
  {
    kind: 'grade',
    table: 'grades_sent',
    where:
      `${ORG} AND EXISTS (SELECT 1 FROM given, json_each(given.users) u ` +
      "WHERE json_extract(u.value, '$[1]') = grades_sent.sub AND coalesce((SELECT json_extract(g.value, '$.registrationId') " +
      'FROM grade_lines g WHERE g.org = grades_sent.org AND g.cohort_id = grades_sent.cohort_id ' +
      "AND g.key = grades_sent.line), json_extract(u.value, '$[0]')) = json_extract(u.value, '$[0]'))",
    hidden: ['cohort_id', 'line', 'sub'],
  },
  {
    kind: 'launch',
    table: 'launches',
    where: `${OF_THIS_ORG} AND ${user(ofLaunch('registrationId'), ofLaunch('sub'))}`,
    alsoErased:
      `${OF_THIS_ORG} AND (${user(ofLaunch('registrationId'), ofLaunch('reviewedSub'))} OR EXISTS ` +
      `(SELECT 1 FROM json_each(launches.value, '$.mentees') m WHERE ${user(ofLaunch('registrationId'), 'm.value')}))`,
    hidden: ['id', 'session_hash', 'created_at'],
  },
  {
    kind: 'session',
    table: 'sessions',
    where: `${ORG} AND ${user('sessions.registration_id', 'sessions.sub')}`,
    hidden: ['hash'],
  },
  {
    kind: 'content session',
    table: 'content_sessions',
    where: `${ORG} AND actor IN ${ACTORS}`,
    hidden: ['fetch_hash', 'key'],
  },
  {
    kind: 'content key',
    table: 'keys',
    where: `${ORG} AND bound_actor IN ${ACTORS}`,
    hidden: ['secret_hash'],
  },
  {
    kind: 'role',
    table: 'grants',
    where: `${ORG} AND ${user('grants.registration_id', 'grants.sub')}`,
    hidden: ['registration_id', 'sub', 'granted_at'],
  },
  {
    kind: 'course user',
    table: 'course_users',
    where: `${ORG} AND (learner_id IN ${LEARNERS} OR ${user('course_users.registration_id', 'course_users.sub')})`,
  },
  {
    kind: 'name in statements',
    table: 'agent_names',
    where: `${ORG} AND actor IN ${ACTORS}`,
  },
  {
    kind: 'identity link',
    table: 'identity_links',
    where: `${ORG} AND (learner_id IN ${LEARNERS} OR other IN ${LEARNERS})`,
    hidden: ['seq', 'learner_id', 'other'],
  },
  {
    kind: 'mailbox digest',
    table: 'identity_mails',
    where: `${ORG} AND learner_id IN ${LEARNERS}`,
  },
  {
    kind: 'identity',
    table: 'identities',
    where: `${ORG} AND (learner_id IN ${LEARNERS} OR actor IN ${ACTORS})`,
  },
  { kind: 'learner', table: 'learners', where: `${ORG} AND id IN ${LEARNERS}` },
];

/** The values of GIVEN. */
export function givenValues(org: string, { actors, learnerIds, users }: DataSubject): readonly SqlValue[] {
  return [
    org,
    JSON.stringify(actors),
    JSON.stringify(learnerIds),
    JSON.stringify(users.map(({ registrationId, sub }) => [registrationId, sub])),
  ];
}
