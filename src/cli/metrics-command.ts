import { Command } from 'commander';
import { isError } from '../base/errors.ts';
import type { Instants } from '../cohorts/figures.ts';
import { type CohortMetrics, RATE_NAMES, type Rate, STATES } from '../metrics/types.ts';
import { parseInstants } from '../web/api/instants.ts';
import { printResult, UsageError, withServices } from './context.ts';
import { table } from './table.ts';

/** `assidu metrics COHORT`: the figures of a cohort. */
export function metricsCommand(): Command {
  return new Command('metrics')
    .description('print the figures of a cohort')
    .argument('<cohort>', 'its id')
    .option('--org <org>', 'organisation', 'default')
    .option('--as-of <instant>', 'the instant they are asked for, ISO 8601 with a zone (default: now)')
    .option('--known-at <instant>', 'leave out what was recorded later')
    .option('--json', 'print JSON')
    .action(
      async (cohort: string, options: { org: string; asOf?: string; knownAt?: string; json?: boolean }) => {
        const instants = instantsOf(options);
        const { metrics } = await withServices(({ figures }) => figures.of(options.org, cohort, instants));
        printResult(options.json, metrics, () => metricsText(metrics));
      },
    );
}

function instantsOf({ asOf, knownAt }: { readonly asOf?: string; readonly knownAt?: string }): Instants {
  try {
    return parseInstants({ asOf, knownAt });
  } catch (error) {
    if (isError(error, 'invalid-request'))
      throw new UsageError(error.message.replace(/^asOf/, '--as-of').replace(/^knownAt/, '--known-at'));
    throw error;
  }
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
