import type { Exit } from './exits.ts';
import { logLogInterval } from './interval.ts';
import { riskSets } from './risk-sets.ts';
import type { SurvivalRow } from './types.ts';

/**
 * Kaplan-Meier for dropout, a row for each day with one: completed learners stay at risk until the horizon. Greenwood's
 * se, log-log 95 % interval (metrics.md "Kaplan-Meier"). Once 0, survival stays 0.
 */
export function survivalCurve(exits: readonly Exit[]): readonly SurvivalRow[] {
  let survival = 1;
  let hazards = 0;
  return riskSets(exits.map(untilHorizon)).map(({ day, atRisk, dropouts, thin }) => {
    survival *= 1 - dropouts / atRisk;
    hazards += dropouts / (atRisk * (atRisk - dropouts));
    const se = survival === 0 ? null : survival * Math.sqrt(hazards);
    const [lo, hi] = (se === null ? null : logLogInterval(survival, se)) ?? [null, null];
    return { day, atRisk, events: dropouts, survival, se, lo, hi, thin };
  });
}

/** S(day) of a curve: its last step up to that day; 1 before the first. */
export function survivalAt(curve: readonly SurvivalRow[], day: number): number {
  return curve.findLast((row) => row.day <= day)?.survival ?? 1;
}

function untilHorizon(exit: Exit): Exit {
  return exit.event === 'completion' ? { ...exit, day: exit.horizon, event: 'censored' } : exit;
}
