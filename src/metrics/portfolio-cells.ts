import { type Backed, type PortfolioLine, SMALLEST_GROUP } from './portfolio-types.ts';

/**
 * Cohorts that every grouping and every filter of the portfolio keeps together: same tags, kind, quarter, state and
 * currency. Whatever is shown is a sum of whole cells.
 */
export interface Cell {
  readonly cohorts: number;
  /** Null where fewer people are behind it than are shown: then it is in no sum, and nothing tells it. */
  readonly people: {
    readonly enrolled: number;
    readonly started: number;
    readonly completed: number;
    readonly left: number;
    readonly cost: { readonly currency: string; readonly total: number } | null;
  } | null;
  /** Null as above; `learners` 0 where there is nothing to count. */
  readonly attendance: Backed | null;
  readonly realisation: Backed | null;
}

/**
 * Adds cohorts up to cells, and withholds what fewer than SMALLEST_GROUP people are behind. Since cells are never split
 * and a withheld one is left out of totals, too, no sum or difference of what is shown tells anything of it.
 */
export function cellsOf(lines: readonly PortfolioLine[]): readonly Cell[] {
  const gathered = new Map<string, PortfolioLine[]>();
  // In one order, so that sums of money are the same to the last digit.
  for (const line of [...lines].sort((a, b) => (a.cohortId < b.cohortId ? -1 : 1))) {
    const key = keyOf(line);
    const list = gathered.get(key);
    if (list) list.push(line);
    else gathered.set(key, [line]);
  }
  return [...gathered].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, list]) => cellOf(list));
}

function keyOf(line: PortfolioLine): string {
  const { programme, businessUnit, kind, quarter, final, cost } = line;
  return JSON.stringify([programme, businessUnit, kind, quarter, final, cost?.currency ?? null]);
}

function cellOf(lines: readonly PortfolioLine[]): Cell {
  const sum = (of: (line: PortfolioLine) => number) => lines.reduce((total, line) => total + of(line), 0);
  const enrolled = sum((line) => line.enrolled);
  const currency = lines[0]?.cost?.currency;
  return {
    cohorts: lines.length,
    people: isShown(enrolled)
      ? {
          enrolled,
          started: sum(({ started }) => started),
          completed: sum(({ completed }) => completed),
          left: sum(({ left }) => left),
          cost: currency === undefined ? null : { currency, total: sum(({ cost }) => cost?.total ?? 0) },
        }
      : null,
    attendance: isShown(enrolled) ? backed(lines.map(({ attendance }) => attendance)) : null,
    realisation: isShown(enrolled) ? backed(lines.map(({ realisation }) => realisation)) : null,
  };
}

/** Nobody is no secret. */
function isShown(people: number): boolean {
  return people === 0 || people >= SMALLEST_GROUP;
}

function backed(parts: readonly Backed[]): Backed | null {
  const sum = (of: (part: Backed) => number) => parts.reduce((total, part) => total + of(part), 0);
  const learners = sum((part) => part.learners);
  if (!isShown(learners)) return null;
  return {
    learners,
    numerator: sum(({ numerator }) => numerator),
    denominator: sum(({ denominator }) => denominator),
  };
}
