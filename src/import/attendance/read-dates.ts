import type { Problem } from '../../base/errors.ts';
import { localInstants } from './local-instant.ts';

export const DATE_ORDERS = ['dmy', 'mdy'] as const;
export type DateOrder = (typeof DATE_ORDERS)[number];

/** A date or a date and time of a file. */
export interface DateText {
  readonly line: number;
  readonly text: string;
}

/** Reads dates of one file. */
export interface DateReader {
  /** Instant, ms; null for what is no date and time. */
  instant(text: string): number | null;
  /** YYYY-MM-DD; null for what is no date. */
  date(text: string): string | null;
}

interface Parts {
  /** Day and month where the text says which is which; else as they stand. */
  readonly pair: readonly [number, number];
  readonly order: DateOrder | null;
  readonly year: number;
  /** Of the day, ms; null without a time. */
  readonly time: number | null;
  /** Minutes east of UTC where the text says; else null. */
  readonly offset: number | null;
}

const TIME = String.raw`(?:[T, ]\s*(?:à\s*)?(\d{1,2})[:h](\d{2})(?::(\d{2})(?:\.\d+)?)?\s*([ap]\.?\s?m\.?)?)?`;
const ZONE = String.raw`\s*(Z|[+-]\d{2}:?\d{2})?`;
const YEAR_FIRST = new RegExp(`^(\\d{4})[-/.](\\d{1,2})[-/.](\\d{1,2})${TIME}${ZONE}$`, 'i');
const YEAR_LAST = new RegExp(`^(\\d{1,2})[-/.](\\d{1,2})[-/.](\\d{4}|\\d{2}),?${TIME}${ZONE}$`, 'i');
const MONTH_NAMED = new RegExp(`^([a-z]{3})[a-z]*\\.? (\\d{1,2}),? (\\d{4}),?${TIME}${ZONE}$`, 'i');
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/**
 * How the dates of a file are to be read: 03/04/2026 is the 3rd of April or the 4th of March, which another line of the
 * file decides (13/04/2026), or who imports; it is never guessed. Answers problems by line when it cannot be told.
 * @param timezone of times without a zone
 */
export function dateReader(
  texts: readonly DateText[],
  told: DateOrder | null,
  timezone: string,
): { readonly reader: DateReader } | { readonly problems: readonly Problem[] } {
  const unsure = texts.flatMap(({ line, text }) => {
    const parts = partsOf(text);
    return parts === null || parts.order !== null ? [] : [{ line, text, pair: parts.pair }];
  });
  const fits = (order: DateOrder) => unsure.filter(({ pair }) => monthOf(pair, order) <= 12);
  const possible = DATE_ORDERS.filter((order) => fits(order).length === unsure.length);
  const order = told ?? (possible.length === 1 ? possible[0] : undefined);
  if (order !== undefined && possible.includes(order)) return { reader: readerOf(order, timezone) };
  if (order !== undefined) {
    const right = new Set(fits(order));
    const wrong = unsure.filter((each) => !right.has(each));
    return {
      problems: wrong.map(({ line, text }) => ({
        path: `line ${line}`,
        message: `${text} is no date ${order}`,
      })),
    };
  }
  const [first] = unsure;
  if (possible.length === 0 && first !== undefined)
    return {
      problems: [
        {
          path: `line ${first.line}`,
          message: 'the dates of the file are of both orders, day first and month first',
        },
      ],
    };
  const matters = unsure.find(({ pair: [a, b] }) => a !== b);
  if (matters === undefined) return { reader: readerOf('dmy', timezone) };
  return {
    problems: [
      {
        path: `line ${matters.line}`,
        message: `${matters.text} may be day first or month first, and no line decides it: say --date-format dmy or mdy`,
      },
    ],
  };
}

function monthOf([a, b]: readonly [number, number], order: DateOrder): number {
  return order === 'dmy' ? b : a;
}

function readerOf(order: DateOrder, timezone: string): DateReader {
  const local = localInstants(timezone);
  const dayOf = (text: string): { readonly parts: Parts; readonly day: number } | null => {
    const parts = partsOf(text);
    if (parts === null) return null;
    const [a, b] = parts.pair;
    const [date, month] = (parts.order ?? order) === 'dmy' ? [a, b] : [b, a];
    const day = Date.UTC(parts.year, month - 1, date);
    return new Date(day).getUTCDate() === date && month >= 1 && month <= 12 ? { parts, day } : null;
  };
  return {
    instant: (text) => {
      const found = dayOf(text);
      if (found === null || found.parts.time === null) return null;
      const wall = found.day + found.parts.time;
      return found.parts.offset === null ? local(wall) : wall - found.parts.offset * 60_000;
    },
    date: (text) => {
      const found = dayOf(text);
      return found === null ? null : new Date(found.day).toISOString().slice(0, 10);
    },
  };
}

function partsOf(given: string): Parts | null {
  const text = given.replaceAll(/\s+/g, ' ').trim();
  const yearFirst = YEAR_FIRST.exec(text);
  if (yearFirst) {
    const [, year, month, day, ...rest] = yearFirst;
    return { pair: [Number(day), Number(month)], order: 'dmy', year: Number(year), ...clockOf(rest) };
  }
  const yearLast = YEAR_LAST.exec(text);
  if (yearLast) {
    const [, first, second, year = '', ...rest] = yearLast;
    const full = year.length === 2 ? 2000 + Number(year) : Number(year);
    return { pair: [Number(first), Number(second)], order: null, year: full, ...clockOf(rest) };
  }
  const named = MONTH_NAMED.exec(text);
  const [, name = '', day, year, ...rest] = named ?? [];
  const month = MONTHS.indexOf(name.toLowerCase()) + 1;
  if (month === 0) return null;
  return { pair: [Number(day), month], order: 'dmy', year: Number(year), ...clockOf(rest) };
}

function clockOf([hour, minute, second, half, zone]: readonly (string | undefined)[]): Pick<
  Parts,
  'time' | 'offset'
> {
  if (hour === undefined) return { time: null, offset: null };
  const twelve = Number(hour) % 12;
  const hours = half === undefined ? Number(hour) : /^p/i.test(half) ? twelve + 12 : twelve;
  const time = ((hours * 60 + Number(minute)) * 60 + Number(second ?? 0)) * 1000;
  return { time, offset: zone === undefined ? null : offsetOf(zone) };
}

function offsetOf(zone: string): number {
  if (/^z$/i.test(zone)) return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2));
  return zone.startsWith('-') ? -minutes : minutes;
}
