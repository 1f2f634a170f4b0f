import { Command } from 'commander';
import { type CohortMetrics, RATE_NAMES, type Rate, STATES } from '../metrics/types.ts';
import { printResult, withServices } from './context.ts';
import { type InstantOptions, instantsOf, withInstants } from './instant-options.ts';
import { table } from './table.ts';

/** `assidu metrics COHORT`: the figures of a cohort. */
export function metricsCommand(): Command {
  const command = new Command('metrics')
    .description('print the figures of a cohort')
    .argument('<cohort>', 'its id')
    .option('--org <org>', 'organisation', 'default')
    .option('--json', 'print JSON');
  return withInstants(command).action(
    async (cohort: string, options: InstantOptions & { readonly org: string; readonly json?: boolean }) => {
      const instants = instantsOf(options);
      const { metrics } = await withServices(({ figures }) => figures.of(options.org, cohort, instants));
      printResult(options.json, metrics, () => metricsText(metrics));
    },
  );
}

/** Figures as text for a terminal. */
export function metricsText(metrics: CohortMetrics): string {
  const { counts, rates } = metrics;
  return [
    `${metrics.cohortId}, ${metrics.final ? 'final' : 'to date'}, as of ${metrics.asOf}`,
    '',
    table(
      ['state', 'learners'],
      [...STATES.map((state) => [state, counts[state]]), ['enrolled', counts.enrolled]],
    ),
    '',
    table(
      ['rate', 'of', 'value', '95 %'],
      RATE_NAMES.map((name) => [
        name,
        fraction(rates[name]),
        percent(rates[name].value),
        interval(rates[name]),
      ]),
    ),
  ].join('\n');
}

/** `43/60` */
export function fraction({ numerator, denominator }: Rate): string {
  return `${numerator}/${denominator}`;
}

/** `71.7 %`, null for a rate of nothing. */
export function percent(value: number | null): string | null {
  return value === null ? null : `${(100 * value).toFixed(1)} %`;
}

function interval({ ci95 }: Rate): string | null {
  return ci95 === null ? null : `${(100 * ci95[0]).toFixed(1)}–${(100 * ci95[1]).toFixed(1)}`;
}
