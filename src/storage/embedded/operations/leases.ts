import type { Operation } from '../operation.ts';
import { write } from '../operation.ts';

interface LeaseInput {
  readonly id: string;
  readonly holder: string;
  readonly now: number;
  readonly until: number;
}

/** Takes or renews a lease of a row (src/storage/ports/lease.ts). */
export function leaseOperation(table: 'forwards' | 'pulls' | 'leases'): Operation<LeaseInput, number | null> {
  return write(({ db }, { id, holder, now, until }) => {
    const row = db.get(
      `UPDATE ${table} SET epoch = epoch + (CASE WHEN holder IS ?1 THEN 0 ELSE 1 END), holder = ?1, held_until = ?2 ` +
        'WHERE id = ?3 AND (holder IS NULL OR holder = ?1 OR held_until <= ?4) RETURNING epoch',
      holder,
      until,
      id,
      now,
    );
    return row ? Number(row.epoch) : null;
  });
}

export function releaseOperation(
  table: 'forwards' | 'pulls' | 'leases',
): Operation<{ readonly id: string; readonly holder: string }, null> {
  return write(({ db }, { id, holder }) => {
    db.run(`UPDATE ${table} SET holder = NULL, held_until = 0 WHERE id = ? AND holder = ?`, id, holder);
    return null;
  });
}

const byName = leaseOperation('leases');

/** Leases of work that has no row of its own. */
export const namedLeaseOperations = {
  'leases.lease': write((context, input: LeaseInput): number | null => {
    context.db.run('INSERT OR IGNORE INTO leases (id) VALUES (?)', input.id);
    return byName.run(context, input);
  }),
  'leases.release': releaseOperation('leases'),
};
