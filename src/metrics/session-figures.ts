import type { Attendance } from '../progress/attendance.ts';
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
  const sessions = frame.definition.units.flatMap((unit) => {
    const slot = slotOf(unit);
    return slot === null ? [] : [{ unit, slot, sum: { ...NOBODY } }];
  });
  const sums = new Map(sessions.map(({ unit, sum }) => [unit.id, sum]));
  for (const learner of learners)
    for (const session of learner.sessions) {
      const sum = session.owed ? sums.get(session.unit) : undefined;
      if (sum) add(sum, session);
    }
  return sessions
    .sort((a, b) => a.slot.from - b.slot.from)
    .map(({ unit, slot, sum }) => ({
      id: unit.id,
      standing: unit.cancelled ? 'cancelled' : slot.to > frame.asOf ? 'upcoming' : 'held',
      required: unit.required,
      ...sum,
      gross: plainRate(sum.attended, sum.held),
      net: plainRate(sum.attended, sum.held - sum.excused),
    }));
}

const NOBODY = { held: 0, attended: 0, excused: 0, absent: 0, presentMinutes: 0, slotMinutes: 0 };

function add(sum: { -readonly [Name in keyof typeof NOBODY]: number }, session: Attendance): void {
  sum.held += 1;
  if (session.status === 'attended') sum.attended += 1;
  if (session.status === 'excused') sum.excused += 1;
  if (session.status === 'absent') sum.absent += 1;
  sum.presentMinutes += minutesPresent(session);
  sum.slotMinutes += session.slotMinutes;
}
