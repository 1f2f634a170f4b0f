import type {
  DeadLetter,
  ForwardStep,
  ForwardTarget,
  NewDeadLetter,
  NewForwardTarget,
} from '../../ports/forward-store.ts';
import type { Connection, Row } from '../connection.ts';
import { read, write } from '../operation.ts';
import { leaseOperation, releaseOperation } from './leases.ts';

function toTarget(row: Row): ForwardTarget {
  const kept: NewForwardTarget = JSON.parse(String(row.value));
  return {
    ...kept,
    position: Number(row.position),
    attempts: Number(row.attempts),
    nextAttemptAt: numberOrNull(row.next_attempt_at),
    lastError: row.last_error === null ? null : String(row.last_error),
    lastSuccessAt: numberOrNull(row.last_success_at),
    paused: row.paused === 1,
    removedAt: numberOrNull(row.removed_at),
  };
}

function toLetter(row: Row): DeadLetter {
  return {
    org: String(row.org),
    target: String(row.target),
    statementId: String(row.statement_id),
    seq: Number(row.seq),
    reason: String(row.reason),
    status: Number(row.status),
    at: Number(row.at),
    resolvedAt: numberOrNull(row.resolved_at),
  };
}

function numberOrNull(value: Row[string] | undefined): number | null {
  return value === null || value === undefined ? null : Number(value);
}

function keepLetter(db: Connection, org: string, target: string, letter: NewDeadLetter): void {
  db.run(
    'INSERT INTO dead_letters (target, statement_id, org, seq, reason, status, at, resolved_at) ' +
      'VALUES (?, ?, ?, ?, ?, ?, ?, NULL) ON CONFLICT (target, statement_id) DO UPDATE ' +
      'SET reason = excluded.reason, status = excluded.status, at = excluded.at, resolved_at = NULL',
    target,
    letter.statementId,
    org,
    letter.seq,
    letter.reason,
    letter.status,
    letter.at,
  );
}

export const forwardOperations = {
  'forwards.insert': write(({ db }, target: NewForwardTarget): null => {
    db.run(
      'INSERT INTO forwards (id, org, value, position, created_at) VALUES (?, ?, ?, ?, ?)',
      target.id,
      target.org,
      JSON.stringify(target),
      target.position,
      target.createdAt,
    );
    return null;
  }),
  'forwards.find': read(
    ({ db }, input: { readonly org: string; readonly id: string }): ForwardTarget | null => {
      const row = db.get(
        'SELECT * FROM forwards WHERE org = ? AND id = ? AND removed_at IS NULL',
        input.org,
        input.id,
      );
      return row ? toTarget(row) : null;
    },
  ),
  'forwards.list': read(({ db }, org: string | null): readonly ForwardTarget[] =>
    db
      .all(
        'SELECT * FROM forwards WHERE (?1 IS NULL OR org = ?1) AND removed_at IS NULL ORDER BY created_at, id',
        org,
      )
      .map(toTarget),
  ),
  'forwards.setPaused': write(
    ({ db }, input: { readonly org: string; readonly id: string; readonly paused: boolean }): boolean =>
      db.run(
        'UPDATE forwards SET paused = ?, attempts = 0, next_attempt_at = NULL ' +
          'WHERE org = ? AND id = ? AND removed_at IS NULL',
        input.paused ? 1 : 0,
        input.org,
        input.id,
      ) > 0,
  ),
  'forwards.remove': write(
    ({ db }, input: { readonly org: string; readonly id: string; readonly at: number }): boolean =>
      db.run(
        'UPDATE forwards SET removed_at = ? WHERE org = ? AND id = ? AND removed_at IS NULL',
        input.at,
        input.org,
        input.id,
      ) > 0,
  ),
  'forwards.lease': leaseOperation('forwards'),
  'forwards.release': releaseOperation('forwards'),
  'forwards.advance': write(({ db }, step: ForwardStep): boolean => {
    const row = db.get(
      'UPDATE forwards SET position = ?, attempts = 0, next_attempt_at = NULL, last_error = NULL, ' +
        'last_success_at = coalesce(?, last_success_at) ' +
        'WHERE id = ? AND epoch = ? AND position = ? AND removed_at IS NULL RETURNING org',
      step.to,
      step.sentAt,
      step.id,
      step.epoch,
      step.from,
    );
    if (!row) return false;
    for (const letter of step.dead) keepLetter(db, String(row.org), step.id, letter);
    return true;
  }),
  'forwards.postpone': write(
    (
      { db },
      input: {
        readonly id: string;
        readonly epoch: number;
        readonly attempts: number;
        readonly nextAttemptAt: number;
        readonly lastError: string;
      },
    ): boolean =>
      db.run(
        'UPDATE forwards SET attempts = ?, next_attempt_at = ?, last_error = ? WHERE id = ? AND epoch = ?',
        input.attempts,
        input.nextAttemptAt,
        input.lastError,
        input.id,
        input.epoch,
      ) > 0,
  ),
  'forwards.deadLetters': read(
    (
      { db },
      input: {
        readonly org: string;
        readonly target: string;
        readonly after: number;
        readonly limit: number;
      },
    ): readonly DeadLetter[] =>
      db
        .all(
          'SELECT * FROM dead_letters WHERE org = ? AND target = ? AND resolved_at IS NULL AND seq > ? ' +
            'ORDER BY seq LIMIT ?',
          input.org,
          input.target,
          input.after,
          input.limit,
        )
        .map(toLetter),
  ),
  'forwards.resolveDeadLetter': write(
    (
      { db },
      input: {
        readonly org: string;
        readonly target: string;
        readonly statementId: string;
        readonly at: number;
      },
    ): boolean =>
      db.run(
        'UPDATE dead_letters SET resolved_at = ? ' +
          'WHERE org = ? AND target = ? AND statement_id = ? AND resolved_at IS NULL',
        input.at,
        input.org,
        input.target,
        input.statementId,
      ) > 0,
  ),
  'forwards.renewDeadLetter': write(
    (
      { db },
      input: { readonly org: string; readonly target: string; readonly letter: NewDeadLetter },
    ): null => {
      keepLetter(db, input.org, input.target, input.letter);
      return null;
    },
  ),
};
