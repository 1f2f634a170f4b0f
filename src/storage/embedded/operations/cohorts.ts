import type { DefinitionVersion, EnrolmentChange } from '../../ports/cohort-store.ts';
import type { Row } from '../connection.ts';
import { type OperationContext, read, write } from '../operation.ts';

function toVersion(row: Row): DefinitionVersion {
  return {
    org: String(row.org),
    cohortId: String(row.cohort_id),
    version: Number(row.version),
    definition: String(row.definition),
    removed: row.removed === 1,
    recordedAt: Number(row.recorded_at),
    recordedBy: String(row.recorded_by),
  };
}

type NewVersion = Omit<DefinitionVersion, 'version'>;

/** Number of the newest version; 0 where there is none. */
function newestVersion({ db }: OperationContext, { org, cohortId }: NewVersion): number {
  const sql = 'SELECT max(version) AS version FROM definitions WHERE org = ? AND cohort_id = ?';
  return Number(db.get(sql, org, cohortId)?.version ?? 0);
}

function addVersion({ db }: OperationContext, input: NewVersion, newest: number): DefinitionVersion {
  const version = newest + 1;
  db.run(
    'INSERT INTO definitions (org, cohort_id, version, definition, removed, recorded_at, recorded_by) ' +
      'VALUES (?, ?, ?, ?, ?, ?, ?)',
    input.org,
    input.cohortId,
    version,
    input.definition,
    input.removed ? 1 : 0,
    input.recordedAt,
    input.recordedBy,
  );
  return { ...input, version };
}

const definitions = {
  'cohorts.addVersion': write(
    (context, input: NewVersion): DefinitionVersion =>
      addVersion(context, input, newestVersion(context, input)),
  ),
  'cohorts.addVersionAfter': write(
    (
      context,
      { version, newest }: { readonly version: NewVersion; readonly newest: number },
    ): DefinitionVersion | null =>
      newestVersion(context, version) === newest ? addVersion(context, version, newest) : null,
  ),
  'cohorts.currentVersions': read(({ db }, org: string | null): readonly DefinitionVersion[] =>
    db
      .all(
        'SELECT d.* FROM definitions d WHERE (?1 IS NULL OR d.org = ?1) AND d.version = ' +
          '(SELECT max(n.version) FROM definitions n WHERE n.org = d.org AND n.cohort_id = d.cohort_id) ' +
          'ORDER BY d.org, d.cohort_id',
        org,
      )
      .map(toVersion),
  ),
  'cohorts.versions': read(
    ({ db }, input: { readonly org: string; readonly cohortId: string }): readonly DefinitionVersion[] =>
      db
        .all(
          'SELECT * FROM definitions WHERE org = ? AND cohort_id = ? ORDER BY version',
          input.org,
          input.cohortId,
        )
        .map(toVersion),
  ),
};

const enrolments = {
  'cohorts.addEnrolmentChanges': write(({ db }, changes: readonly EnrolmentChange[]): null => {
    for (const change of changes)
      db.run(
        'INSERT INTO enrolment_changes (org, cohort_id, enrolment_id, learner_id, recorded_at, value) ' +
          'VALUES (?, ?, ?, ?, ?, ?)',
        change.org,
        change.cohortId,
        change.enrolmentId,
        change.learnerId,
        change.recordedAt,
        JSON.stringify(change),
      );
    return null;
  }),
  /** EnrolmentChange[] as JSON: a text crosses to another thread in a fraction of the time of what it stands for. */
  'cohorts.enrolmentChanges': read(
    ({ db }, input: { readonly org: string; readonly cohortId: string }): string => {
      const sql = 'SELECT value FROM enrolment_changes WHERE org = ? AND cohort_id = ? ORDER BY seq';
      return `[${db.all(sql, input.org, input.cohortId).map((row) => row.value)}]`;
    },
  ),
};

export const cohortOperations = { ...definitions, ...enrolments };
