const MINUTE = 60_000;
const DAY = 86_400_000;

/** Days as a wall calendar has them: the date is looked up, the difference of two dates is counted. */
export interface LocalDays {
  /** Day number of an instant (ms). */
  day(instant: number): number;
  /** Day number of YYYY-MM-DD. */
  dayOf(date: string): number;
  /** YYYY-MM-DD of a day number. */
  date(day: number): string;
  /** First instant (ms) that is not before a day. */
  midnight(day: number): number;
}

/** Days of a zone from a date (YYYY-MM-DD) on: every instant is asked of Intl by itself. */
export function localDays(timeZone: string, startsOn: string): LocalDays {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
  });
  const start = utcMidnight(startsOn);
  const day = (instant: number): number => {
    const [month = 0, date = 0, year = 0] = format.format(instant).split('/').map(Number);
    return Math.round((Date.UTC(year, month - 1, date) - start) / DAY);
  };
  return {
    day,
    dayOf: (date) => Math.round((utcMidnight(date) - start) / DAY),
    date: (number) => new Date(start + number * DAY).toISOString().slice(0, 10),
    midnight: (number) => {
      // No zone is further than a day away: by the hour until the day has come, then back by the minute.
      let instant = start + (number - 1) * DAY;
      while (day(instant) < number) instant += 60 * MINUTE;
      while (day(instant - MINUTE) >= number) instant -= MINUTE;
      return instant;
    },
  };
}

function utcMidnight(date: string): number {
  return Date.parse(`${date}T00:00:00.000Z`);
}
