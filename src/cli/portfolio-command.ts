import { Command, Option } from 'commander';
import {
  PORTFOLIO_STATES,
  PORTFOLIO_TAGS,
  type Portfolio,
  type PortfolioFigures,
  type PortfolioSection,
  SMALLEST_GROUP,
} from '../metrics/portfolio-types.ts';
import type { Rate } from '../metrics/types.ts';
import { parsePortfolioQuery } from '../web/api/portfolio.ts';
import { printResult, withServices } from './context.ts';
import { asUsage } from './instant-options.ts';
import { fraction, percent } from './metrics-command.ts';
import { table } from './table.ts';

interface Options {
  readonly org: string;
  readonly json?: boolean;
  readonly by: string;
  readonly programme?: string;
  readonly businessUnit?: string;
  readonly kind?: string;
  readonly state?: string;
  readonly from?: string;
  readonly to?: string;
}

/** `assidu portfolio`: programmes and business units (docs/portfolio.md). */
export function portfolioCommand(): Command {
  return new Command('portfolio')
    .description('print reach, completion, dropout and cost of programmes or business units')
    .addOption(
      new Option('--by <tag>', 'group by this tag of cohorts').choices(PORTFOLIO_TAGS).default('programme'),
    )
    .option('--programme <name>', 'only cohorts with this tag')
    .option('--business-unit <name>', 'only cohorts with this tag')
    .addOption(new Option('--kind <kind>', 'only cohorts of this kind').choices(['spoc', 'blended']))
    .addOption(
      new Option('--state <state>', 'only closed cohorts, or those under way').choices(PORTFOLIO_STATES),
    )
    .option('--from <quarter>', 'begun in this quarter or later, such as 2026-Q3')
    .option('--to <quarter>', 'begun in this quarter or earlier')
    .option('--org <org>', 'organisation', 'default')
    .option('--json', 'print JSON')
    .action(async ({ org, json, ...asked }: Options) => {
      const query = asUsage(() => parsePortfolioQuery(asked));
      const found = await withServices(({ portfolio }) => portfolio(org, [{}], query));
      printResult(json, found, () => portfolioText(found));
    });
}

const HEAD = ['', 'cohorts', 'enrolled', 'completion', 'dropout', 'attendance', 'realisation', 'cost each'];

function portfolioText({ final, open }: Portfolio): string {
  return [
    ...(final ? ['closed cohorts, final', sectionText(final)] : []),
    ...(open ? ['cohorts under way, to date', sectionText(open)] : []),
    `fewer than ${SMALLEST_GROUP} people are shown nowhere, nor counted in totals`,
  ].join('\n\n');
}

function sectionText({ groups, total }: PortfolioSection): string {
  return table(HEAD, [
    ...groups.map((group) => [group.name ?? '(no tag)', ...cellsOf(group)]),
    ['together', ...cellsOf(total)],
  ]);
}

function cellsOf({ cohorts, enrolled, rates, cost }: PortfolioFigures): readonly (string | number | null)[] {
  const share = (rate: Rate | null): string | null =>
    rate === null || rate.value === null ? null : percent(rate.value);
  const counted = (rate: Rate | null): string | null =>
    rate === null || rate.value === null ? null : `${percent(rate.value)} (${fraction(rate)})`;
  return [
    cohorts,
    enrolled ?? `< ${SMALLEST_GROUP}`,
    counted(rates.completionOfEnrolled),
    counted(rates.dropoutOfEnrolled),
    counted(rates.attendanceNet),
    share(rates.realisation),
    cost
      .flatMap(({ perCompleter, currency }) =>
        perCompleter === null ? [] : [`${Math.round(perCompleter)} ${currency}`],
      )
      .join(', ') || null,
  ];
}
