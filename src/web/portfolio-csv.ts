import { PORTFOLIO_RATES, type Portfolio, type PortfolioFigures } from '../metrics/portfolio-types.ts';
import { type CsvValue, csvText } from './csv-text.ts';

const RATE_PARTS = ['numerator', 'denominator', 'value', 'ci95Low', 'ci95High'] as const;

const HEAD: readonly string[] = [
  'table',
  'state',
  'programme',
  'businessUnit',
  'quarter',
  'cohorts',
  'withheldCohorts',
  'enrolled',
  ...PORTFOLIO_RATES.flatMap((name) => RATE_PARTS.map((part) => `${name} ${part}`)),
];
const COST = ['cost', 'completed', 'costPerCompleter'] as const;

/**
 * The portfolio as one table: totals, groups and quarters, a line each, with three columns for each currency. An empty
 * cell is withheld or has nothing to divide by.
 */
export function portfolioCsv(portfolio: Portfolio): string {
  const { query, final, open, trend, asOf } = portfolio;
  const sections = [
    ['final', final],
    ['open', open],
  ] as const;
  const figures = [
    ...sections.flatMap(([, section]) => (section ? [section.total, ...section.groups] : [])),
    ...trend.map((period) => period.figures),
  ];
  const currencies = [...new Set(figures.flatMap(({ cost }) => cost.map(({ currency }) => currency)))].sort();
  const line = (
    table: 'total' | 'group' | 'quarter',
    state: string,
    { name = null, quarter = null }: { name?: string | null; quarter?: string | null },
    of: PortfolioFigures,
  ): readonly CsvValue[] => [
    asOf,
    table,
    state,
    query.by === 'programme' && table === 'group' ? name : query.programme,
    query.by === 'businessUnit' && table === 'group' ? name : query.businessUnit,
    quarter,
    of.cohorts,
    of.withheld,
    of.enrolled,
    ...PORTFOLIO_RATES.flatMap((rate) => rateCells(of, rate)),
    ...currencies.flatMap((currency) => {
      const cost = of.cost.find((each) => each.currency === currency);
      return [cost?.total ?? null, cost?.completed ?? null, cost?.perCompleter ?? null];
    }),
  ];
  return csvText([
    ['asOf', ...HEAD, ...currencies.flatMap((currency) => COST.map((part) => `${part} ${currency}`))],
    ...sections.flatMap(([state, section]) =>
      section
        ? [
            line('total', state, {}, section.total),
            ...section.groups.map((group) => line('group', state, group, group)),
          ]
        : [],
    ),
    ...trend.map((period) => line('quarter', 'final', period, period.figures)),
  ]);
}

function rateCells({ rates }: PortfolioFigures, name: (typeof PORTFOLIO_RATES)[number]): readonly CsvValue[] {
  const rate = rates[name];
  if (rate === null) return RATE_PARTS.map(() => null);
  const [low, high] = rate.ci95 ?? [null, null];
  return [rate.numerator, rate.denominator, rate.value, low, high];
}
