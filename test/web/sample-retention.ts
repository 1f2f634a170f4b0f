import type { Exit } from '../../src/metrics/exits.ts';
import { outcomesOf } from '../../src/metrics/outcomes.ts';
import { survivalCurve } from '../../src/metrics/survival.ts';
import type { Retention } from '../../src/metrics/types.ts';

const HORIZON = 88;

/** Sixty exits: a third completes late, a quarter leaves on the way, some enter late. */
const EXITS: readonly Exit[] = Array.from({ length: 60 }, (_, index) => {
  const entry = index % 9 === 0 ? 6 : 0;
  const exit = { entry, horizon: HORIZON };
  if (index % 4 === 1) return { ...exit, day: 8 + ((index * 7) % 60), event: 'dropout' };
  if (index % 3 === 0) return { ...exit, day: 50 + ((index * 5) % 38), event: 'completion' };
  return { ...exit, day: HORIZON, event: 'censored' };
});

/** Retention of a closed cohort whose last dropouts cannot be known; `exits` instead of the sixty. */
export function retentionSample(exits: readonly Exit[] = EXITS, change: Partial<Retention> = {}): Retention {
  return {
    cohortId: 'gestion-projet-2026-09',
    definitionVersion: 1,
    cohortVersion: 3,
    asOf: '2026-12-06T12:00:00.000Z',
    knownAt: null,
    final: true,
    clock: 'cohort',
    population: 'started',
    horizon: HORIZON,
    knownThrough: 59,
    n: exits.length,
    withdrawnBeforeStart: 2,
    transferredBeforeStart: 0,
    curve: survivalCurve(exits),
    outcomes: outcomesOf(exits),
    ...change,
  };
}
