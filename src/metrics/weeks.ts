import type { Frame } from '../progress/enrolments.ts';

/** A week of a cohort: days 7k to 7k+6 (metrics.md "Weekly"). */
export interface Week {
  readonly week: number;
  /** Date of its first day, YYYY-MM-DD. */
  readonly from: string;
}

/** The weeks from day 0 to today or the closing day, whichever is first; none before day 0. */
export function weeksOf(frame: Frame): readonly Week[] {
  const lastDay = frame.closingDay === null ? frame.today : Math.min(frame.today, frame.closingDay);
  if (lastDay < 0) return [];
  return Array.from({ length: Math.floor(lastDay / 7) + 1 }, (_, week) => ({
    week,
    from: frame.calendar.date(7 * week),
  }));
}

/** The week of an instant (ms); below 0 before the cohort's first. */
export function weekOf(frame: Frame, instant: number): number {
  return Math.floor(frame.calendar.day(instant) / 7);
}
