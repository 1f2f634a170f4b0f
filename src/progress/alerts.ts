import type { Alert, State } from '../metrics/types.ts';
import type { Attendance } from './attendance.ts';
import type { Enrolment, Frame } from './enrolments.ts';
import { isDemanded, type UnitStanding } from './satisfaction.ts';
import { currentFrom } from './spells.ts';
import { type Acts, silenceAt } from './state.ts';

const ALERTED: ReadonlySet<State> = new Set<State>(['active', 'inactive', 'notStarted']);

/** Alerts of an enrolment at T (metrics.md "alerts"), in a fixed order; none for other states. */
export function alertsOf(
  frame: Frame,
  enrolment: Enrolment,
  state: State,
  acts: Acts,
  standings: readonly UnitStanding[],
  sessions: readonly Attendance[],
): readonly Alert[] {
  if (!ALERTED.has(state)) return [];
  const { dropout } = frame.definition;
  const alerts: Alert[] = [];
  if (acts.length > 0 && silenceAt(frame, enrolment, acts, frame.asOf) >= dropout.warnAfterDays)
    alerts.push('inactivity');
  if (standings.some((standing) => isOverdue(frame, enrolment, standing))) alerts.push('overdueUnit');
  if (sessions.some(({ owed, status }) => owed && status === 'absent')) alerts.push('missedSession');
  if (acts.length === 0 && frame.today > enrolment.entry + dropout.startWithinDays)
    alerts.push('notStartedYet');
  return alerts;
}

/** Required, unsatisfied, past its due day, and due on or after entry. */
function isOverdue(frame: Frame, enrolment: Enrolment, standing: UnitStanding): boolean {
  const { dueOn } = standing.unit;
  if (dueOn === undefined || !isDemanded(standing, frame.asOf)) return false;
  const due = frame.calendar.dayOfDate(dueOn);
  return frame.today > due && due >= enrolment.entry && currentFrom(standing.spells) === null;
}
