import type { State } from '../metrics/types.ts';
import type { Enrolment, Frame } from './enrolments.ts';
import { dayOfSilence, firstSilentDay, silentDays } from './quiet-days.ts';
import type { Spell } from './spells.ts';

/** The acts of an enrolment, as instants in ms, ascending. */
export type Acts = readonly number[];

/** Silence at an instant (ms) in days, for someone with an act (metrics.md "silence"). */
export function silenceAt(frame: Frame, enrolment: Enrolment, acts: Acts, instant: number): number {
  const day = frame.calendar.day(instant);
  const upTo = frame.closingDay === null ? day : Math.min(day, frame.closingDay);
  return silentDays(lastActDay(frame, enrolment, acts), upTo, enrolment.pauses);
}

/** max(day of last act, entry). */
export function lastActDay(frame: Frame, enrolment: Enrolment, acts: Acts): number {
  const last = acts.at(-1);
  return last === undefined ? enrolment.entry : Math.max(frame.calendar.day(last), enrolment.entry);
}

/** The first day counted as silence after the last act (metrics.md "drop day"). */
export function dropDayOf(frame: Frame, enrolment: Enrolment, acts: Acts): number {
  return firstSilentDay(lastActDay(frame, enrolment, acts), enrolment.pauses);
}

/** A state, and the instant (ms) since when it holds. */
interface Standing {
  readonly state: State;
  readonly since: number;
}

/** The partition (metrics.md): the first rule that holds, and since when, of one who was completed during these spells. */
export function stateOf(
  frame: Frame,
  enrolment: Enrolment,
  acts: Acts,
  completions: readonly Spell[],
): Standing {
  const { from, to } = completions.findLast((spell) => spell.from <= frame.asOf) ?? NEVER;
  const takenBackAt = to !== null && to <= frame.asOf ? to : null;
  const { state, since } = ruleOf(frame, enrolment, acts, takenBackAt === null ? from : null);
  // Evidence may be older than the enrolment, which before was in no state; and until a completion is taken back, it holds.
  return { state, since: Math.max(since, enrolment.enrolledAt, takenBackAt ?? since) };
}

const NEVER = { from: null, to: null };

function ruleOf(frame: Frame, enrolment: Enrolment, acts: Acts, completedAt: number | null): Standing {
  const { dropAfterDays, alertAfterDays } = frame.definition.dropout;
  const closingInstant =
    frame.closingDay === null ? frame.asOf : frame.calendar.midnight(frame.closingDay + 1);
  if (completedAt !== null) return { state: 'completed', since: completedAt };
  if (enrolment.endedAt !== null)
    return {
      state: enrolment.reason === 'transferred' ? 'transferred' : 'withdrawn',
      since: enrolment.endedAt,
    };
  const [first] = acts;
  if (first === undefined)
    return frame.closed
      ? { state: 'noShow', since: closingInstant }
      : { state: 'notStarted', since: enrolment.enrolledAt };
  const silence = silenceAt(frame, enrolment, acts, frame.asOf);
  const silentSince = (days: number) =>
    frame.calendar.midnight(dayOfSilence(lastActDay(frame, enrolment, acts), days, enrolment.pauses));
  if (dropAfterDays !== null && silence >= dropAfterDays)
    return { state: 'dropped', since: silentSince(dropAfterDays) };
  if (frame.closed) return { state: 'unfinished', since: closingInstant };
  if (silence >= alertAfterDays) return { state: 'inactive', since: silentSince(alertAfterDays) };
  return { state: 'active', since: activeSince(frame, enrolment, acts, first) };
}

/** The first act, or the one that ended the last silence long enough to be called inactive or dropped. */
function activeSince(frame: Frame, enrolment: Enrolment, acts: Acts, first: number): number {
  const { alertAfterDays, dropAfterDays } = frame.definition.dropout;
  const long = Math.min(alertAfterDays, dropAfterDays ?? alertAfterDays);
  let from = first;
  let previous = Math.max(frame.calendar.day(first), enrolment.entry);
  for (const act of acts) {
    const day = Math.max(frame.calendar.day(act), enrolment.entry);
    const isLong = silentDays(previous, day, enrolment.pauses) >= long;
    // An act at the very instant at which the silence would have become long leaves no time in which it was.
    if (isLong && frame.calendar.midnight(dayOfSilence(previous, long, enrolment.pauses)) < act) from = act;
    previous = day;
  }
  return from;
}
