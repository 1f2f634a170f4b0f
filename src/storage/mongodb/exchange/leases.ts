import type { Leased } from '../../ports/lease.ts';
import type { MongoContext } from '../context.ts';
import { insertOnce } from '../insert.ts';
import { keyOf } from '../keys.ts';
import { LEASES, type LeaseFields } from './leases-collection.ts';

/** Leases, and whose turn it is. */
export interface Leases extends Leased {
  /** Whether this is the epoch of an item that was given last: what its holder writes counts. */
  holds(id: string, epoch: number): Promise<boolean>;
}

/**
 * Leases as inserted epochs: whoever inserts the next one has it, and a late holder renews nothing but takes its chance
 * with the others. `kind` keeps the names of one use apart from those of another.
 */
export function createLeases({ model }: MongoContext, kind: string): Leases {
  const leases = model(LEASES);
  const newest = (of: string) => leases.findOne({ of }).sort({ epoch: -1 }).lean<LeaseFields>();

  /** Null when somebody else has taken it since. */
  const ifNewest = async (of: string, epoch: number): Promise<number | null> =>
    (await newest(of))?.epoch === epoch ? epoch : null;

  return {
    lease: async (id, holder, now, until) => {
      const of = keyOf(kind, id);
      const last = await newest(of);
      if (last && last.until > now) {
        if (last.holder !== holder) return null;
        await leases.updateOne({ _id: last._id }, { $set: { until } });
        return ifNewest(of, last.epoch);
      }
      const epoch = (last?.epoch ?? 0) + 1;
      const _id = keyOf(kind, id, epoch);
      if (!(await insertOnce(leases, { _id, of, epoch, holder, until }))) return null;
      // The number may have been given and cleared away while this process slept.
      if ((await ifNewest(of, epoch)) === null) {
        await leases.deleteOne({ _id });
        return null;
      }
      await leases.deleteMany({ of, epoch: { $lt: epoch } });
      return epoch;
    },
    release: async (id, holder) => {
      const last = await newest(keyOf(kind, id));
      if (last?.holder === holder) await leases.updateOne({ _id: last._id }, { $set: { until: 0 } });
    },
    holds: async (id, epoch) => (await ifNewest(keyOf(kind, id), epoch)) !== null,
  };
}
