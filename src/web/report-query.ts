import { z } from 'zod';
import { LOCALES, type Locale } from './intl.ts';
import { AUDIENCES, type Audience } from './report-figures.ts';

/** Figures by the week have a line for each: nobody asks for those of centuries. */
const LAST = Date.UTC(2100, 0, 1);
const instant = z.iso.datetime({ offset: true }).refine((text) => Date.parse(text) < LAST);

const schema = z.object({
  /** A local date (the figures at its end, or now's if it is not over), or an instant. */
  asOf: z.union([z.iso.date(), instant]).optional(),
  /** What was recorded later is not known; now when absent. */
  knownAt: instant.optional(),
  for: z.enum(AUDIENCES).default('inside'),
  names: z.literal('yes').optional(),
  /** Of the names, from 1. */
  page: z.coerce.number().int().min(1).max(1_000_000).default(1),
  lang: z.enum(LOCALES).optional(),
});

/** What the address of a report asks for. */
export interface ReportQuery {
  readonly asOf: string | undefined;
  readonly knownAt: string | undefined;
  readonly audience: Audience;
  /** Never for people outside. */
  readonly names: boolean;
  readonly page: number;
  /** Names of parameters whose values could not be read. */
  readonly ignored: readonly string[];
}

/** Reads the address's parameters; a bad value falls back to the default and its name goes to `ignored`. */
export function readReportQuery(searchParams: URLSearchParams): ReportQuery {
  const given = new Map<string, string>();
  for (const [name, value] of searchParams)
    if (!given.has(name) && value.trim() !== '') given.set(name, value.trim());
  const read = schema.safeParse(Object.fromEntries(given));
  if (read.success) return queryOf(read.data, []);
  const ignored = [...new Set(read.error.issues.map(({ path }) => String(path[0])))];
  for (const name of ignored) given.delete(name);
  return queryOf(schema.parse(Object.fromEntries(given)), ignored);
}

function queryOf(
  { asOf, knownAt, for: audience, names, page }: z.output<typeof schema>,
  ignored: readonly string[],
): ReportQuery {
  return { asOf, knownAt, audience, names: names === 'yes' && audience === 'inside', page, ignored };
}

/** What makes a report the one it is. */
export interface FixedReport {
  /** ISO 8601. */
  readonly asOf: string;
  readonly knownAt: string;
  readonly audience: Audience;
  readonly names: boolean;
}

/** The address at which the same report is given again, at a path. */
export function reportHref(
  path: string,
  { asOf, knownAt, audience, names }: FixedReport,
  locale: Locale,
  page = 1,
): string {
  const pairs: [string, string][] = [
    ['asOf', asOf],
    ['knownAt', knownAt],
    ...(audience === 'outside' ? [['for', audience] as [string, string]] : []),
    ...(names ? [['names', 'yes'] as [string, string]] : []),
    ...(page > 1 ? [['page', String(page)] as [string, string]] : []),
    ['lang', locale],
  ];
  return `${path}?${new URLSearchParams(pairs)}`;
}
