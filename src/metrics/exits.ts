import type { CohortProgress } from '../progress/cohort-progress.ts';
import { breaksOf, type Enrolment, type Frame } from '../progress/enrolments.ts';
import type { LearnerProgress } from '../progress/learner-progress.ts';
import { firstSilentDay, silentDays } from '../progress/quiet-days.ts';
import { dropDayOf, silenceAt } from '../progress/state.ts';

/** One enrolment as survival analysis sees it (metrics.md "Retention"). Days of the cohort's clock. */
export interface Exit {
  /** From here on the learner is observed: at risk on u iff entry < u <= day. */
  readonly entry: number;
  readonly day: number;
  readonly event: 'dropout' | 'completion' | 'censored';
}

/** The last day whose dropouts can be known, and the horizon H (metrics.md "knownThrough", "H"). */
export function horizonOf(frame: Frame): { readonly knownThrough: number; readonly horizon: number } {
  const { dropAfterDays } = frame.definition.dropout;
  const last = frame.closingDay === null ? frame.today : Math.min(frame.today, frame.closingDay);
  const breaks = breaksOf(frame);
  let knownThrough = last;
  if (dropAfterDays !== null) {
    let latest = last - dropAfterDays;
    while (silentDays(latest, last, breaks) < dropAfterDays) latest -= 1;
    knownThrough = firstSilentDay(latest, breaks);
  }
  knownThrough = Math.max(0, knownThrough);
  return {
    knownThrough,
    horizon: frame.closed && frame.closingDay !== null ? frame.closingDay : knownThrough,
  };
}

/** Exits of a population; who ended on or before entry is left out. */
export function exitsOf(progress: CohortProgress, population: 'started' | 'enrolled'): readonly Exit[] {
  const { frame } = progress;
  const { horizon } = horizonOf(frame);
  return progress.learners.flatMap((learner) => {
    const { enrolment, firstActAt, completedAt } = learner;
    if (population === 'started' && firstActAt === null && completedAt === null) return [];
    if (
      enrolment.endedAt !== null &&
      frame.calendar.day(enrolment.endedAt) <= enrolment.entry &&
      learner.state !== 'completed'
    )
      return [];
    const start = firstActAt ?? completedAt;
    const entry =
      population === 'started' && start !== null
        ? Math.max(enrolment.entry, frame.calendar.day(start))
        : enrolment.entry;
    const exit = exitOf(frame, learner, entry, horizon);
    return [exit.day > horizon ? { entry, day: horizon, event: 'censored' as const } : exit];
  });
}

function exitOf(frame: Frame, learner: LearnerProgress, entry: number, horizon: number): Exit {
  const { enrolment, acts, state, completedAt } = learner;
  const at = (day: number, event: Exit['event']): Exit => ({
    entry,
    day: event === 'censored' ? day : Math.max(day, entry + 1),
    event,
  });
  if (state === 'dropped') return at(dropDayOf(frame, enrolment, acts), 'dropout');
  if (state === 'completed' && completedAt !== null) return at(frame.calendar.day(completedAt), 'completion');
  if (enrolment.endedAt !== null && (state === 'withdrawn' || state === 'transferred')) {
    if (hadLeftBefore(frame, enrolment, acts, enrolment.endedAt))
      return at(dropDayOf(frame, enrolment, acts), 'dropout');
    return at(frame.calendar.day(enrolment.endedAt), state === 'withdrawn' ? 'dropout' : 'censored');
  }
  return at(horizon, 'censored');
}

/** Whether the silence at the ending had already reached dropAfterDays. */
function hadLeftBefore(
  frame: Frame,
  enrolment: Enrolment,
  acts: readonly number[],
  endedAt: number,
): boolean {
  const { dropAfterDays } = frame.definition.dropout;
  return (
    acts.length > 0 && dropAfterDays !== null && silenceAt(frame, enrolment, acts, endedAt) >= dropAfterDays
  );
}
