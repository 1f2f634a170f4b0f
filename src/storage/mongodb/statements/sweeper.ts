import type { MongoContext } from '../context.ts';
import { BATCHES, batchId } from './batches-collection.ts';
import type { Finish } from './finish.ts';
import type { Horizons } from './horizon.ts';
import { type Journal, KNOWN_FOR } from './journal.ts';
import { sweepLeft } from './sweep-left.ts';

/** A batch that has been open for so long, ms, is finished by whoever sees it: its instance is gone, or slow. */
export const LEASE = 3_000;

/** So many statements are given another lease. */
const LARGE = 1_000;

/** How often it is looked for what requests have left that came to nothing, ms. */
const TIDY_EVERY = 3_600_000;

/** Finishes what other instances have left, and removes batches that nobody asks for any more. */
export interface Sweeper {
  sweep(): Promise<void>;
}

interface SweeperParts {
  readonly journal: Journal;
  readonly horizons: Horizons;
  readonly finish: Finish;
}

interface Mark {
  readonly n: number;
  readonly at: number;
}

/** Time is measured by our own clock alone, from when something was first seen: clocks of instances may differ. */
export function createSweeper(
  context: MongoContext,
  { journal, horizons, finish }: SweeperParts,
  lease: number,
): Sweeper {
  const { elapsed } = context;
  const batches = context.model(BATCHES);
  let watched: Mark | null = null;
  let done: readonly Mark[] = [];
  let tidiedAt = elapsed();

  const finishOpen = async (): Promise<void> => {
    for (;;) {
      const { open } = await horizons.look();
      if (open === null) {
        watched = null;
        return;
      }
      if (watched?.n !== open.n) {
        watched = { n: open.n, at: elapsed() };
        return;
      }
      if (elapsed() - watched.at < lease * (1 + open.size / LARGE)) return;
      const batch = await journal.resume(open.n);
      if (batch) await finish(batch);
      // The next one may have been left by the same instance: it has waited as long.
      const { open: next } = await horizons.look();
      watched = next && { n: next.n, at: watched.at };
    }
  };

  /** The newest batch that kept something stays: it says where the head is. */
  const trim = async (): Promise<void> => {
    const now = elapsed();
    const { n, kept } = horizons.known();
    const old = done.filter(({ at }) => now - at > 2 * KNOWN_FOR).at(-1);
    const latest = done.at(-1);
    if (!latest || now - latest.at > KNOWN_FOR) done = [...done, { n, at: now }];
    if (!old || kept === null) return;
    done = done.filter(({ at }) => at > old.at);
    await batches.deleteMany({ _id: { $lt: batchId(old.n) }, state: 'done', last: { $lt: kept.seq } });
  };

  /** Seldom: it looks through the uploads. */
  const tidy = async (): Promise<void> => {
    if (elapsed() - tidiedAt < TIDY_EVERY) return;
    tidiedAt = elapsed();
    await sweepLeft(context);
  };

  let sweeping: Promise<void> | null = null;
  return {
    // What is asked for while it is done is done.
    sweep: () => {
      sweeping ??= finishOpen()
        .then(trim)
        .then(tidy)
        .finally(() => {
          sweeping = null;
        });
      return sweeping;
    },
  };
}
