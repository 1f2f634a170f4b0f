import { Command } from 'commander';
import type { Comparison } from '../metrics/comparison.ts';
import { RATE_NAMES } from '../metrics/types.ts';
import { parseCohorts, parseDay } from '../web/api/comparison.ts';
import { printResult, withServices } from './context.ts';
import { asUsage, type InstantOptions, instantsOf } from './instant-options.ts';
import { fraction, percent } from './metrics-command.ts';
import { table } from './table.ts';

interface Options extends Pick<InstantOptions, 'knownAt'> {
  readonly org: string;
  readonly day?: string;
  readonly json?: boolean;
}

/** `assidu compare COHORT COHORT…`: the rates of cohorts at equal age. */
export function compareCommand(): Command {
  return new Command('compare')
    .description('print the rates of cohorts at equal age')
    .argument('<cohorts...>', 'ids of 2 to 20 cohorts')
    .option('--org <org>', 'organisation', 'default')
    .option('--day <number>', 'at the end of this day number (default: the greatest that all have reached)')
    .option('--known-at <instant>', 'leave out what was recorded later')
    .option('--json', 'print JSON')
    .action(async (cohorts: readonly string[], options: Options) => {
      const ids = asUsage(() => parseCohorts(cohorts));
      const day = asUsage(() => parseDay(options.day));
      const { knownAt } = instantsOf(options);
      const comparison = await withServices(({ compare }) => compare(options.org, ids, { day, knownAt }));
      printResult(options.json, comparison, () => comparisonText(comparison));
    });
}

/** A column for each cohort, a line for each rate. */
export function comparisonText({ day, cohorts }: Comparison): string {
  const younger = cohorts.filter(({ reason }) => reason === 'younger');
  return [
    `at the end of day ${day}`,
    '',
    table(
      ['', ...cohorts.map(({ cohortId }) => cohortId)],
      [
        ['enrolled', ...cohorts.map(({ counts }) => counts?.enrolled ?? null)],
        ...RATE_NAMES.map((name) => [
          name,
          ...cohorts.map(({ rates }) => {
            const rate = rates?.[name];
            return rate && rate.value !== null ? `${percent(rate.value)} (${fraction(rate)})` : null;
          }),
        ]),
      ],
    ),
    ...younger.map(({ cohortId, asOf }) => `${cohortId} is younger: its day ${day} ends at ${asOf}`),
  ].join('\n');
}
