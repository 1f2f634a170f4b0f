import type { RosterKnown, RosterRecord, RosterState } from '../../ports/roster-store.ts';
import { read, write } from '../operation.ts';

interface OfCohort {
  readonly org: string;
  readonly cohortId: string;
}

export const rosterOperations = {
  'rosters.state': read(({ db }, { org, cohortId }: OfCohort): RosterState | null => {
    const row = db.get('SELECT value FROM roster_states WHERE org = ? AND cohort_id = ?', org, cohortId);
    return row ? JSON.parse(String(row.value)) : null;
  }),
  'rosters.known': read(({ db }, { org, cohortId }: OfCohort): readonly RosterKnown[] =>
    db
      .all(
        'SELECT learner_id, present FROM roster_known WHERE org = ? AND cohort_id = ? ORDER BY learner_id',
        org,
        cohortId,
      )
      .map((row) => ({ learnerId: String(row.learner_id), present: row.present === 1 })),
  ),
  'rosters.keep': write(
    (
      { db },
      input: {
        readonly record: RosterRecord;
        readonly state: RosterState;
        readonly known: readonly RosterKnown[];
      },
    ): null => {
      const { record, state } = input;
      db.run(
        'INSERT INTO roster_records (org, cohort_id, value) VALUES (?, ?, ?)',
        record.org,
        record.cohortId,
        JSON.stringify(record),
      );
      db.run(
        'INSERT INTO roster_states (org, cohort_id, value) VALUES (?, ?, ?) ' +
          'ON CONFLICT DO UPDATE SET value = excluded.value',
        state.org,
        state.cohortId,
        JSON.stringify(state),
      );
      for (const { learnerId, present } of input.known)
        db.run(
          'INSERT INTO roster_known (org, cohort_id, learner_id, present) VALUES (?, ?, ?, ?) ' +
            'ON CONFLICT DO UPDATE SET present = excluded.present',
          state.org,
          state.cohortId,
          learnerId,
          present ? 1 : 0,
        );
      return null;
    },
  ),
  'rosters.records': read(
    ({ db }, { org, cohortId, limit }: OfCohort & { readonly limit: number }): readonly RosterRecord[] =>
      db
        .all(
          'SELECT value FROM roster_records WHERE org = ? AND cohort_id = ? ORDER BY seq DESC LIMIT ?',
          org,
          cohortId,
          limit,
        )
        .map((row): RosterRecord => JSON.parse(String(row.value))),
  ),
};
