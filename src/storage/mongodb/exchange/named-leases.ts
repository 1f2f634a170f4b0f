import type { Leased } from '../../ports/lease.ts';
import type { MongoContext } from '../context.ts';
import { createLeases } from './leases.ts';

/** Leases of work that has no record of its own. */
export function createNamedLeases(context: MongoContext): Leased {
  const { lease, release } = createLeases(context, 'work');
  return { lease, release };
}
