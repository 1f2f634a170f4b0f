import type { Alert, LearnerRow, State } from '../../src/metrics/types.ts';
import type { Moment, NaiveLearner } from './learner.ts';

const HAIR = 1e-9;

/** The first rule that holds (metrics.md "The partition"). */
export function stateOf(moment: Moment, learner: NaiveLearner): State {
  const { dropAfterDays, alertAfterDays } = moment.definition.dropout;
  if (learner.isDone(learner.until)) return 'completed';
  if (learner.reason === 'transferred') return 'transferred';
  if (learner.endedAt !== null) return 'withdrawn';
  if (learner.acts.length === 0) return moment.closed ? 'noShow' : 'notStarted';
  const silence = learner.silenceAt(moment.T);
  if (dropAfterDays !== null && silence >= dropAfterDays) return 'dropped';
  if (moment.closed) return 'unfinished';
  return silence >= alertAfterDays ? 'inactive' : 'active';
}

export function alertsOf(moment: Moment, learner: NaiveLearner): readonly Alert[] {
  const { definition, days, today, T } = moment;
  if (!['active', 'inactive', 'notStarted'].includes(stateOf(moment, learner))) return [];
  const { acts, entry, until } = learner;
  const overdue = definition.units.some(
    (unit) =>
      unit.dueOn !== undefined &&
      learner.isDemanded(unit, until) &&
      !learner.isSatisfied(unit, until) &&
      today > days.dayOf(unit.dueOn) &&
      days.dayOf(unit.dueOn) >= entry,
  );
  const missed = learner.sessions.some(
    (unit) => learner.isOwed(unit, until) && learner.presenceAt(unit, until).status === 'absent',
  );
  return [
    ...(acts.length > 0 && learner.silenceAt(T) >= definition.dropout.warnAfterDays
      ? (['inactivity'] as const)
      : []),
    ...(overdue ? (['overdueUnit'] as const) : []),
    ...(missed ? (['missedSession'] as const) : []),
    ...(acts.length === 0 && today > entry + definition.dropout.startWithinDays
      ? (['notStartedYet'] as const)
      : []),
  ];
}

/** A row of the learners, without who it is and since when. */
export function rowOf(
  moment: Moment,
  learner: NaiveLearner,
): Omit<LearnerRow, 'enrolmentId' | 'actor' | 'name' | 'since'> {
  const { definition } = moment;
  const { acts, until } = learner;
  const { satisfied, demanded } = shareOf(moment, learner);
  const minutes = (units: typeof demanded) =>
    units.reduce((sum, { plannedMinutes = 0 }) => sum + plannedMinutes, 0);
  const seen = learner.inWindow.filter(({ meaning }) => meaning === 'visited').concat(acts);
  return {
    enrolledAt: iso(learner.stay.from),
    endedAt: isoOrNull(learner.endedAt),
    state: stateOf(moment, learner),
    alerts: alertsOf(moment, learner),
    progress: progressOf(moment, learner),
    realisation:
      minutes(demanded) === 0
        ? null
        : Math.floor((minutes(satisfied) / minutes(demanded)) * 100 + 0.5 + HAIR),
    firstActAt: isoOrNull(smallest(acts.map(({ at }) => at))),
    lastActAt: isoOrNull(greatest(acts.map(({ at }) => at))),
    lastSeenAt: isoOrNull(greatest(seen.map(({ at }) => at))),
    completedAt: isoOrNull(completedAtOf(learner)),
    units: definition.units.map((unit) => ({
      id: unit.id,
      satisfiedAt: isoOrNull(learner.sinceWhen((x) => learner.isSatisfied(unit, x))),
      waived: learner.isWaived(unit, until),
    })),
    sessions: learner.sessions.map((unit) => {
      const { status, minutes: there } = learner.presenceAt(unit, until);
      return { id: unit.id, status, minutes: there === null ? null : Math.round(there) };
    }),
  };
}

export function completedAtOf(learner: NaiveLearner): number | null {
  return learner.sinceWhen(learner.isDone);
}

function shareOf({ definition }: Moment, learner: NaiveLearner) {
  const demanded = definition.units.filter((unit) => learner.isDemanded(unit, learner.until));
  return { demanded, satisfied: demanded.filter((unit) => learner.isSatisfied(unit, learner.until)) };
}

/** Share of the required weight that is satisfied; null when nothing is required. */
export function progressOf(moment: Moment, learner: NaiveLearner): number | null {
  const { satisfied, demanded } = shareOf(moment, learner);
  return demanded.length === 0 ? null : learner.weight(satisfied) / learner.weight(demanded);
}

const smallest = (instants: readonly number[]) => (instants.length === 0 ? null : Math.min(...instants));
const greatest = (instants: readonly number[]) => (instants.length === 0 ? null : Math.max(...instants));
const iso = (instant: number) => new Date(instant).toISOString();
const isoOrNull = (instant: number | null) => (instant === null ? null : iso(instant));
