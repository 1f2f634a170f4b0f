import { z } from 'zod';
import { ALERTS, CLOCKS, POPULATIONS, STATES } from '../metrics/types.ts';
import { LOCALES } from './intl.ts';
import { linkTo, pairsOf } from './query-link.ts';

export const SORT_COLUMNS = ['attention', 'name', 'state', 'since', 'progress', 'lastAct'] as const;
export type SortColumn = (typeof SORT_COLUMNS)[number];
export type Sort = SortColumn | `-${SortColumn}`;

/** Lines of the weekly heatmap. */
export const HEAT_KINDS = ['units', 'learners'] as const;
export type HeatKind = (typeof HEAT_KINDS)[number];

const SORTS: readonly Sort[] = SORT_COLUMNS.flatMap((column) => [column, `-${column}` as const]);

const schema = z.object({
  state: z.enum(STATES).optional(),
  /** `any`: at least one alert, whichever (metrics.md "atRisk"). */
  alert: z.enum([...ALERTS, 'any']).optional(),
  q: z.string().max(200).optional(),
  sort: z.enum(SORTS).default('attention'),
  /** From 1. */
  page: z.coerce.number().int().min(1).max(1_000_000).default(1),
  /** A local date: the figures at the end of that day, or now if that day is not over. */
  asOf: z.iso.date().optional(),
  /** Of retention and outcomes; the usual ones when absent. */
  clock: z.enum(CLOCKS).optional(),
  population: z.enum(POPULATIONS).optional(),
  /** The weekly heatmap's lines, and the first of its weeks. */
  heat: z.enum(HEAT_KINDS).optional(),
  week: z.coerce.number().int().min(0).max(10_000).optional(),
  lang: z.enum(LOCALES).optional(),
});
type Name = keyof z.output<typeof schema>;

/** What the address of the cohort page asks for. A "-" before the sort column turns the order round. */
export type CohortQuery = Readonly<z.output<typeof schema>> & {
  /** Names of parameters whose values could not be read. */
  readonly ignored: readonly string[];
};

/** Reads the address's parameters; a bad value falls back to the default and its name goes to `ignored`. */
export function readCohortQuery(searchParams: URLSearchParams): CohortQuery {
  const given = new Map<string, string>();
  // An empty field of a GET form is a parameter without value: it asks for nothing.
  for (const [name, value] of searchParams)
    if (!given.has(name) && value.trim() !== '') given.set(name, value.trim());
  const read = schema.safeParse(Object.fromEntries(given));
  if (read.success) return { ...read.data, ignored: [] };
  const ignored = [...new Set(read.error.issues.map((issue) => String(issue.path[0])))];
  for (const name of ignored) given.delete(name);
  return { ...schema.parse(Object.fromEntries(given)), ignored };
}

/** The column of a sort, and whether it runs downwards. */
export function readSort(sort: Sort): { readonly column: SortColumn; readonly descending: boolean } {
  const column = SORT_COLUMNS.find((each) => sort === each || sort === `-${each}`);
  return { column: column ?? 'attention', descending: sort.startsWith('-') };
}

/** What links and hidden fields can change; `undefined` takes the parameter out. */
export type QueryChange = { readonly [N in Name]?: string | number | undefined };

/** The parameters of a query as pairs, defaults left out, for links and hidden fields. */
export function queryPairs(query: CohortQuery, change: QueryChange = {}): [string, string][] {
  const { ignored: _, ...kept } = query;
  return pairsOf({ ...kept, ...change });
}

/** A link to the same page with some parameters changed. */
export function queryHref(path: string, query: CohortQuery, change: QueryChange = {}): string {
  return linkTo(path, queryPairs(query, change));
}
