import type { Cell } from './portfolio-cells.ts';
import type { Backed, PortfolioCost, PortfolioFigures } from './portfolio-types.ts';
import { plainRate, rate } from './rate.ts';
import type { Rate } from './types.ts';

/** Cells taken together: numerators and denominators added up, never rates averaged, never currencies mixed. */
export function pooled(cells: readonly Cell[]): PortfolioFigures {
  const shown = cells.flatMap(({ people }) => people ?? []);
  const sum = (of: (people: (typeof shown)[number]) => number) =>
    shown.reduce((total, people) => total + of(people), 0);
  const enrolled = sum((people) => people.enrolled);
  const hidden = shown.length === 0 && cells.length > 0;
  const of = (numerator: number): Rate | null => (hidden ? null : rate(numerator, enrolled));
  return {
    cohorts: cohortsIn(cells),
    withheld: cohortsIn(cells.filter(({ people }) => people === null)),
    enrolled: hidden ? null : enrolled,
    rates: {
      startRate: of(sum(({ started }) => started)),
      completionOfEnrolled: of(sum(({ completed }) => completed)),
      dropoutOfEnrolled: of(sum(({ left }) => left)),
      attendanceNet: pooledRate(cells.map(({ attendance }) => attendance)),
      realisation: pooledRate(cells.map(({ realisation }) => realisation)),
    },
    cost: costsOf(cells),
  };
}

function cohortsIn(cells: readonly Cell[]): number {
  return cells.reduce((total, { cohorts }) => total + cohorts, 0);
}

/** Without interval: sessions of one learner, and minutes, are not independent. */
function pooledRate(parts: readonly (Backed | null)[]): Rate | null {
  const shown = parts.filter((part) => part !== null);
  const sum = (of: (part: Backed) => number) => shown.reduce((total, part) => total + of(part), 0);
  const denominator = sum((part) => part.denominator);
  if (shown.length === 0 && parts.length > 0) return null;
  return plainRate(
    sum(({ numerator }) => numerator),
    denominator,
  );
}

function costsOf(cells: readonly Cell[]): readonly PortfolioCost[] {
  const byCurrency = new Map<string, { total: number; completed: number }>();
  for (const { people } of cells) {
    if (!people?.cost) continue;
    const { currency, total } = people.cost;
    const known = byCurrency.get(currency) ?? { total: 0, completed: 0 };
    byCurrency.set(currency, {
      total: known.total + total,
      completed: known.completed + people.completed,
    });
  }
  return [...byCurrency]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([currency, { total, completed }]) => ({
      currency,
      total,
      completed,
      perCompleter: completed === 0 ? null : total / completed,
    }));
}
