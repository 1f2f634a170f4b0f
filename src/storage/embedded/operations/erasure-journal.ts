import type { ErasureRecord, FrozenFigures, OpenErasure, Removed } from '../../ports/erasure-store.ts';
import type { Row } from '../connection.ts';
import { read, write } from '../operation.ts';

function toRecord(row: Row): ErasureRecord {
  const kept: Pick<ErasureRecord, 'cohorts' | 'removed'> = JSON.parse(String(row.value));
  return {
    id: String(row.id),
    begunAt: Number(row.begun_at),
    finishedAt: row.finished_at === null ? null : Number(row.finished_at),
    cohorts: kept.cohorts,
    removed: kept.removed ?? {},
  };
}

function toFrozen(row: Row): FrozenFigures {
  return {
    org: String(row.org),
    cohortId: String(row.cohort_id),
    erasureId: String(row.erasure_id),
    recordedAt: Number(row.recorded_at),
    metrics: String(row.metrics),
  };
}

const journal = {
  'erasures.begin': write(({ db }, { id, org, begunAt, subject, cohorts }: OpenErasure): null => {
    db.run(
      'INSERT INTO erasures (id, org, begun_at, value) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
      id,
      org,
      begunAt,
      JSON.stringify({ subject, cohorts }),
    );
    return null;
  }),
  'erasures.open': read(({ db }, org: string): readonly OpenErasure[] =>
    db
      .all('SELECT * FROM erasures WHERE org = ? AND finished_at IS NULL ORDER BY begun_at, id', org)
      .map((row) => {
        const kept: Pick<OpenErasure, 'subject' | 'cohorts'> = JSON.parse(String(row.value));
        const { subject, cohorts } = kept;
        return { id: String(row.id), org, begunAt: Number(row.begun_at), subject, cohorts };
      }),
  ),
  'erasures.list': read(({ db }, org: string): readonly ErasureRecord[] =>
    db.all('SELECT * FROM erasures WHERE org = ? ORDER BY begun_at, id', org).map(toRecord),
  ),
  'erasures.forgetSubject': write(
    ({ db }, input: { readonly id: string; readonly removed: Removed }): null => {
      db.run(
        "UPDATE erasures SET value = json_object('subject', NULL, 'cohorts', json_extract(value, '$.cohorts'), " +
          "'removed', json(?)) WHERE id = ?",
        JSON.stringify(input.removed),
        input.id,
      );
      return null;
    },
  ),
  'erasures.finish': write(({ db }, input: { readonly id: string; readonly at: number }): null => {
    db.run('UPDATE erasures SET finished_at = ? WHERE id = ? AND finished_at IS NULL', input.at, input.id);
    return null;
  }),
};

const frozen = {
  'erasures.freeze': write(({ db }, figures: FrozenFigures): null => {
    db.run(
      'INSERT INTO frozen_figures (org, cohort_id, erasure_id, recorded_at, metrics) VALUES (?, ?, ?, ?, ?) ' +
        'ON CONFLICT DO NOTHING',
      figures.org,
      figures.cohortId,
      figures.erasureId,
      figures.recordedAt,
      figures.metrics,
    );
    return null;
  }),
  'erasures.frozen': read(
    ({ db }, input: { readonly org: string; readonly cohortId: string }): readonly FrozenFigures[] =>
      db
        .all(
          'SELECT * FROM frozen_figures WHERE org = ? AND cohort_id = ? ORDER BY recorded_at, erasure_id',
          input.org,
          input.cohortId,
        )
        .map(toFrozen),
  ),
};

export const erasureJournalOperations = { ...journal, ...frozen };
