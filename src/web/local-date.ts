/** The calendar date of an instant in a zone, YYYY-MM-DD (metrics.md "day(x)"). */
export function localDate(instant: string, zone: string): string {
  // Swedish writes dates the ISO way.
  return new Intl.DateTimeFormat('sv-SE', { timeZone: zone }).format(new Date(instant));
}

/** Days from one date to another, both YYYY-MM-DD: a difference of dates, never of hours. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
}

/** The date so many days after another, YYYY-MM-DD. */
export function plusDays(date: string, days: number): string {
  return new Date(Date.parse(date) + days * 86_400_000).toISOString().slice(0, 10);
}
