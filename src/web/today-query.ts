import { z } from 'zod';
import { ALERTS } from '../metrics/types.ts';
import { LOCALES } from './intl.ts';
import { linkTo, pairsOf } from './query-link.ts';

export const TODAY_SORTS = [
  'attention',
  'name',
  'state',
  'lastAct',
  'progress',
  'missed',
  'contact',
] as const;
export type TodaySortColumn = (typeof TODAY_SORTS)[number];
export type TodaySort = TodaySortColumn | `-${TodaySortColumn}`;

/** States of people who are still expected to go on. */
export const OPEN_STATES = ['notStarted', 'active', 'inactive', 'dropped'] as const;
export const REASON_KINDS = [...ALERTS, 'dropped'] as const;
/** Not since the reasons hold; since then; within the last 30 days, whoever it was. */
export const CONTACT_FILTERS = ['none', 'done', 'recent'] as const;

const SORTS: readonly TodaySort[] = TODAY_SORTS.flatMap((column) => [column, `-${column}` as const]);

const schema = z.object({
  /** Without: whoever has a reason. `all`: those without, too. */
  reason: z.enum([...REASON_KINDS, 'all']).optional(),
  state: z.enum(OPEN_STATES).optional(),
  /** Place of a unit that is not done, from 1. */
  unit: z.coerce.number().int().min(1).max(10_000).optional(),
  q: z.string().max(200).optional(),
  contact: z.enum(CONTACT_FILTERS).optional(),
  sort: z.enum(SORTS).default('attention'),
  /** From 1. */
  page: z.coerce.number().int().min(1).max(1_000_000).default(1),
  lang: z.enum(LOCALES).optional(),
});
type Name = keyof z.output<typeof schema>;

/** What the address of the page of the day asks for. A "-" before the sort column turns the order round. */
export type TodayQuery = Readonly<z.output<typeof schema>> & {
  /** Names of parameters whose values could not be read. */
  readonly ignored: readonly string[];
};

/** Reads the address's parameters; a bad value falls back to the default and its name goes to `ignored`. */
export function readTodayQuery(searchParams: URLSearchParams): TodayQuery {
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
export function readTodaySort(sort: TodaySort): {
  readonly column: TodaySortColumn;
  readonly descending: boolean;
} {
  const column = TODAY_SORTS.find((each) => sort === each || sort === `-${each}`);
  return { column: column ?? 'attention', descending: sort.startsWith('-') };
}

/** What links and hidden fields can change; `undefined` takes the parameter out. */
export type TodayChange = { readonly [N in Name]?: string | number | undefined };

/** The parameters of a query as pairs, defaults left out, for links and hidden fields. */
export function todayPairs(query: TodayQuery, change: TodayChange = {}): [string, string][] {
  const { ignored: _, ...kept } = query;
  return pairsOf({ ...kept, ...change });
}

/** A link to the same page with some parameters changed. */
export function todayHref(path: string, query: TodayQuery, change: TodayChange = {}): string {
  return linkTo(path, todayPairs(query, change));
}

/** True when the query narrows or widens the list. */
export function isNarrowed({ reason, state, unit, q, contact }: TodayQuery): boolean {
  return [reason, state, unit, q, contact].some((each) => each !== undefined);
}
