import type { CohortProgress } from '../progress/cohort-progress.ts';
import { endedBeforeStart, exitsOf, horizonOf } from './exits.ts';
import { outcomesOf } from './outcomes.ts';
import { survivalCurve } from './survival.ts';
import type { Clock, Population, Retention } from './types.ts';

/** Which retention is asked for. */
export interface RetentionAsked {
  readonly clock: Clock;
  readonly population: Population;
}

/** What is answered to who does not say which. */
export const USUAL_RETENTION: RetentionAsked = { clock: 'cohort', population: 'started' };

/** Retention and outcomes of a cohort (metrics.md "Retention"), of its progress at T. `knownAt` in ms. */
export function retentionOf(
  progress: CohortProgress,
  { clock, population }: RetentionAsked,
  versions: { readonly cohortVersion: number; readonly knownAt: number | null },
): Retention {
  const { frame, learners } = progress;
  const exits = exitsOf(progress, population, clock);
  const before = (state: 'withdrawn' | 'transferred') =>
    learners.filter((each) => each.state === state && endedBeforeStart(frame, each)).length;
  return {
    cohortId: frame.definition.id,
    definitionVersion: 1,
    cohortVersion: versions.cohortVersion,
    asOf: new Date(frame.asOf).toISOString(),
    knownAt: versions.knownAt === null ? null : new Date(versions.knownAt).toISOString(),
    final: frame.closed,
    clock,
    population,
    ...horizonOf(frame),
    n: exits.length,
    withdrawnBeforeStart: before('withdrawn'),
    transferredBeforeStart: before('transferred'),
    curve: survivalCurve(exits),
    outcomes: outcomesOf(exits),
  };
}
