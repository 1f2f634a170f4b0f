import { ERASURES, FROZEN } from '../../mongodb/erasures/erasures-collections.ts';
import { keyOf } from '../../mongodb/keys.ts';
import { type Move, number, numberOrNull, puts, tableMove, text } from '../move.ts';

/** Erasures, under way or done, and the figures that they left. */
export const ERASURE_MOVES: readonly Move[] = [
  tableMove({
    name: 'erasures',
    table: 'erasures',
    key: ['id'],
    records: (rows) => [
      puts(
        ERASURES,
        rows.map((row) => ({
          _id: text(row, 'id'),
          org: text(row, 'org'),
          begunAt: number(row, 'begun_at'),
          finishedAt: numberOrNull(row, 'finished_at'),
          value: text(row, 'value'),
        })),
      ),
    ],
  }),
  tableMove({
    name: 'frozen figures',
    table: 'frozen_figures',
    key: ['org', 'cohort_id', 'erasure_id'],
    size: 50,
    records: (rows) => [
      puts(
        FROZEN,
        rows.map((row) => {
          const [org, cohortId, erasureId] = [
            text(row, 'org'),
            text(row, 'cohort_id'),
            text(row, 'erasure_id'),
          ];
          const recordedAt = number(row, 'recorded_at');
          const metrics = text(row, 'metrics');
          return { _id: keyOf(org, cohortId, erasureId), org, cohortId, erasureId, recordedAt, metrics };
        }),
      ),
    ],
  }),
];
