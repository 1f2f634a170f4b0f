import type { Unit } from '../../config/cohort-definition.ts';
import type { SessionStatus } from '../metrics/types.ts';
import type { Fact } from './fact.ts';
import { byInstant } from './spells.ts';
import type { UnitFacts } from './unit-facts.ts';
import { TOLERANCE, unionLength } from './unit-spells.ts';

/** Share of the slot to be present when the unit does not say (metrics.md "Attended"). */
const DEFAULT_MIN_ATTENDANCE = 0.8;
export const MINUTE = 60_000;

/** One learner's presence in a session. */
export interface Presence {
  readonly status: SessionStatus;
  /** Minutes present within the slot; null where only a register said so, or nothing is known. */
  readonly minutes: number | null;
}

/** A session and the time it takes, ms. */
export interface Slot {
  readonly from: number;
  readonly to: number;
}

/** Slot of a session; null for a unit that is none. */
export function slotOf(unit: Unit): Slot | null {
  if (unit.satisfiedBy !== 'Attended' || unit.startsAt === undefined || unit.endsAt === undefined)
    return null;
  return { from: Date.parse(unit.startsAt), to: Date.parse(unit.endsAt) };
}

/** A learner's presence in a session as known at an instant (ms): what a trusted writer says wins over traces. */
export function presenceAt(unit: Unit, slot: Slot, facts: UnitFacts, instant: number): Presence {
  if (unit.cancelled) return { status: 'cancelled', minutes: null };
  if (slot.to > instant) return { status: 'upcoming', minutes: null };
  const known = facts.own.filter(({ at }) => at <= instant);
  if (known.some(({ meaning }) => meaning === 'attended')) return { status: 'attended', minutes: null };
  const present = unionLength(intervals(known, slot));
  const needed = (unit.minAttendance ?? DEFAULT_MIN_ATTENDANCE) - TOLERANCE;
  const attended = present > 0 && present / (slot.to - slot.from) >= needed;
  return { status: attended ? 'attended' : 'absent', minutes: present / MINUTE };
}

/**
 * From a join to the next leave, within the slot; a missing leave ends with the slot. Who leaves and joins at the same
 * instant was there before and is back; who was not there has come and gone.
 */
function intervals(facts: readonly Fact[], slot: Slot): readonly (readonly [number, number])[] {
  const found: [number, number][] = [];
  const add = (from: number, to: number) => {
    if (Math.min(to, slot.to) > Math.max(from, slot.from))
      found.push([Math.max(from, slot.from), Math.min(to, slot.to)]);
  };
  const moves = facts.filter(({ meaning }) => meaning === 'joined' || meaning === 'left');
  let joined: number | null = null;
  for (const { at, told } of byInstant(moves)) {
    const there: number | null = joined;
    const left = told.some(({ meaning }) => meaning === 'left');
    if (left && there !== null) {
      add(there, at);
      joined = null;
    }
    if (told.some(({ meaning }) => meaning === 'joined') && (there !== null || !left)) joined ??= at;
  }
  if (joined !== null) add(joined, slot.to);
  return found;
}
