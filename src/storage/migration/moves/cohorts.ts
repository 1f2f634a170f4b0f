import { mailDigests } from '../../../../xapi/statement/mail-digests.ts';
import { DEFINITIONS } from '../../mongodb/cohort-records/definitions-collection.ts';
import { enrolmentFields } from '../../mongodb/cohort-records/enrolments.ts';
import { ENROLMENTS } from '../../mongodb/cohort-records/enrolments-collection.ts';
import { linkFields } from '../../mongodb/cohort-records/people.ts';
import { IDENTITIES, LEARNERS, LINKS, RULES } from '../../mongodb/cohort-records/people-collection.ts';
import { groupedBy } from '../../mongodb/grouped.ts';
import { keyOf } from '../../mongodb/keys.ts';
import type { EnrolmentChange, IdentityLink } from '../../ports/cohort-store.ts';
import { json, type Move, number, puts, tableMove, text, textOrNull } from '../move.ts';

/** Definitions, enrolments, and who is who. Records are numbered by the position of the last row in them. */
export const COHORT_MOVES: readonly Move[] = [
  tableMove({
    name: 'definitions',
    table: 'definitions',
    key: ['org', 'cohort_id', 'version'],
    size: 100,
    records: (rows) => [
      puts(
        DEFINITIONS,
        rows.map((row) => {
          const [org, cohortId, n] = [text(row, 'org'), text(row, 'cohort_id'), number(row, 'version')];
          return {
            _id: keyOf(org, cohortId, n),
            within: keyOf(org, cohortId),
            n,
            org,
            cohortId,
            definition: text(row, 'definition'),
            removed: row.removed === 1,
            recordedAt: number(row, 'recorded_at'),
            recordedBy: text(row, 'recorded_by'),
          };
        }),
      ),
    ],
  }),
  tableMove({
    name: 'enrolments',
    table: 'enrolment_changes',
    key: ['seq'],
    size: 1_000,
    records: (rows) => [
      puts(
        ENROLMENTS,
        [...groupedBy(rows, (row) => keyOf(text(row, 'org'), text(row, 'cohort_id')))].map(
          ([within, some]) => {
            const changes = some.map((row) => json<EnrolmentChange>(row));
            const [org, cohortId] = [text(some[0] ?? {}, 'org'), text(some[0] ?? {}, 'cohort_id')];
            const n = number(some.at(-1) ?? {}, 'seq');
            return { _id: keyOf(org, cohortId, n), within, n, org, cohortId, ...enrolmentFields(changes) };
          },
        ),
      ),
    ],
  }),
  tableMove({
    name: 'learners',
    table: 'learners',
    key: ['org', 'id'],
    records: (rows) => [
      puts(
        LEARNERS,
        rows.map((row) => {
          const [org, id] = [text(row, 'org'), text(row, 'id')];
          return { _id: keyOf(org, id), org, id, name: textOrNull(row, 'name') };
        }),
      ),
    ],
  }),
  tableMove({
    name: 'identities',
    table:
      '(SELECT i.*, l.name FROM identities i LEFT JOIN learners l ON l.org = i.org AND l.id = i.learner_id)',
    tables: ['identities', 'identity_mails'],
    key: ['org', 'actor'],
    records: (rows) => [
      puts(
        IDENTITIES,
        rows.map((row) => {
          const [org, actor] = [text(row, 'org'), text(row, 'actor')];
          return {
            _id: keyOf(org, actor),
            org,
            actor,
            learnerId: text(row, 'learner_id'),
            recordedAt: number(row, 'recorded_at'),
            name: textOrNull(row, 'name'),
            mails: [...mailDigests(actor)],
          };
        }),
      ),
    ],
  }),
  tableMove({
    name: 'links between learners',
    table: 'identity_links',
    key: ['seq'],
    records: (rows) => [
      puts(
        LINKS,
        [...groupedBy(rows, (row) => text(row, 'org'))].map(([org, some]) => {
          const n = number(some.at(-1) ?? {}, 'seq');
          const links = some.map((row) => json<IdentityLink>(row));
          return { _id: keyOf(org, n), within: keyOf(org), n, org, ...linkFields(links) };
        }),
      ),
    ],
  }),
  tableMove({
    name: 'rules of identity',
    table: 'identity_rules',
    key: ['seq'],
    records: (rows) => [
      puts(
        RULES,
        rows.map((row) => {
          const [org, n] = [text(row, 'org'), number(row, 'seq')];
          return { _id: keyOf(org, n), within: keyOf(org), n, value: text(row, 'value') };
        }),
      ),
    ],
  }),
];
