import type { XapiVersion } from '../types.ts';

const DATE = '(?<year>\\d{4})-(?<month>\\d\\d)-(?<day>\\d\\d)';
const BASIC_DATE = '(?<year>\\d{4})(?<month>\\d\\d)(?<day>\\d\\d)';
// RFC 3339: seconds and offset always there.
const RFC_3339 = new RegExp(
  `^${DATE}T(?<hour>\\d\\d):(?<minute>\\d\\d):(?<second>\\d\\d)(?:\\.(?<fraction>\\d+))?(?<zone>Z|[+-]\\d\\d:\\d\\d)$`,
  'i',
);
// ISO 8601 combined date and time, extended and basic format: seconds and offset may be left out.
const EXTENDED = new RegExp(
  `^${DATE}T(?<hour>\\d\\d):(?<minute>\\d\\d)(?::(?<second>\\d\\d)(?:[.,](?<fraction>\\d+))?)?(?<zone>Z|[+-]\\d\\d(?::?\\d\\d)?)?$`,
  'i',
);
const BASIC = new RegExp(
  `^${BASIC_DATE}T(?<hour>\\d\\d)(?<minute>\\d\\d)(?:(?<second>\\d\\d)(?:[.,](?<fraction>\\d+))?)?(?<zone>Z|[+-]\\d\\d(?:\\d\\d)?)?$`,
  'i',
);

// As most are written, on a day that every month has: of these Date.parse says the same, in a fraction of the time.
const USUAL =
  /^(?!00)\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{3})?Z$/;

// RFC 3339 in UTC; of a valid timestamp nothing else needs a look.
const IN_UTC = /^\d{4}-\d\d-\d\dT(?:[01]\d|2[0-3]):\d\d:\d\d(?:\.\d+)?(?:Z|\+00:00)$/;
const YEAR_OF_FOUR = /^\d{4}-/;

const MINUTE = 60_000;

/** Minutes east of UTC; null for an offset out of range or a negative zero, which ISO 8601 forbids. */
const offsetMinutes = (zone: string | undefined): number | null => {
  if (zone === undefined || zone === 'Z' || zone === 'z') return 0;
  const digits = zone.replace(':', '');
  const hours = Number(digits.slice(1, 3));
  const minutes = Number(digits.slice(3) || '0');
  if (hours > 23 || minutes > 59) return null;
  const total = hours * 60 + minutes;
  if (zone.startsWith('-')) return total === 0 ? null : -total;
  return total;
};

const milliseconds = (fraction: string | undefined): number =>
  fraction === undefined ? 0 : Number(fraction.slice(0, 3).padEnd(3, '0'));

/** Midnight UTC of a day that exists in the calendar, as milliseconds since 1970; null otherwise. */
const dayStart = (year: number, month: number, day: number): number | null => {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? date.getTime() : null;
};

/** The parts of a timestamp as they are written; undefined when it is not one of this version. */
const partsOf = (timestamp: string, version: XapiVersion) =>
  (version === '1.0.3' ? (EXTENDED.exec(timestamp) ?? BASIC.exec(timestamp)) : RFC_3339.exec(timestamp))
    ?.groups;

/**
 * The instant a timestamp names, in milliseconds since 1970 (finer digits are cut), or null when it is not a
 * timestamp of this version: 1.0.3 takes ISO 8601 date and time in extended or basic format, read as UTC
 * without an offset (Data 4.5, where RFC 3339 and the time zone are only recommended); 2.0 takes RFC 3339.
 * Both take a leap second, and neither takes the offset -00:00.
 */
export function instantOf(timestamp: string, version: XapiVersion = '1.0.3'): number | null {
  if (USUAL.test(timestamp)) return Date.parse(timestamp);
  const parts = partsOf(timestamp, version);
  if (parts === undefined) return null;
  const hour = Number(parts.hour);
  const minute = Number(parts.minute);
  const second = Number(parts.second ?? '0');
  const offset = offsetMinutes(parts.zone);
  const day = dayStart(Number(parts.year), Number(parts.month), Number(parts.day));
  if (offset === null || day === null || minute > 59) return null;
  const fraction = milliseconds(parts.fraction);
  const endOfDay = version === '1.0.3' && hour === 24 && minute === 0 && second === 0 && fraction === 0;
  if (hour > 23 && !endOfDay) return null;
  const minutesOfDay = hour * 60 + minute;
  // A leap second is inserted at 23:59:60 UTC, whatever the offset it is written with.
  const isLastMinute = (((minutesOfDay - offset) % 1440) + 1440) % 1440 === 1439;
  if (second > (isLastMinute ? 60 : 59)) return null;
  return day + (minutesOfDay - offset) * MINUTE + second * 1000 + fraction;
}

/**
 * A timestamp of either version in UTC and in the form of RFC 3339, with every digit of its seconds (IEEE 9274.1.1 4.2.7;
 * 1.0.3 Data 4.5, where one without an offset is read as UTC). Itself when it is so already, when it is no timestamp, and
 * when UTC has it in a year that takes other than four digits.
 */
export function inUtc(timestamp: string): string {
  if (IN_UTC.test(timestamp)) return timestamp;
  const parts = partsOf(timestamp, '1.0.3');
  const offset = offsetMinutes(parts?.zone);
  const day = dayStart(Number(parts?.year), Number(parts?.month), Number(parts?.day));
  if (parts === undefined || offset === null || day === null) return timestamp;
  // Seconds stay as they are written: they may be a leap second, and finer than any clock here.
  const minute = new Date(day + (Number(parts.hour) * 60 + Number(parts.minute) - offset) * MINUTE);
  const text = minute.toISOString();
  if (!YEAR_OF_FOUR.test(text)) return timestamp;
  const fraction = parts.fraction === undefined ? '' : `.${parts.fraction}`;
  return `${text.slice(0, 'yyyy-mm-ddThh:mm'.length)}:${parts.second ?? '00'}${fraction}Z`;
}
