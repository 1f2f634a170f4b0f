import type { State } from '../metrics/types.ts';
import { type Enrolment, type Frame, frameOf } from './enrolments.ts';
import type { LearnerProgress } from './learner-progress.ts';
import { dayOfSilence, firstSilentDay, silentDays } from './quiet-days.ts';
import type { Spell } from './spells.ts';
import { type Acts, silenceAt, stateOf } from './state.ts';
import type { TimelineEntry } from './timeline-entry.ts';

/** Days with an act, from entry on, ascending. */
function daysOfActs({ calendar }: Frame, { acts, enrolment }: LearnerProgress): readonly number[] {
  return [...new Set(acts.map((at) => Math.max(calendar.day(at), enrolment.entry)))];
}

/** Changes from one state of metrics.md to another, seen at the end of each day on which one may come; endings left out. */
export function statesOf(
  frame: Frame,
  learner: LearnerProgress,
  completions: readonly Spell[],
): readonly TimelineEntry[] {
  const { calendar, definition } = frame;
  const { enrolment, acts } = learner;
  const entries: TimelineEntry[] = [];
  let was: State = 'notStarted';
  let counted = 0;
  for (const day of daysOfChange(frame, learner, completions)) {
    const at = Math.min(calendar.midnight(day + 1) - 1, frame.asOf);
    while (counted < acts.length && (acts[counted] ?? 0) <= at) counted += 1;
    const then = { frame: frameOf(definition, calendar, at), acts: acts.slice(0, counted) };
    const { state, since } = stateOf(then.frame, openAt(enrolment, at), then.acts, completions);
    if (state === was) continue;
    const silent = state === 'inactive' || state === 'dropped';
    const days = silent ? silenceAt(then.frame, enrolment, then.acts, since) : null;
    if (state !== 'withdrawn' && state !== 'transferred')
      entries.push({
        kind: 'state',
        at: since,
        state,
        was,
        days,
        sources: [],
      });
    was = state;
  }
  return entries;
}

/** Local days at whose end another state may hold than the day before, ascending. */
function daysOfChange(
  frame: Frame,
  learner: LearnerProgress,
  completions: readonly Spell[],
): readonly number[] {
  const { calendar, today, closingDay } = frame;
  const { entry, pauses, endedAt } = learner.enrolment;
  const { alertAfterDays, dropAfterDays } = frame.definition.dropout;
  const days = new Set([entry, today]);
  for (const day of daysOfActs(frame, learner)) {
    days.add(day);
    for (const after of [alertAfterDays, dropAfterDays])
      if (after !== null) days.add(dayOfSilence(day, after, pauses));
  }
  for (const { from, to } of completions)
    for (const at of [from, to]) if (at !== null) days.add(calendar.day(at));
  if (endedAt !== null) days.add(calendar.day(endedAt));
  if (closingDay !== null) days.add(closingDay + 1);
  // Of who is enrolled before the cohort begins, today is all there is.
  return [...days].filter((day) => day >= Math.min(entry, today) && day <= today).sort((a, b) => a - b);
}

function openAt(enrolment: Enrolment, at: number): Enrolment {
  const { endedAt } = enrolment;
  return endedAt === null || endedAt <= at ? enrolment : { ...enrolment, endedAt: null, reason: null };
}

/** Stretches without an act as long as the alert of silence, from their first day; the last one lasts while it may end. */
export function silencesOf(frame: Frame, learner: LearnerProgress): readonly TimelineEntry[] {
  const { calendar } = frame;
  const { enrolment, acts, state } = learner;
  const { warnAfterDays } = frame.definition.dropout;
  const days = daysOfActs(frame, learner);
  const silence = (after: number, length: number, until: number | null): readonly TimelineEntry[] => {
    if (length < warnAfterDays) return [];
    const at = calendar.midnight(firstSilentDay(after, enrolment.pauses));
    return [{ kind: 'silence', at, days: length, until, sources: [] }];
  };
  const ended = days.slice(1).flatMap((day, index) => {
    const before = days[index] ?? day;
    return silence(before, silentDays(before, day - 1, enrolment.pauses), calendar.midnight(day - 1));
  });
  const last = days.at(-1);
  const lasts = state === 'active' || state === 'inactive' || state === 'dropped';
  if (last === undefined || !lasts) return ended;
  return [...ended, ...silence(last, lengthNow(frame, enrolment, acts), null)];
}

function lengthNow(frame: Frame, enrolment: Enrolment, acts: Acts): number {
  return silenceAt(frame, enrolment, acts, frame.asOf);
}

/** Due dates that passed without the step being done, while it was demanded and the learner not completed. */
export function overdueOf(
  { definition, calendar, asOf }: Frame,
  { enrolment, units, completedAt: completed }: LearnerProgress,
): readonly TimelineEntry[] {
  return definition.units.flatMap((unit, index): TimelineEntry[] => {
    const standing = units[index];
    if (unit.dueOn === undefined || standing === undefined || !standing.required || standing.waived)
      return [];
    const due = calendar.dayOfDate(unit.dueOn);
    const at = calendar.midnight(due + 1);
    const { satisfiedAt } = standing;
    const late = satisfiedAt === null || satisfiedAt >= at;
    const asked = due >= enrolment.entry && at <= Math.min(asOf, enrolment.window.to);
    if (!late || !asked || (completed !== null && completed < at)) return [];
    return [{ kind: 'overdue', at, unit: unit.id, sources: [] }];
  });
}
