import type { CohortProgress } from '../progress/cohort-progress.ts';
import { breaksOf, type Enrolment, type Frame } from '../progress/enrolments.ts';
import type { LearnerProgress } from '../progress/learner-progress.ts';
import { firstSilentDay, silentDays } from '../progress/quiet-days.ts';
import { dropDayOf, silenceAt } from '../progress/state.ts';
import type { Clock, Population } from './types.ts';

/** One enrolment as survival analysis sees it (metrics.md "Retention"). Days of the clock that was asked for. */
export interface Exit {
  /** From here on the learner is observed: at risk on u iff entry < u <= day. */
  readonly entry: number;
  readonly day: number;
  readonly event: 'dropout' | 'completion' | 'censored';
  /** The horizon H on this learner's clock. */
  readonly horizon: number;
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

/** Whether the enrolment ended on or before its entry: in no population (metrics.md "Retention"). */
export function endedBeforeStart(frame: Frame, { enrolment, state }: LearnerProgress): boolean {
  return (
    enrolment.endedAt !== null &&
    (state === 'withdrawn' || state === 'transferred') &&
    frame.calendar.day(enrolment.endedAt) <= enrolment.entry
  );
}

/**
 * Exits of a population, on one of the clocks; who ended on or before entry is left out. Who never acted is in
 * `enrolled` only, even completed without an act of their own (waived, marked by others): nobody knows when they started,
 * and S(30) would otherwise change as their completion does.
 */
export function exitsOf(
  progress: CohortProgress,
  population: Population,
  clock: Clock = 'cohort',
): readonly Exit[] {
  const { frame } = progress;
  const { horizon } = horizonOf(frame);
  return progress.learners.flatMap((learner) => {
    const { enrolment, firstActAt } = learner;
    if (endedBeforeStart(frame, learner)) return [];
    if (population === 'started' && firstActAt === null) return [];
    const entry =
      population === 'started' && firstActAt !== null
        ? Math.max(enrolment.entry, frame.calendar.day(firstActAt))
        : enrolment.entry;
    const exit = exitOf(frame, learner, entry, horizon);
    const within = exit.day > horizon ? { day: horizon, event: 'censored' as const } : exit;
    const zero = clock === 'learner' ? enrolment.entry : 0;
    return [{ entry: entry - zero, day: within.day - zero, event: within.event, horizon: horizon - zero }];
  });
}

/** Day and event on the cohort's clock, not yet cut at the horizon. */
function exitOf(
  frame: Frame,
  learner: LearnerProgress,
  entry: number,
  horizon: number,
): Pick<Exit, 'day' | 'event'> {
  const { enrolment, acts, state, completedAt } = learner;
  const at = (day: number, event: Exit['event']) => ({
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
