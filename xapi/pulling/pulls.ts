import { AssiduError } from '../../src/base/errors.ts';
import type { Logger } from '../../src/base/logger.ts';
import type { PullProgress } from '../../src/storage/ports/pull-store.ts';
import { createRounds, type Rounds } from '../client/rounds.ts';
import { withLease } from '../client/with-lease.ts';
import { noteFailure, type PullingDeps, pullFrom } from './pull-from.ts';
import { createSources, noSource, type ShownSource, type Sources, type SourcesDeps } from './sources.ts';

/** Fetching statements from other LRSs: what is configured, and the work itself. */
export interface Pulls extends Sources, Rounds {
  /**
   * Looks now, whatever the schedule says, and answers the source as it is then. Throws `not-found`, and `conflict`
   * when another process is looking.
   */
  run(org: string, id: string, onProgress?: (progress: PullProgress) => void): Promise<ShownSource>;
}

export type PullsDeps = PullingDeps &
  SourcesDeps & {
    /** What this process is called among those that share the store. */
    readonly holder: string;
    readonly log: Logger;
  };

export function createPulls(deps: PullsDeps): Pulls {
  const { store, clock, log } = deps;
  const sources = createSources(deps);
  const look = (
    source: { readonly org: string; readonly id: string },
    signal: AbortSignal,
    onProgress?: (progress: PullProgress) => void,
  ) =>
    withLease(source.id, deps, async (epoch) => {
      const now = await store.find(source.org, source.id);
      if (now === null) return false;
      try {
        return await pullFrom(now, epoch, deps, signal, onProgress);
      } catch (error) {
        const failure = { reason: 'something failed here; the log says what', retryAfter: undefined };
        await noteFailure(now, epoch, failure, deps);
        throw error;
      }
    });
  const rounds = createRounds({
    due: async () => {
      const now = clock();
      return (await store.list(null)).filter(
        ({ paused, nextAttemptAt }) => !paused && (nextAttemptAt === null || nextAttemptAt <= now),
      );
    },
    work: async (source, signal) => (await look(source, signal)) ?? false,
    log,
  });
  return {
    ...sources,
    ...rounds,
    run: async (org, id, onProgress) => {
      const source = await store.find(org, id);
      if (source === null) throw noSource(id);
      if (source.paused) throw new AssiduError('conflict', `${id} is paused; resume it first`);
      if ((await look(source, new AbortController().signal, onProgress)) === null)
        throw new AssiduError('conflict', `${id} is being pulled by another process right now`);
      return sources.show(org, id);
    },
  };
}
