import type { MongoContext } from '../context.ts';
import { BATCHES, batchId } from './batches-collection.ts';
import { BATCH_HEAD, type BatchHead, KNOWN_FOR } from './journal.ts';
import { STATEMENTS } from './statements-collection.ts';

/** How many batches are read at one time. */
const PAGE = 1_000;

/** So many batches are read one by one. */
const FEW = 4;

/** How far everything is written: up to the last batch before the first one that is open. */
export interface Horizon {
  /** Number of that batch; 0 at the beginning. */
  readonly n: number;
  /** Its last position. No batch below has anything still to be written. */
  readonly seq: number;
  /** Its `stored`. */
  readonly stored: number;
  /** The greatest position at which something was kept, with its `stored`; null when none is known. */
  readonly kept: { readonly seq: number; readonly stored: number } | null;
  /** The first batch that is open; null when none is. */
  readonly open: OpenHead | null;
}

/** A batch that is not finished. */
export interface OpenHead {
  readonly n: number;
  readonly stored: number;
  /** How many statements it has. */
  readonly size: number;
}

/** Looks how far everything is written, on whatever instance. It never falls. */
export interface Horizons {
  /** As it was at the last look. */
  known(): Horizon;
  look(): Promise<Horizon>;
}

const BEGINNING: Horizon = { n: 0, seq: 0, stored: 0, kept: null, open: null };

function openHead({ n, stored, first, last }: BatchHead): OpenHead {
  return { n, stored, size: last - first + 1 };
}

export function createHorizons({ model, elapsed }: MongoContext): Horizons {
  const batches = model(BATCHES);
  const statements = model(STATEMENTS);
  let known = BEGINNING;
  let knownAt = elapsed();

  const passed = (before: Horizon, batch: BatchHead): Horizon => ({
    n: batch.n,
    seq: batch.last,
    stored: batch.stored,
    kept:
      batch.kept === null || batch.kept === undefined
        ? before.kept
        : { seq: batch.kept, stored: batch.stored },
    open: null,
  });
  /** Whether a number that a reading left out is there all the same: it came while others were read. */
  const isThere = async (n: number): Promise<boolean> =>
    (await batches.findOne({ _id: batchId(n) }, { n: 1 }).lean()) !== null;

  /** Where there is no batch yet: what a database holds that was copied or restored without its journal. */
  const beginning = async (): Promise<Horizon> => {
    const last = await statements
      .findOne({}, { seq: 1, stored: 1 })
      .sort({ seq: -1 })
      .lean<{ readonly seq: number; readonly stored: number } | null>();
    return last ? { ...BEGINNING, seq: last.seq, stored: last.stored } : BEGINNING;
  };
  /** One reading; `more` when there may be more to read. */
  const step = async (from: Horizon): Promise<{ readonly reached: Horizon; readonly more: boolean }> => {
    const next = await batches
      .find({ _id: { $gt: batchId(from.n) } }, BATCH_HEAD)
      .sort({ _id: 1 })
      .limit(PAGE)
      .lean<BatchHead[]>();
    let reached: Horizon = { ...from, open: null };
    for (const batch of next) {
      // Numbers have no gaps: one that is missing came too late to be read, or was done so long ago that it is removed.
      if (batch.n !== reached.n + 1 && (await isThere(reached.n + 1))) return { reached, more: true };
      if (batch.state === 'open') {
        const open = openHead(batch);
        // Below the very first batch lies what was there before the journal.
        const before =
          reached.n > 0 ? reached : { ...reached, seq: batch.first - 1, stored: batch.stored - 1 };
        return { reached: { ...before, open }, more: false };
      }
      reached = passed(reached, batch);
    }
    return { reached, more: next.length === PAGE };
  };

  /**
   * The batches after one that was known lately, one by one: mostly there is none, or one. Null when there are so many
   * that they are better read together.
   */
  const stroll = async (from: Horizon): Promise<Horizon | null> => {
    let reached: Horizon = { ...from, open: null };
    for (let looks = 0; looks < FEW; looks += 1) {
      const batch = await batches
        .findOne({ _id: batchId(reached.n + 1) }, BATCH_HEAD)
        .lean<BatchHead | null>();
      if (!batch) return reached;
      if (batch.state === 'open') return { ...reached, open: openHead(batch) };
      reached = passed(reached, batch);
    }
    return null;
  };
  const march = async (from: Horizon): Promise<Horizon> => {
    for (let next = from; ; ) {
      const { reached, more } = await step(next);
      if (!more) return reached;
      next = reached;
    }
  };

  return {
    known: () => known,
    look: async () => {
      const at = elapsed();
      // What is known of longer ago may be followed by batches that are removed.
      const lately = known.n > 0 && at - knownAt < KNOWN_FOR;
      const found =
        (lately ? await stroll(known) : null) ?? (await march(known.n === 0 ? await beginning() : known));
      // Another look may have come farther meanwhile.
      if (found.n >= known.n) {
        known = found;
        knownAt = at;
      }
      return found;
    },
  };
}
