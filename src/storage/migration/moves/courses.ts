import { keyOf } from '../../mongodb/keys.ts';
import { COURSE_USERS, COURSES } from '../../mongodb/lti/courses-collection.ts';
import { GRADE_LINES, GRADES_SENT } from '../../mongodb/lti/grades-collection.ts';
import { ROSTER_KNOWN, ROSTERS } from '../../mongodb/lti/rosters-collection.ts';
import { type Move, number, puts, tableMove, text, textOrNull } from '../move.ts';

/** What platforms' courses are like: services, people, rosters and grades. */
export const COURSE_MOVES: readonly Move[] = [
  tableMove({
    name: 'courses',
    table: 'courses',
    key: ['org', 'registration_id', 'deployment', 'course_id'],
    records: (rows) => [
      puts(
        COURSES,
        rows.map((row) => {
          const org = text(row, 'org');
          const registrationId = text(row, 'registration_id');
          const deployment = text(row, 'deployment');
          const courseId = text(row, 'course_id');
          return {
            _id: keyOf(org, registrationId, deployment, courseId),
            org,
            registrationId,
            deployment,
            courseId,
            membershipsUrl: textOrNull(row, 'memberships_url'),
            lineItemsUrl: textOrNull(row, 'line_items_url'),
            scopes: JSON.parse(text(row, 'scopes')),
            seenAt: number(row, 'seen_at'),
          };
        }),
      ),
    ],
  }),
  tableMove({
    name: 'users of courses',
    table: 'course_users',
    key: ['org', 'registration_id', 'course_id', 'sub'],
    records: (rows) => [
      puts(
        COURSE_USERS,
        rows.map((row) => {
          const org = text(row, 'org');
          const registrationId = text(row, 'registration_id');
          const courseId = text(row, 'course_id');
          const sub = text(row, 'sub');
          const groups = textOrNull(row, 'groups');
          return {
            _id: keyOf(org, registrationId, courseId, sub),
            within: keyOf(org, registrationId, courseId),
            org,
            registrationId,
            courseId,
            sub,
            learnerId: text(row, 'learner_id'),
            groups: groups === null ? null : JSON.parse(groups),
          };
        }),
      ),
    ],
  }),
  tableMove({
    name: 'learners of rosters',
    table: 'roster_known',
    key: ['org', 'cohort_id', 'learner_id'],
    records: (rows) => [
      puts(
        ROSTER_KNOWN,
        rows.map((row) => {
          const [org, cohortId, learnerId] = [
            text(row, 'org'),
            text(row, 'cohort_id'),
            text(row, 'learner_id'),
          ];
          return {
            _id: keyOf(org, cohortId, learnerId),
            within: keyOf(org, cohortId),
            org,
            learnerId,
            present: row.present === 1,
            n: 0,
          };
        }),
      ),
    ],
  }),
  tableMove({
    name: 'synchronisations of rosters',
    table:
      '(SELECT r.*, s.value AS state, r.seq = (SELECT max(n.seq) FROM roster_records n WHERE n.org = r.org AND ' +
      'n.cohort_id = r.cohort_id) AS newest FROM roster_records r ' +
      'JOIN roster_states s ON s.org = r.org AND s.cohort_id = r.cohort_id)',
    tables: ['roster_records', 'roster_states'],
    key: ['seq'],
    records: (rows) => [
      puts(
        ROSTERS,
        rows.map((row) => {
          const [org, cohortId, n] = [text(row, 'org'), text(row, 'cohort_id'), number(row, 'seq')];
          return {
            _id: keyOf(org, cohortId, n),
            within: keyOf(org, cohortId),
            n,
            org,
            record: text(row, 'value'),
            state: row.newest === 1 ? text(row, 'state') : '',
            known: [],
          };
        }),
      ),
    ],
  }),
  tableMove({
    name: 'columns of grades',
    table: 'grade_lines',
    key: ['org', 'cohort_id', 'key'],
    records: (rows) => [
      puts(
        GRADE_LINES,
        rows.map((row) => {
          const [org, cohortId, key] = [text(row, 'org'), text(row, 'cohort_id'), text(row, 'key')];
          const within = keyOf(org, cohortId);
          return { _id: keyOf(org, cohortId, key), within, key, value: text(row, 'value') };
        }),
      ),
    ],
  }),
  tableMove({
    name: 'grades',
    table: 'grades_sent',
    key: ['org', 'cohort_id', 'line', 'sub'],
    records: (rows) => [
      puts(
        GRADES_SENT,
        rows.map((row) => {
          const [org, cohortId, line, sub] = [
            text(row, 'org'),
            text(row, 'cohort_id'),
            text(row, 'line'),
            text(row, 'sub'),
          ];
          return {
            _id: keyOf(org, cohortId, line, sub),
            within: keyOf(org, cohortId),
            org,
            line,
            sub,
            value: text(row, 'value'),
          };
        }),
      ),
    ],
  }),
];
