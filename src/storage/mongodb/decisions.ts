import type { MongoContext } from './context.ts';
import { DECISIONS, type Decision } from './decisions-collection.ts';
import { insertOnce } from './insert.ts';

/**
 * What happens once, whoever tries at the same time on whatever instance: a unique insert decides. A record that several
 * change is never read, judged and written back: not every server keeps others out meanwhile.
 */
export interface Decisions {
  /** True for the one who made it happen. */
  decide(decision: Decision): Promise<boolean>;
  find(id: string): Promise<Decision | null>;
  /** Those of these that were made, by their id. */
  among(ids: readonly string[]): Promise<ReadonlyMap<string, Decision>>;
  /** Forgets those that expired before an instant. */
  sweep(now: number): Promise<void>;
}

export function createDecisions({ model }: MongoContext): Decisions {
  const decisions = model(DECISIONS);
  return {
    decide: (decision) => insertOnce(decisions, decision),
    find: (id) => decisions.findOne({ _id: id }).lean<Decision>(),
    among: async (ids) => {
      if (ids.length === 0) return new Map();
      const found = await decisions.find({ _id: { $in: ids } }).lean<Decision[]>();
      return new Map(found.map((each) => [each._id, each]));
    },
    sweep: async (now) => {
      await decisions.deleteMany({ expiresAt: { $lt: now } });
    },
  };
}
