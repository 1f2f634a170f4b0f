import type { Exit } from './exits.ts';
import { logLogInterval } from './interval.ts';
import { riskSets } from './risk-sets.ts';
import type { OutcomesRow } from './types.ts';

/** A share that has become true of the population, with its variance and its covariance with the share still in. */
interface Share {
  readonly value: number;
  readonly variance: number;
  readonly withStillIn: number;
}

/**
 * Aalen-Johansen, a row for each day with a dropout or a completion: completion competes and leaves the risk set
 * (metrics.md "Aalen-Johansen"). Variances are Greenwood's for several outcomes (Andersen, Borgan, Gill and Keiding
 * 1993, IV.4.1.3): on each day those at risk fall on the outcomes as a multinomial draw. Without competition they are
 * Greenwood's own, without censoring the binomial. Intervals at 95 % on the log-log scale.
 */
export function outcomesOf(exits: readonly Exit[]): readonly OutcomesRow[] {
  let stillIn = { value: 1, variance: 0 };
  let dropped: Share = { value: 0, variance: 0, withStillIn: 0 };
  let completed: Share = { value: 0, variance: 0, withStillIn: 0 };
  return riskSets(exits).map(({ day, atRisk, dropouts, completions, thin }) => {
    const stay = (atRisk - dropouts - completions) / atRisk;
    const drawn = stillIn.value ** 2 / atRisk;
    const grown = (share: Share, events: number): Share => {
      const chance = events / atRisk;
      return {
        value: share.value + stillIn.value * chance,
        variance:
          share.variance +
          2 * chance * share.withStillIn +
          chance ** 2 * stillIn.variance +
          drawn * chance * (1 - chance),
        withStillIn: stay * (chance * stillIn.variance + share.withStillIn) - drawn * stay * chance,
      };
    };
    dropped = grown(dropped, dropouts);
    completed = grown(completed, completions);
    stillIn = {
      value: stillIn.value * stay,
      variance: stay ** 2 * stillIn.variance + drawn * stay * (1 - stay),
    };
    return {
      day,
      dropped: dropped.value,
      completed: completed.value,
      stillIn: stillIn.value,
      atRisk,
      thin,
      ci95: { dropped: intervalOf(dropped), completed: intervalOf(completed), stillIn: intervalOf(stillIn) },
    };
  });
}

function intervalOf({ value, variance }: Pick<Share, 'value' | 'variance'>) {
  return logLogInterval(value, Math.sqrt(Math.max(0, variance)));
}
