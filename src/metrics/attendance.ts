import type { Attendance } from '../progress/attendance.ts';
import type { CohortProgress } from '../progress/cohort-progress.ts';
import type { CohortMetrics } from './types.ts';

/** Learner-sessions held while enrolled (metrics.md "attendanceGross"). */
export function sessionsHeld({ learners }: CohortProgress): readonly Attendance[] {
  return learners.flatMap(({ sessions }) => sessions.filter(({ counted }) => counted));
}

/** Minutes present in a session that was held; the whole slot of who is known to have attended and no more. */
export function minutesPresent({ status, minutes, slotMinutes }: Attendance): number {
  return minutes === null ? (status === 'attended' ? slotMinutes : 0) : minutes;
}

/** Attendance totals; null for a cohort without sessions. */
export function attendanceOf(progress: CohortProgress): CohortMetrics['attendance'] {
  if (!progress.frame.definition.units.some(({ satisfiedBy }) => satisfiedBy === 'Attended')) return null;
  const held = sessionsHeld(progress);
  const sum = (minutes: (each: Attendance) => number) =>
    held.reduce((total, each) => total + minutes(each), 0);
  return {
    held: held.length,
    attended: held.filter(({ status }) => status === 'attended').length,
    excused: held.filter(({ status }) => status === 'excused').length,
    presentMinutes: sum(minutesPresent),
    slotMinutes: sum(({ slotMinutes }) => slotMinutes),
  };
}
