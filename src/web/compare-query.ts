import { z } from 'zod';
import { LOCALES } from './intl.ts';

/** Cohorts beside the page's own: more curves than these cannot be told apart. */
export const MOST_OTHERS = 5;
/** The furthest day: beyond any cohort, within what calendars hold. */
const LAST_DAY = 36_500;

const schema = z.object({
  /** Compared at the end of this day number; the greatest that all have reached when absent. */
  day: z.coerce.number().int().min(0).max(LAST_DAY).optional(),
  /** Words in the titles of the cohorts to choose from. */
  find: z.string().max(200).optional(),
  lang: z.enum(LOCALES).optional(),
});

/** What the address of the comparison asks for. */
export type CompareQuery = Readonly<z.output<typeof schema>> & {
  /** Ids, each once, in the order asked for. */
  readonly others: readonly string[];
  /** Names of parameters whose values could not be read. */
  readonly ignored: readonly string[];
};

/** Reads the address's parameters; a bad value falls back to the default and its name goes to `ignored`. */
export function readCompareQuery(searchParams: URLSearchParams): CompareQuery {
  const others = [...new Set(searchParams.getAll('with').filter((id) => id !== ''))];
  const given = new Map<string, string>();
  for (const name of ['day', 'find', 'lang']) {
    const value = searchParams.get(name)?.trim() ?? '';
    if (value !== '') given.set(name, value);
  }
  const read = schema.safeParse(Object.fromEntries(given));
  if (read.success) return { ...read.data, others, ignored: [] };
  const ignored = [...new Set(read.error.issues.map(({ path }) => String(path[0])))];
  for (const name of ignored) given.delete(name);
  return { ...schema.parse(Object.fromEntries(given)), others, ignored };
}

/** The address of the same comparison at another path, in another language. */
export function compareHref(
  path: string,
  { others, day, find, lang }: CompareQuery,
  change: { readonly lang?: string } = {},
): string {
  const pairs: [string, string][] = others.map((id) => ['with', id]);
  if (day !== undefined) pairs.push(['day', String(day)]);
  if (find !== undefined) pairs.push(['find', find]);
  const language = change.lang ?? lang;
  if (language !== undefined) pairs.push(['lang', language]);
  return pairs.length === 0 ? path : `${path}?${new URLSearchParams(pairs)}`;
}
