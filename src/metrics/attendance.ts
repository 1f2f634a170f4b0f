import type { Attendance } from '../progress/attendance.ts';
import type { CohortProgress } from '../progress/cohort-progress.ts';
import type { CohortMetrics } from './types.ts';

/** Learner-sessions held while enrolled (metrics.md "attendanceGross"), added up. */
export function attendanceTotals({ learners }: CohortProgress): NonNullable<CohortMetrics['attendance']> {
  const total = { held: 0, attended: 0, excused: 0, presentMinutes: 0, slotMinutes: 0 };
  for (const { sessions } of learners)
    for (const session of sessions) {
      if (!session.counted) continue;
      total.held += 1;
      if (session.status === 'attended') total.attended += 1;
      if (session.status === 'excused') total.excused += 1;
      total.presentMinutes += minutesPresent(session);
      total.slotMinutes += session.slotMinutes;
    }
  return total;
}

/** Minutes present in a session that was held; the whole slot of who is known to have attended and no more. */
export function minutesPresent({ status, minutes, slotMinutes }: Attendance): number {
  return minutes === null ? (status === 'attended' ? slotMinutes : 0) : minutes;
}

/** Attendance totals; null for a cohort without sessions. */
export function attendanceOf(progress: CohortProgress): CohortMetrics['attendance'] {
  const sessions = progress.frame.definition.units.some(({ satisfiedBy }) => satisfiedBy === 'Attended');
  return sessions ? attendanceTotals(progress) : null;
}
