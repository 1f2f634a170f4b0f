import type { Exit } from './exits.ts';

/** Fewer at risk than this make a row thin (metrics.md "Kaplan-Meier"). */
const THIN = 10;

/** A day on which somebody at risk dropped out or completed. */
export interface RiskSet {
  readonly day: number;
  /** How many are observed: entry < day <= exit. At least 1. */
  readonly atRisk: number;
  readonly dropouts: number;
  readonly completions: number;
  readonly thin: boolean;
}

/** The days with an event, ascending, and how many were at risk on each (metrics.md "at risk on day u"). */
export function riskSets(exits: readonly Exit[]): readonly RiskSet[] {
  // Who exits before they are observed is never at risk.
  const observed = exits.filter(({ entry, day }) => entry < day);
  const entries = observed.map(({ entry }) => entry).sort(ascending);
  const leavings = observed.map(({ day }) => day).sort(ascending);
  const events = new Map<number, { dropouts: number; completions: number }>();
  for (const { day, event } of observed) {
    if (event === 'censored') continue;
    const on = events.get(day) ?? { dropouts: 0, completions: 0 };
    if (event === 'dropout') on.dropouts += 1;
    else on.completions += 1;
    events.set(day, on);
  }
  let come = 0;
  let gone = 0;
  return [...events]
    .sort(([a], [b]) => a - b)
    .map(([day, on]) => {
      while ((entries[come] ?? day) < day) come += 1;
      while ((leavings[gone] ?? day) < day) gone += 1;
      return { day, atRisk: come - gone, ...on, thin: come - gone < THIN };
    });
}

function ascending(a: number, b: number): number {
  return a - b;
}
