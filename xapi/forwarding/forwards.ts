import type { Logger } from '../../src/base/logger.ts';
import { createRounds, type Rounds } from '../client/rounds.ts';
import { createDeadLetters, type DeadLetters } from './dead-letters.ts';
import { type ForwardingDeps, forwardTo } from './forward-to.ts';
import { createTargets, type Targets, type TargetsDeps } from './targets.ts';

/** Sending statements on to other LRSs: what is configured, what is refused there, and the work itself. */
export interface Forwards extends Targets, DeadLetters, Rounds {}

export type ForwardsDeps = ForwardingDeps & TargetsDeps & { readonly log: Logger };

export function createForwards(deps: ForwardsDeps): Forwards {
  const { store, statements, clock, log } = deps;
  const rounds = createRounds({
    due: async () => {
      const targets = await store.list(null);
      if (targets.length === 0) return [];
      const { seq } = await statements.head();
      const now = clock();
      return targets.filter(
        ({ paused, position, nextAttemptAt }) =>
          !paused && position < seq && (nextAttemptAt === null || nextAttemptAt <= now),
      );
    },
    work: (target, signal) => forwardTo(target, deps, signal),
    log,
  });
  return { ...createTargets(deps), ...createDeadLetters(deps), ...rounds };
}
