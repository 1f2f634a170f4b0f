import type { Alert, State } from '../metrics/types.ts';
import type { Enrolment, Frame } from './enrolments.ts';
import type { UnitStanding } from './satisfaction.ts';
import type { Attendance } from './sessions.ts';
import { within } from './spells.ts';
import { type Acts, silenceAt } from './state.ts';

const ALERTED: ReadonlySet<State> = new Set<State>(['active', 'inactive', 'notStarted']);

/** Alerts of an enrolment at T (metrics.md "alerts"), in a fixed order; none for other states. */
export function alertsOf(
  frame: Frame,
  enrolment: Enrolment,
  state: State,
  acts: Acts,
  standings: readonly UnitStanding[],
  attendance: readonly Attendance[],
): readonly Alert[] {
  if (!ALERTED.has(state)) return [];
  const { dropout } = frame.definition;
  const alerts: Alert[] = [];
  if (acts.length > 0 && silenceAt(frame, enrolment, acts, frame.asOf) >= dropout.warnAfterDays)
    alerts.push('inactivity');
  if (standings.some((standing) => isOverdue(frame, enrolment, standing))) alerts.push('overdueUnit');
  if (attendance.some((session) => session.status === 'absent' && enrolledBefore(frame, enrolment, session)))
    alerts.push('missedSession');
  if (acts.length === 0 && frame.today > enrolment.entry + dropout.startWithinDays)
    alerts.push('notStartedYet');
  return alerts;
}

/** Required, unsatisfied, past its due day, and due on or after entry. */
export function isOverdue(
  frame: Frame,
  enrolment: Enrolment,
  { unit, waivedAt, spells }: UnitStanding,
): boolean {
  if (!unit.required || unit.dueOn === undefined || unit.cancelled || waivedAt !== null) return false;
  const due = frame.calendar.dayOfDate(unit.dueOn);
  return frame.today > due && due >= enrolment.entry && !within(spells, frame.lastInstant);
}

/** Whether the session ended while the learner was enrolled. */
function enrolledBefore(frame: Frame, enrolment: Enrolment, session: Attendance): boolean {
  const unit = frame.definition.units.find(({ id }) => id === session.unit);
  return unit?.endsAt !== undefined && Date.parse(unit.endsAt) >= enrolment.enrolledAt;
}
