import { differenceOf } from './difference.ts';
import { cellsOf } from './portfolio-cells.ts';
import { pooled } from './portfolio-figures.ts';
import { quarterBefore } from './portfolio-line.ts';
import {
  type Change,
  type Portfolio,
  type PortfolioFigures,
  type PortfolioLine,
  type PortfolioPeriod,
  type PortfolioQuery,
  type PortfolioScope,
  type PortfolioSection,
  type PortfolioTag,
  SMALLEST_GROUP,
} from './portfolio-types.ts';

/**
 * Programmes and business units at `asOf` (ISO 8601), of the cohorts that at least one scope allows. Final cohorts and
 * open ones are never added up; the trend is of final ones alone, which stand at an age after which nothing changes.
 * The order of the lines changes nothing.
 */
export function portfolioOf(
  lines: readonly PortfolioLine[],
  scopes: readonly PortfolioScope[],
  query: PortfolioQuery,
  asOf: string,
): Portfolio {
  const allowed = lines.filter((line) => scopes.some((scope) => isIn(line, scope)));
  const asked = allowed.filter((line) => isAskedFor(line, query));
  const final = asked.filter((line) => line.final);
  const open = asked.filter((line) => !line.final);
  return {
    definitionVersion: 1,
    asOf,
    smallestGroup: SMALLEST_GROUP,
    query,
    final: query.state === 'open' ? null : sectionOf(final, query.by),
    open: query.state === 'final' ? null : sectionOf(open, query.by),
    trend: query.state === 'open' ? [] : trendOf(final, open),
    choices: {
      programme: namesOf(allowed, (line) => line.programme),
      businessUnit: namesOf(allowed, (line) => line.businessUnit),
      quarter: namesOf(allowed, (line) => line.quarter),
    },
  };
}

function isIn(line: PortfolioLine, { programme, businessUnit }: PortfolioScope): boolean {
  return (
    (programme === undefined || line.programme === programme) &&
    (businessUnit === undefined || line.businessUnit === businessUnit)
  );
}

function isAskedFor(line: PortfolioLine, query: PortfolioQuery): boolean {
  const { programme, businessUnit, kind, from, to } = query;
  return (
    (programme === null || line.programme === programme) &&
    (businessUnit === null || line.businessUnit === businessUnit) &&
    (kind === null || line.kind === kind) &&
    (from === null || line.quarter >= from) &&
    (to === null || line.quarter <= to)
  );
}

/** Names that occur, in order, each once. */
function namesOf(
  lines: readonly PortfolioLine[],
  of: (line: PortfolioLine) => string | null,
): readonly string[] {
  return [...new Set(lines.flatMap((line) => of(line) ?? []))].sort();
}

/** Named groups in the order of their names, last what has no name. */
function sectionOf(lines: readonly PortfolioLine[], by: PortfolioTag): PortfolioSection {
  const named: readonly (string | null)[] = namesOf(lines, (line) => line[by]);
  const nameless = lines.some((line) => line[by] === null) ? [null] : [];
  return {
    total: pooled(cellsOf(lines)),
    groups: [...named, ...nameless].map((name) => ({
      name,
      ...pooled(cellsOf(lines.filter((line) => line[by] === name))),
    })),
  };
}

function trendOf(
  final: readonly PortfolioLine[],
  open: readonly PortfolioLine[],
): readonly PortfolioPeriod[] {
  const quarters = namesOf([...final, ...open], ({ quarter }) => quarter);
  const figures = new Map<string, PortfolioFigures>(
    quarters.map((quarter) => [quarter, pooled(cellsOf(final.filter((line) => line.quarter === quarter)))]),
  );
  const against = (now: PortfolioFigures, before: PortfolioFigures | undefined): Change => ({
    completionOfEnrolled: differenceOf(
      now.rates.completionOfEnrolled,
      before?.rates.completionOfEnrolled ?? null,
    ),
    dropoutOfEnrolled: differenceOf(now.rates.dropoutOfEnrolled, before?.rates.dropoutOfEnrolled ?? null),
  });
  return [...figures].map(([quarter, now]) => ({
    quarter,
    figures: now,
    open: open.filter((line) => line.quarter === quarter).length,
    againstQuarterBefore: against(now, figures.get(quarterBefore(quarter, 1))),
    againstYearBefore: against(now, figures.get(quarterBefore(quarter, 4))),
  }));
}
