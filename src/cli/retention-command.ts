import { Command } from 'commander';
import type { Interval, Retention } from '../metrics/types.ts';
import { parseRetention } from '../web/api/retention.ts';
import { printResult, withServices } from './context.ts';
import { asUsage, type InstantOptions, instantsOf, withInstants } from './instant-options.ts';
import { percent } from './metrics-command.ts';
import { table } from './table.ts';

interface Options extends InstantOptions {
  readonly org: string;
  readonly clock?: string;
  readonly population?: string;
  readonly json?: boolean;
}

/** `assidu retention COHORT`: who stays and what became of them, day by day. */
export function retentionCommand(): Command {
  const command = new Command('retention')
    .description('print who stays (Kaplan-Meier) and what became of them (Aalen-Johansen)')
    .argument('<cohort>', 'its id')
    .option('--org <org>', 'organisation', 'default')
    .option('--clock <clock>', 'cohort (days since its start) or learner (since their entry)')
    .option('--population <population>', 'started or enrolled')
    .option('--json', 'print JSON');
  return withInstants(command).action(async (cohort: string, options: Options) => {
    const asked = asUsage(() => parseRetention({ clock: options.clock, population: options.population }));
    const instants = instantsOf(options);
    const found = await withServices(({ figures }) => figures.of(options.org, cohort, instants));
    const retention = found.retention(asked);
    printResult(options.json, retention, () => retentionText(retention));
  });
}

/** Both tables as text for a terminal; a row with fewer than ten at risk ends in `thin`. */
export function retentionText(retention: Retention): string {
  const { n, withdrawnBeforeStart, horizon, knownThrough } = retention;
  return [
    `${retention.cohortId}, ${retention.final ? 'final' : 'to date'}, as of ${retention.asOf}`,
    `${retention.population}, by the ${retention.clock}'s clock: ${n} observed, ${withdrawnBeforeStart} withdrawn before they started`,
    `up to day ${horizon}; dropouts are known through day ${knownThrough}`,
    '',
    table(
      ['day', 'still in', '95 %', 'dropped', '95 %', 'completed', '95 %', 'at risk', ''],
      retention.outcomes.map(({ day, stillIn, dropped, completed, atRisk, ci95, thin }) => [
        day,
        percent(stillIn),
        interval(ci95.stillIn),
        percent(dropped),
        interval(ci95.dropped),
        percent(completed),
        interval(ci95.completed),
        atRisk,
        thin ? 'thin' : '',
      ]),
    ),
    '',
    table(
      ['day', 'not dropped out', '95 %', 'dropouts', 'at risk', ''],
      retention.curve.map(({ day, survival, lo, hi, events, atRisk, thin }) => [
        day,
        percent(survival),
        interval(lo === null || hi === null ? null : [lo, hi]),
        events,
        atRisk,
        thin ? 'thin' : '',
      ]),
    ),
  ].join('\n');
}

function interval(ci95: Interval): string | null {
  return ci95 === null ? null : `${(100 * ci95[0]).toFixed(1)}–${(100 * ci95[1]).toFixed(1)}`;
}
