import type { Logger } from '../../src/base/logger.ts';

/** Work on many items at once, each of which is worked on by one at a time. */
export interface Rounds {
  /** Lets work begin by itself: at `wake` and every `every` ms. Before that, only `settle` does any. */
  start(every: number): void;
  /** There may be something to do: look soon. */
  wake(): void;
  /** Looks, and resolves when nothing is due any more. */
  settle(): Promise<void>;
  /** Lets work under way finish for a moment, then breaks it off; nothing begins afterwards. */
  close(): Promise<void>;
}

export interface RoundsDeps<Item> {
  /** Items that can be worked on now. */
  readonly due: () => Promise<readonly Item[]>;
  /** Works on an item until there is nothing to do or it has to wait. True: it got somewhere. */
  readonly work: (item: Item, signal: AbortSignal) => Promise<boolean>;
  readonly log: Logger;
}

/** How many wakes within which time make one look, ms. */
const GATHER = 200;
/** How long work under way may take to finish at the end, ms. */
const GRACE = 3_000;

export function createRounds<Item extends { readonly id: string }>(deps: RoundsDeps<Item>): Rounds {
  const { due, work, log } = deps;
  const jobs = new Map<string, Promise<boolean>>();
  const missed = new Set<string>();
  const controller = new AbortController();
  let timer: NodeJS.Timeout | null = null;
  let soon: NodeJS.Timeout | null = null;
  let looking: Promise<unknown> = Promise.resolve();
  let closed = false;

  const begin = (item: Item): Promise<boolean> => {
    const running = jobs.get(item.id);
    if (running) {
      missed.add(item.id);
      return running;
    }
    const job = work(item, controller.signal)
      .catch((error: unknown) => {
        log.error({ err: error, id: item.id }, 'work with another LRS failed');
        return false;
      })
      .finally(() => {
        jobs.delete(item.id);
        // Something came while it was about to end.
        if (missed.delete(item.id)) wake();
      });
    jobs.set(item.id, job);
    return job;
  };

  const look = async (): Promise<boolean> => {
    if (closed) return false;
    const items = await due();
    if (closed) return false;
    return (await Promise.all(items.map(begin))).some((moved) => moved);
  };

  const wake = (): void => {
    if (closed || timer === null || soon !== null) return;
    soon = setTimeout(() => {
      soon = null;
      looking = due()
        .then((items) => {
          if (!closed) for (const item of items) void begin(item);
        })
        .catch((error: unknown) => log.error({ err: error }, 'what is due could not be looked up'));
    }, GATHER);
    soon.unref();
  };

  return {
    start: (every) => {
      if (timer !== null || closed) return;
      timer = setInterval(wake, every);
      timer.unref();
      wake();
    },
    wake,
    settle: async () => {
      while (await look());
    },
    close: async () => {
      closed = true;
      if (timer !== null) clearInterval(timer);
      if (soon !== null) clearTimeout(soon);
      const grace = setTimeout(() => controller.abort(new Error('this process stops')), GRACE);
      await looking;
      await Promise.allSettled(jobs.values());
      clearTimeout(grace);
    },
  };
}
