import { z } from 'zod';
import {
  PORTFOLIO_STATES,
  PORTFOLIO_TAGS,
  type PortfolioGroup,
  type PortfolioQuery,
} from '../metrics/portfolio-types.ts';
import { LOCALES } from './intl.ts';

export const GROUP_SORTS = [
  'name',
  'reach',
  'startRate',
  'completion',
  'dropout',
  'attendance',
  'realisation',
  'cost',
] as const;
export type GroupSort = (typeof GROUP_SORTS)[number];
type Sort = GroupSort | `-${GroupSort}`;

const SORTS: readonly Sort[] = GROUP_SORTS.flatMap((column) => [column, `-${column}` as const]);
const QUARTER = /^\d{4}-Q[1-4]$/;

/** What the address of the portfolio may ask for. */
export const portfolioFields = {
  by: z.enum(PORTFOLIO_TAGS).default('programme'),
  programme: z.string().max(500).optional(),
  businessUnit: z.string().max(500).optional(),
  kind: z.enum(['spoc', 'blended']).optional(),
  state: z.enum(PORTFOLIO_STATES).optional(),
  from: z.string().regex(QUARTER, 'must be a quarter, such as 2026-Q3').optional(),
  to: z.string().regex(QUARTER, 'must be a quarter, such as 2026-Q3').optional(),
};
const schema = z.object({
  ...portfolioFields,
  sort: z.enum(SORTS).default('name'),
  /** Of the groups, from 1. */
  page: z.coerce.number().int().min(1).max(10_000).default(1),
  lang: z.enum(LOCALES).optional(),
});
type Fields = z.output<typeof schema>;

/** What the portfolio's address asks for. */
export type PortfolioPageQuery = Readonly<Fields> & {
  /** Names of parameters whose values could not be read. */
  readonly ignored: readonly string[];
};

/** Reads the address's parameters; a bad value falls back to the default and its name goes to `ignored`. */
export function readPortfolioQuery(searchParams: URLSearchParams): PortfolioPageQuery {
  const given = new Map<string, string>();
  for (const [name, value] of searchParams)
    if (!given.has(name) && value.trim() !== '') given.set(name, value.trim());
  const read = schema.safeParse(Object.fromEntries(given));
  if (read.success) return { ...read.data, ignored: [] };
  const ignored = [...new Set(read.error.issues.map((issue) => String(issue.path[0])))];
  for (const name of ignored) given.delete(name);
  return { ...schema.parse(Object.fromEntries(given)), ignored };
}

/** The part of an address that is about figures. */
export function askedOf(query: Omit<Fields, 'sort' | 'page' | 'lang'>): PortfolioQuery {
  const { by, programme, businessUnit, kind, state, from, to } = query;
  return {
    by,
    programme: programme ?? null,
    businessUnit: businessUnit ?? null,
    kind: kind ?? null,
    state: state ?? null,
    from: from ?? null,
    to: to ?? null,
  };
}

type Change = { readonly [N in keyof Fields]?: string | number | undefined };

/** The parameters of a query as pairs, defaults left out; whatever else changes leads to the first page. */
export function portfolioPairs(query: PortfolioPageQuery, change: Change = {}): [string, string][] {
  const { ignored: _, page: __, ...kept } = query;
  const usual: Change = { sort: 'name', by: 'programme', page: 1 };
  return Object.entries<string | number | undefined>({ ...kept, ...change }).flatMap(([name, value]) =>
    value === undefined || Object.entries(usual).some((each) => each[0] === name && each[1] === value)
      ? []
      : [[name, String(value)] as [string, string]],
  );
}

/** A link to the same address with some parameters changed. */
export function portfolioHref(path: string, query: PortfolioPageQuery, change: Change = {}): string {
  const pairs = portfolioPairs(query, change);
  return pairs.length === 0 ? path : `${path}?${new URLSearchParams(pairs).toString()}`;
}

/** True when the query leaves cohorts out. */
export function isNarrowed(query: PortfolioPageQuery): boolean {
  const { programme, businessUnit, kind, state, from, to } = query;
  return [programme, businessUnit, kind, state, from, to].some((value) => value !== undefined);
}

/** The column of a sort, and whether it runs downwards. */
export function readGroupSort(sort: Sort): { readonly column: GroupSort; readonly descending: boolean } {
  const column = GROUP_SORTS.find((each) => sort === each || sort === `-${each}`) ?? 'name';
  return { column, descending: sort.startsWith('-') };
}

/** What a group is sorted by; null where there is no figure, or more than one currency. */
function figureOf({ enrolled, rates, cost }: PortfolioGroup, column: GroupSort): number | null {
  switch (column) {
    case 'name':
      return null;
    case 'reach':
      return enrolled;
    case 'startRate':
      return rates.startRate?.value ?? null;
    case 'completion':
      return rates.completionOfEnrolled?.value ?? null;
    case 'dropout':
      return rates.dropoutOfEnrolled?.value ?? null;
    case 'attendance':
      return rates.attendanceNet?.value ?? null;
    case 'realisation':
      return rates.realisation?.value ?? null;
    case 'cost':
      return cost.length === 1 ? (cost[0]?.perCompleter ?? null) : null;
  }
}

/** Groups in the order asked for; what has no figure, and cohorts without the tag, come last either way. */
export function sortGroups(
  groups: readonly PortfolioGroup[],
  sort: Sort,
  locale: string,
): readonly PortfolioGroup[] {
  const { column, descending } = readGroupSort(sort);
  const turn = descending ? -1 : 1;
  const { compare } = new Intl.Collator(locale, { numeric: true });
  return [...groups].sort((a, b) => {
    if (column === 'name' || figureOf(a, column) === figureOf(b, column)) {
      if (a.name === null || b.name === null) return Number(a.name === null) - Number(b.name === null);
      return (column === 'name' ? turn : 1) * compare(a.name, b.name);
    }
    const [one, other] = [figureOf(a, column), figureOf(b, column)];
    if (one === null || other === null) return Number(one === null) - Number(other === null);
    return turn * (one - other);
  });
}
