import type { Alert } from '../metrics/types.ts';
import type { Frame } from './enrolments.ts';
import type { LearnerProgress } from './learner-progress.ts';
import { slotOf } from './sessions.ts';
import { silenceAt } from './state.ts';

/**
 * Why somebody needs to be seen: an alert of metrics.md, or that they are dropped, with what it is made of. `days` counts
 * as metrics.md does: silence without breaks and suspensions, or days since entry.
 */
export type Reason =
  | { readonly kind: 'inactivity' | 'dropped' | 'notStartedYet'; readonly days: number }
  /** Ids of units. */
  | { readonly kind: 'overdueUnit' | 'missedSession'; readonly units: readonly string[] };
export type ReasonKind = Alert | 'dropped';

/** The reasons to see a learner at the frame's instant, none for who needs nobody. One a kind, as alerts are. */
export function reasonsOf(frame: Frame, learner: LearnerProgress): readonly Reason[] {
  const kinds: readonly ReasonKind[] = learner.state === 'dropped' ? ['dropped'] : learner.alerts;
  return kinds.map((kind) => reasonOf(kind, frame, learner));
}

function reasonOf(kind: ReasonKind, frame: Frame, learner: LearnerProgress): Reason {
  const { enrolment, acts } = learner;
  switch (kind) {
    case 'inactivity':
    case 'dropped':
      return { kind, days: silenceAt(frame, enrolment, acts, frame.asOf) };
    case 'notStartedYet':
      return { kind, days: frame.today - enrolment.entry };
    case 'overdueUnit':
      return { kind, units: overdueUnits(frame, learner) };
    case 'missedSession':
      return { kind, units: missedSessions(learner) };
  }
}

/** Sessions that were held, not attended and not excused (metrics.md "missedSession"). */
export function missedSessions({ sessions }: LearnerProgress): readonly string[] {
  return sessions.filter(({ owed, status }) => owed && status === 'absent').map(({ unit }) => unit);
}

/** Required, unsatisfied, past their due day, and due on or after entry (metrics.md "overdueUnit"). */
function overdueUnits({ definition, calendar, today }: Frame, learner: LearnerProgress): readonly string[] {
  const { enrolment, units } = learner;
  return definition.units.flatMap(({ id, dueOn }, index) => {
    const unit = units[index];
    if (dueOn === undefined || unit === undefined) return [];
    const due = calendar.dayOfDate(dueOn);
    const demanded = unit.required && !unit.waived && unit.satisfiedAt === null;
    return demanded && today > due && due >= enrolment.entry ? [id] : [];
  });
}

/**
 * The instant (ms) since which somebody may be spoken to about all of these reasons: the last sign of life, the day after
 * the last due day, the end of the last missed session, whichever is the latest. Null without reasons.
 */
export function reasonsSince(
  { definition, calendar }: Frame,
  { enrolment, lastActAt }: LearnerProgress,
  reasons: readonly Reason[],
): number | null {
  const unitOf = (wanted: string) => definition.units.find(({ id }) => id === wanted);
  const instants = reasons.flatMap((reason) => {
    if (!('units' in reason)) return [lastActAt ?? enrolment.enrolledAt];
    return reason.units.flatMap((id) => {
      const unit = unitOf(id);
      if (unit === undefined) return [];
      if (reason.kind === 'missedSession') return slotOf(unit)?.to ?? [];
      return unit.dueOn === undefined ? [] : [calendar.midnight(calendar.dayOfDate(unit.dueOn) + 1)];
    });
  });
  return instants.length === 0 ? null : Math.max(enrolment.enrolledAt, ...instants);
}
