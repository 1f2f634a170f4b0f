import type { Row } from '../../embedded/connection.ts';
import { DECISIONS } from '../../mongodb/decisions-collection.ts';
import { markOf, removalOf } from '../../mongodb/exchange/account-marks.ts';
import { ACCOUNT_MARKS } from '../../mongodb/exchange/account-marks-collection.ts';
import { resolutionOf } from '../../mongodb/exchange/dead-letters.ts';
import { DEAD_LETTERS, FORWARD_STEPS, FORWARDS } from '../../mongodb/exchange/forwards-collection.ts';
import { PULL_PROGRESS, PULLS } from '../../mongodb/exchange/pulls-collection.ts';
import { keyOf } from '../../mongodb/keys.ts';
import { type Move, number, numberOrNull, puts, tableMove, text, textOrNull } from '../move.ts';

/** No position: the step that stands for all that were made before begins there. */
const NOWHERE = -1;
/** The epoch before the first. */
const BEFORE = 0;

const marks = (kind: 'forward' | 'pull', rows: readonly Row[]) =>
  puts(
    ACCOUNT_MARKS,
    rows.map((row) => ({
      _id: markOf(kind, text(row, 'id')),
      attempts: number(row, 'attempts'),
      nextAttemptAt: numberOrNull(row, 'next_attempt_at'),
      lastError: textOrNull(row, 'last_error'),
      lastSuccessAt: numberOrNull(row, 'last_success_at'),
      paused: row.paused === 1,
      failedAt: kind === 'forward' ? number(row, 'position') : null,
    })),
  );

const removals = (kind: 'forward' | 'pull', rows: readonly Row[]) =>
  puts(
    DECISIONS,
    rows.flatMap((row) => {
      const at = numberOrNull(row, 'removed_at');
      return at === null ? [] : [{ _id: removalOf(kind, text(row, 'id')), at }];
    }),
  );

/** Other LRSs: how far each was read or sent to, and what they refused. */
export const EXCHANGE_MOVES: readonly Move[] = [
  tableMove({
    name: 'targets of forwarding',
    table: 'forwards',
    key: ['id'],
    records: (rows) => [
      puts(
        FORWARDS,
        rows.map((row) => ({
          _id: text(row, 'id'),
          org: text(row, 'org'),
          createdAt: number(row, 'created_at'),
          value: text(row, 'value'),
        })),
      ),
      puts(
        FORWARD_STEPS,
        rows.map((row) => ({
          _id: keyOf(text(row, 'id'), NOWHERE),
          target: text(row, 'id'),
          from: NOWHERE,
          to: number(row, 'position'),
          lastSuccessAt: numberOrNull(row, 'last_success_at'),
          dead: [],
        })),
      ),
      marks('forward', rows),
      removals('forward', rows),
    ],
  }),
  tableMove({
    name: 'dead letters',
    table: 'dead_letters',
    key: ['target', 'statement_id'],
    records: (rows) => {
      const letters = rows.map((row) => ({
        _id: keyOf(text(row, 'target'), text(row, 'statement_id')),
        refusal: 'migrated',
        org: text(row, 'org'),
        target: text(row, 'target'),
        statementId: text(row, 'statement_id'),
        seq: number(row, 'seq'),
        reason: text(row, 'reason'),
        status: number(row, 'status'),
        at: number(row, 'at'),
      }));
      return [
        puts(DEAD_LETTERS, letters),
        puts(
          DECISIONS,
          letters.flatMap((letter, index) => {
            const at = numberOrNull(rows[index] ?? {}, 'resolved_at');
            return at === null ? [] : [{ _id: resolutionOf(letter), at }];
          }),
        ),
      ];
    },
  }),
  tableMove({
    name: 'sources of pulling',
    table: 'pulls',
    key: ['id'],
    records: (rows) => [
      puts(
        PULLS,
        rows.map((row) => ({
          _id: text(row, 'id'),
          org: text(row, 'org'),
          url: text(row, 'url'),
          keyId: text(row, 'key_id'),
          createdAt: number(row, 'created_at'),
          value: text(row, 'value'),
        })),
      ),
      puts(
        PULL_PROGRESS,
        rows.map((row) => ({
          _id: keyOf(text(row, 'id'), BEFORE),
          source: text(row, 'id'),
          epoch: BEFORE,
          value: text(row, 'progress'),
        })),
      ),
      marks('pull', rows),
      removals('pull', rows),
    ],
  }),
];
