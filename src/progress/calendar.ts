const DAY = 86_400_000;
/** Zones change their offset at a quarter of an hour: all do since 2012. */
const QUARTER = 900_000;
/** Local midnight lies within this of midnight UTC of the same date, whatever the zone. */
const WIDEST_OFFSET = 16 * 3_600_000;

/** The cohort's local days (metrics.md "day(x)"): day 0 is `startsOn`; differences are of dates, never of hours. */
export interface Calendar {
  /** Local day number of an instant (ms). */
  day(instant: number): number;
  /** First instant (ms) of a local day; of a day that a zone skipped, the first of the next. */
  midnight(day: number): number;
  /** YYYY-MM-DD of a local day. */
  date(day: number): string;
  /** Day number of YYYY-MM-DD. */
  dayOfDate(date: string): number;
}

/** Calendar of an IANA time zone, counted from `startsOn` (YYYY-MM-DD). */
export function createCalendar(timezone: string, startsOn: string): Calendar {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone: timezone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  });
  const zero = Date.parse(`${startsOn}T00:00:00Z`) / DAY;
  const midnights = new Map<number, number>();

  const dayOfDate = (date: string): number => Date.parse(`${date}T00:00:00Z`) / DAY - zero;

  // Asking Intl is slow: it is asked for a few instants a day, to find the midnights, and these say the rest.
  const hasBegun = (day: number, instant: number) => dayOfDate(format.format(instant)) >= day;

  const search = (day: number): number => {
    const utc = (zero + day) * DAY;
    let before = Math.floor((utc - WIDEST_OFFSET) / QUARTER);
    let from = Math.ceil((utc + WIDEST_OFFSET) / QUARTER);
    while (from - before > 1) {
      const middle = Math.floor((before + from) / 2);
      if (hasBegun(day, middle * QUARTER)) from = middle;
      else before = middle;
    }
    return from * QUARTER;
  };

  const midnight = (day: number): number => {
    const known = midnights.get(day);
    if (known !== undefined) return known;
    // Nearly every day begins 24 hours after the one before.
    const near = (midnights.get(day - 1) ?? 0) + DAY;
    const found = hasBegun(day, near) && !hasBegun(day, near - QUARTER) ? near : search(day);
    midnights.set(day, found);
    return found;
  };

  // Instants are asked for in the order of time, many of the same day.
  let last = { day: 0, from: midnight(0), to: midnight(1) };

  return {
    day: (instant) => {
      if (instant >= last.from && instant < last.to) return last.day;
      let day = Math.floor(instant / DAY) - zero;
      while (midnight(day + 1) <= instant) day += 1;
      while (midnight(day) > instant) day -= 1;
      last = { day, from: midnight(day), to: midnight(day + 1) };
      return day;
    },
    midnight,
    date: (number) => new Date((zero + number) * DAY).toISOString().slice(0, 10),
    dayOfDate,
  };
}
