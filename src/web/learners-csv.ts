import type { CohortDefinition } from '../../config/cohort-definition.ts';
import type { LearnerRow } from '../metrics/types.ts';
import { csvText } from './csv-text.ts';
import type { Texts } from './intl.ts';
import { pseudonymCode } from './pseudonym.ts';
import { unitTitle } from './unit-words.ts';

/**
 * The learners' table as CSV (RFC 4180, UTF-8 with a byte order mark for spreadsheets): field names are those of the
 * API, states and alerts its words, instants ISO 8601, progress a share 0..1; one column a unit with satisfiedAt.
 */
export function learnersCsv(definition: CohortDefinition, rows: readonly LearnerRow[], texts: Texts): string {
  const head = [
    'enrolmentId',
    'name',
    'state',
    'since',
    'alerts',
    'progress',
    'realisation',
    'enrolledAt',
    'endedAt',
    'firstActAt',
    'lastActAt',
    'lastSeenAt',
    'completedAt',
    ...definition.units.map((unit) => unitTitle(definition, unit, texts)),
  ];
  const lines = rows.map((row) => [
    row.enrolmentId,
    row.name ?? pseudonymCode(row.enrolmentId),
    row.state,
    row.since,
    row.alerts.join(' '),
    row.progress,
    row.realisation,
    row.enrolledAt,
    row.endedAt,
    row.firstActAt,
    row.lastActAt,
    row.lastSeenAt,
    row.completedAt,
    ...row.units.map(({ satisfiedAt }) => satisfiedAt),
  ]);
  return csvText([head, ...lines]);
}
