import type { NewPullSource, PullProgress, PullSource } from '../../ports/pull-store.ts';
import type { Row } from '../connection.ts';
import { read, write } from '../operation.ts';
import { leaseOperation, releaseOperation } from './leases.ts';

function toSource(row: Row): PullSource {
  const kept: NewPullSource = JSON.parse(String(row.value));
  const progress: PullProgress = JSON.parse(String(row.progress));
  return {
    ...kept,
    ...progress,
    attempts: Number(row.attempts),
    nextAttemptAt: row.next_attempt_at === null ? null : Number(row.next_attempt_at),
    lastError: row.last_error === null ? null : String(row.last_error),
    lastSuccessAt: row.last_success_at === null ? null : Number(row.last_success_at),
    paused: row.paused === 1,
    removedAt: row.removed_at === null ? null : Number(row.removed_at),
  };
}

export const pullOperations = {
  'pulls.insert': write(({ db }, source: NewPullSource): null => {
    const begin: PullProgress = {
      cursor: source.cursor,
      reached: null,
      more: null,
      lookFrom: source.cursor,
      taken: 0,
      refused: 0,
    };
    db.run(
      'INSERT INTO pulls (id, org, url, key_id, value, progress, created_at) VALUES (?, ?, ?, ?, ?, ?, ?)',
      source.id,
      source.org,
      source.url,
      source.keyId,
      JSON.stringify(source),
      JSON.stringify(begin),
      source.createdAt,
    );
    return null;
  }),
  'pulls.find': read(({ db }, input: { readonly org: string; readonly id: string }): PullSource | null => {
    const row = db.get(
      'SELECT * FROM pulls WHERE org = ? AND id = ? AND removed_at IS NULL',
      input.org,
      input.id,
    );
    return row ? toSource(row) : null;
  }),
  'pulls.list': read(({ db }, org: string | null): readonly PullSource[] =>
    db
      .all(
        'SELECT * FROM pulls WHERE (?1 IS NULL OR org = ?1) AND removed_at IS NULL ORDER BY created_at, id',
        org,
      )
      .map(toSource),
  ),
  'pulls.keysOf': read(({ db }, input: { readonly org: string; readonly url: string }): readonly string[] =>
    db
      .all('SELECT key_id FROM pulls WHERE org = ? AND url = ? ORDER BY id', input.org, input.url)
      .map((row) => String(row.key_id)),
  ),
  'pulls.setPaused': write(
    ({ db }, input: { readonly org: string; readonly id: string; readonly paused: boolean }): boolean =>
      db.run(
        'UPDATE pulls SET paused = ?, attempts = 0, next_attempt_at = NULL ' +
          'WHERE org = ? AND id = ? AND removed_at IS NULL',
        input.paused ? 1 : 0,
        input.org,
        input.id,
      ) > 0,
  ),
  'pulls.remove': write(
    ({ db }, input: { readonly org: string; readonly id: string; readonly at: number }): boolean =>
      db.run(
        'UPDATE pulls SET removed_at = ? WHERE org = ? AND id = ? AND removed_at IS NULL',
        input.at,
        input.org,
        input.id,
      ) > 0,
  ),
  'pulls.lease': leaseOperation('pulls'),
  'pulls.release': releaseOperation('pulls'),
  'pulls.progress': write(
    (
      { db },
      input: { readonly id: string; readonly epoch: number; readonly progress: PullProgress },
    ): boolean =>
      db.run(
        'UPDATE pulls SET progress = ? WHERE id = ? AND epoch = ? AND removed_at IS NULL',
        JSON.stringify(input.progress),
        input.id,
        input.epoch,
      ) > 0,
  ),
  'pulls.end': write(
    (
      { db },
      input: {
        readonly id: string;
        readonly epoch: number;
        readonly attempts: number;
        readonly nextAttemptAt: number;
        readonly lastError: string | null;
        readonly succeededAt: number | null;
      },
    ): boolean =>
      db.run(
        'UPDATE pulls SET attempts = ?, next_attempt_at = ?, last_error = ?, ' +
          'last_success_at = coalesce(?, last_success_at) WHERE id = ? AND epoch = ?',
        input.attempts,
        input.nextAttemptAt,
        input.lastError,
        input.succeededAt,
        input.id,
        input.epoch,
      ) > 0,
  ),
};
