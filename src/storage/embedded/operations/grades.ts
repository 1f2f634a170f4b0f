import type { GradeLine, GradeSent } from '../../ports/grade-store.ts';
import { read, write } from '../operation.ts';

interface OfCohort {
  readonly org: string;
  readonly cohortId: string;
}

export const gradeOperations = {
  'grades.lines': read(({ db }, { org, cohortId }: OfCohort): readonly GradeLine[] =>
    db
      .all('SELECT value FROM grade_lines WHERE org = ? AND cohort_id = ? ORDER BY key', org, cohortId)
      .map((row): GradeLine => JSON.parse(String(row.value))),
  ),
  'grades.saveLine': write(({ db }, line: GradeLine): null => {
    db.run(
      'INSERT INTO grade_lines (org, cohort_id, key, value) VALUES (?, ?, ?, ?) ' +
        'ON CONFLICT DO UPDATE SET value = excluded.value',
      line.org,
      line.cohortId,
      line.key,
      JSON.stringify(line),
    );
    return null;
  }),
  'grades.sent': read(({ db }, { org, cohortId }: OfCohort): readonly GradeSent[] =>
    db
      .all('SELECT value FROM grades_sent WHERE org = ? AND cohort_id = ? ORDER BY line, sub', org, cohortId)
      .map((row): GradeSent => JSON.parse(String(row.value))),
  ),
  'grades.saveSent': write(({ db }, sent: GradeSent): null => {
    db.run(
      'INSERT INTO grades_sent (org, cohort_id, line, sub, value) VALUES (?, ?, ?, ?, ?) ' +
        'ON CONFLICT DO UPDATE SET value = excluded.value',
      sent.org,
      sent.cohortId,
      sent.line,
      sent.sub,
      JSON.stringify(sent),
    );
    return null;
  }),
  'grades.retry': write(({ db }, { org, cohortId }: OfCohort): number => {
    const sent = db.run(
      "UPDATE grades_sent SET value = json_set(value, '$.dead', json('false'), '$.nextAttemptAt', NULL) " +
        "WHERE org = ? AND cohort_id = ? AND (json_extract(value, '$.dead') = 1 " +
        "OR json_extract(value, '$.nextAttemptAt') IS NOT NULL)",
      org,
      cohortId,
    );
    const lines = db.run(
      "UPDATE grade_lines SET value = json_set(value, '$.nextAttemptAt', NULL, " +
        "'$.url', CASE json_extract(value, '$.gone') WHEN 1 THEN NULL ELSE json_extract(value, '$.url') END, " +
        "'$.gone', json('false')) WHERE org = ? AND cohort_id = ? " +
        "AND (json_extract(value, '$.gone') = 1 OR json_extract(value, '$.nextAttemptAt') IS NOT NULL)",
      org,
      cohortId,
    );
    return sent + lines;
  }),
};
