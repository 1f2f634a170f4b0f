import type { Unit } from '../../config/cohort-definition.ts';
import type { SessionStatus } from '../metrics/types.ts';
import type { KnownFact } from './fact.ts';
import type { UnitFacts } from './unit-spells.ts';
import { TOLERANCE, unionLength } from './unit-spells.ts';

/** Share of the slot to be present when neither unit nor cohort says (metrics.md "Attended"). */
const DEFAULT_MIN_ATTENDANCE = 0.8;
const MINUTE = 60_000;

/** A session of the cohort and one learner's presence in it. */
export interface Attendance {
  readonly unit: string;
  readonly status: SessionStatus;
  /** Minutes present within the slot; null where only a register said so, or nothing is known. */
  readonly minutes: number | null;
  readonly slotMinutes: number;
}

/** Slot of a session in ms; null for a unit that is none. */
export function slotOf(unit: Unit): { readonly from: number; readonly to: number } | null {
  if (unit.satisfiedBy !== 'Attended' || unit.startsAt === undefined || unit.endsAt === undefined)
    return null;
  return { from: Date.parse(unit.startsAt), to: Date.parse(unit.endsAt) };
}

/** A learner's attendance of a session at an instant (ms): what a trusted writer says wins over traces. */
export function attendanceAt(unit: Unit, facts: UnitFacts, instant: number): Attendance | null {
  const slot = slotOf(unit);
  if (!slot) return null;
  const slotMinutes = (slot.to - slot.from) / MINUTE;
  const answer = (status: SessionStatus, minutes: number | null): Attendance => ({
    unit: unit.id,
    status,
    minutes,
    slotMinutes,
  });
  if (unit.cancelled) return answer('cancelled', null);
  if (slot.to > instant) return answer('upcoming', null);
  const known = facts.own.filter(({ at }) => at <= instant);
  if (known.some(({ meaning }) => meaning === 'attended')) return answer('attended', null);
  const present = unionLength(intervals(known, slot));
  const needed = (unit.minAttendance ?? DEFAULT_MIN_ATTENDANCE) - TOLERANCE;
  return answer(
    present / (slot.to - slot.from) >= needed && present > 0 ? 'attended' : 'absent',
    present / MINUTE,
  );
}

/** join..leave within the slot; a missing leave ends with the slot. */
function intervals(
  facts: readonly KnownFact[],
  slot: { readonly from: number; readonly to: number },
): readonly (readonly [number, number])[] {
  const found: [number, number][] = [];
  let joined: number | null = null;
  const add = (from: number, to: number) => {
    const bounded: [number, number] = [Math.max(from, slot.from), Math.min(to, slot.to)];
    if (bounded[1] > bounded[0]) found.push(bounded);
  };
  for (const { meaning, at } of facts) {
    if (meaning === 'joined') joined ??= at;
    if (meaning === 'left' && joined !== null) {
      add(joined, at);
      joined = null;
    }
  }
  if (joined !== null) add(joined, slot.to);
  return found;
}
