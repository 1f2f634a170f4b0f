import type { CohortPeople, DefinitionVersion, EnrolmentChange, Learner } from '../../ports/cohort-store.ts';
import type { Connection, Row } from '../connection.ts';
import { read, write } from '../operation.ts';

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

function toLearner(row: Row): Learner {
  return { org: String(row.org), id: String(row.id), name: row.name === null ? null : String(row.name) };
}

const definitions = {
  'cohorts.addVersion': write(({ db }, input: Omit<DefinitionVersion, 'version'>): DefinitionVersion => {
    const row = db.get(
      'SELECT coalesce(max(version), 0) + 1 AS version FROM definitions WHERE org = ? AND cohort_id = ?',
      input.org,
      input.cohortId,
    );
    const version = Number(row?.version);
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
  }),
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

interface Person {
  readonly actor: string;
  readonly learnerId: string;
  readonly name: string | null;
}

/** The learner with this identifier, made when there is none. */
function learnerOf(db: Connection, org: string, { actor, learnerId, name }: Person, at: number): Learner {
  const known = db.get(
    'SELECT l.* FROM identities i JOIN learners l ON l.org = i.org AND l.id = i.learner_id ' +
      'WHERE i.org = ? AND i.actor = ?',
    org,
    actor,
  );
  if (known) return toLearner(known);
  db.run('INSERT INTO learners (org, id, name) VALUES (?, ?, ?)', org, learnerId, name);
  db.run(
    'INSERT INTO identities (org, actor, learner_id, recorded_at) VALUES (?, ?, ?, ?)',
    org,
    actor,
    learnerId,
    at,
  );
  return { org, id: learnerId, name };
}

const learners = {
  'cohorts.learnerOf': write(
    ({ db }, { org, at, ...person }: Person & { readonly org: string; readonly at: number }): Learner =>
      learnerOf(db, org, person, at),
  ),
  'cohorts.learnersOf': write(
    (
      { db },
      input: { readonly org: string; readonly people: readonly Person[]; readonly at: number },
    ): readonly Learner[] => input.people.map((person) => learnerOf(db, input.org, person, input.at)),
  ),
  'cohorts.findLearner': read(
    ({ db }, input: { readonly org: string; readonly actor: string }): Learner | null => {
      const row = db.get(
        'SELECT l.* FROM identities i JOIN learners l ON l.org = i.org AND l.id = i.learner_id ' +
          'WHERE i.org = ? AND i.actor = ?',
        input.org,
        input.actor,
      );
      return row ? toLearner(row) : null;
    },
  ),
  'cohorts.renameLearner': write(
    (
      { db },
      input: { readonly org: string; readonly learnerId: string; readonly name: string | null },
    ): null => {
      db.run('UPDATE learners SET name = ? WHERE org = ? AND id = ?', input.name, input.org, input.learnerId);
      return null;
    },
  ),
  /** CohortPeople as JSON, like the changes. */
  'cohorts.learners': read(({ db }, input: { readonly org: string; readonly cohortId: string }): string => {
    const enrolled = '(SELECT DISTINCT learner_id FROM enrolment_changes WHERE org = ?1 AND cohort_id = ?2)';
    const people: CohortPeople = {
      learners: db
        .all(
          `SELECT * FROM learners WHERE org = ?1 AND id IN ${enrolled} ORDER BY id`,
          input.org,
          input.cohortId,
        )
        .map(toLearner),
      identities: db
        .all(
          `SELECT * FROM identities WHERE org = ?1 AND learner_id IN ${enrolled} ORDER BY actor`,
          input.org,
          input.cohortId,
        )
        .map((row) => ({
          org: String(row.org),
          actor: String(row.actor),
          learnerId: String(row.learner_id),
          recordedAt: Number(row.recorded_at),
        })),
    };
    return JSON.stringify(people);
  }),
};

export const cohortOperations = { ...definitions, ...enrolments, ...learners };
