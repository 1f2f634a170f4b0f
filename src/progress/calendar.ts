const DAY = 86_400_000;
/** No zone changes its offset but at a quarter of an hour. */
const QUARTER = 900_000;
/** Local midnight lies within this of midnight UTC of the same date, whatever the zone. */
const WIDEST_OFFSET = 16 * 3_600_000;

/** The cohort's local days (metrics.md "day(x)"): day 0 is `startsOn`; differences are of dates, never of hours. */
export interface Calendar {
  /** Local day number of an instant (ms). */
  day(instant: number): number;
  /** First instant (ms) of a local day. */
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
  const days = new Map<number, number>();
  const midnights = new Map<number, number>();

  const day = (instant: number): number => {
    const quarter = Math.floor(instant / QUARTER);
    const known = days.get(quarter);
    if (known !== undefined) return known;
    const local = Date.parse(`${format.format(quarter * QUARTER)}T00:00:00Z`) / DAY - zero;
    days.set(quarter, local);
    return local;
  };

  const midnight = (wanted: number): number => {
    const known = midnights.get(wanted);
    if (known !== undefined) return known;
    const utc = (zero + wanted) * DAY;
    let before = Math.floor((utc - WIDEST_OFFSET) / QUARTER);
    let from = Math.ceil((utc + WIDEST_OFFSET) / QUARTER);
    while (from - before > 1) {
      const middle = Math.floor((before + from) / 2);
      if (day(middle * QUARTER) >= wanted) from = middle;
      else before = middle;
    }
    midnights.set(wanted, from * QUARTER);
    return from * QUARTER;
  };

  return {
    day,
    midnight,
    date: (number) => new Date((zero + number) * DAY).toISOString().slice(0, 10),
    dayOfDate: (date) => Date.parse(`${date}T00:00:00Z`) / DAY - zero,
  };
}
