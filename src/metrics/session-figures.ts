import type { CohortProgress } from '../progress/cohort-progress.ts';
import { slotOf } from '../progress/sessions.ts';
import { minutesPresent } from './attendance.ts';
import { plainRate } from './rate.ts';
import type { Rate } from './types.ts';

/** One session of a cohort: who was there, of those enrolled when it ended and not waived. */
export interface SessionFigures {
  readonly id: string;
  readonly standing: 'held' | 'upcoming' | 'cancelled';
  /** Optional sessions are in no rate of the cohort (metrics.md "A unit is satisfied"). */
  readonly required: boolean;
  readonly held: number;
  readonly attended: number;
  readonly excused: number;
  readonly absent: number;
  readonly presentMinutes: number;
  readonly slotMinutes: number;
  /** metrics.md "attendanceGross" and "attendanceNet", of this session. */
  readonly gross: Rate;
  readonly net: Rate;
}

/** Attendance session by session, in the order of time; those of required sessions add up to the cohort's. */
export function sessionFiguresOf({ frame, learners }: CohortProgress): readonly SessionFigures[] {
  return frame.definition.units
    .flatMap((unit) => {
      const slot = slotOf(unit);
      return slot === null ? [] : [{ unit, slot }];
    })
    .sort((a, b) => a.slot.from - b.slot.from)
    .map(({ unit, slot }) => {
      const owed = learners.flatMap(({ sessions }) =>
        sessions.filter((session) => session.unit === unit.id && session.owed),
      );
      const count = (status: string) => owed.filter((each) => each.status === status).length;
      const sum = (minutes: (each: (typeof owed)[number]) => number) =>
        owed.reduce((total, each) => total + minutes(each), 0);
      const attended = count('attended');
      const excused = count('excused');
      return {
        id: unit.id,
        standing: unit.cancelled ? 'cancelled' : slot.to > frame.asOf ? 'upcoming' : 'held',
        required: unit.required,
        held: owed.length,
        attended,
        excused,
        absent: count('absent'),
        presentMinutes: sum(minutesPresent),
        slotMinutes: sum(({ slotMinutes }) => slotMinutes),
        gross: plainRate(attended, owed.length),
        net: plainRate(attended, owed.length - excused),
      };
    });
}
