import type { CohortDefinition, Unit } from '../../config/cohort-definition.ts';
import { ENTRIES } from '../../xapi/vocabulary/event.ts';
import type { SessionStatus } from '../metrics/types.ts';
import { isRecordedLater } from './evidence.ts';
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
  /** Minutes present within the slot; null for who is excused, and where nothing is known yet. */
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

/** The units of a cohort that are sessions. */
export function sessionIds({ units }: Pick<CohortDefinition, 'units'>): ReadonlySet<string> {
  return new Set(units.flatMap((unit) => (slotOf(unit) === null ? [] : [unit.id])));
}

/** A learner's presence in a session as known at an instant (ms): a register entry wins over traces. */
export function presenceAt(unit: Unit, slot: Slot, facts: UnitFacts, instant: number): Presence {
  if (unit.cancelled) return { status: 'cancelled', minutes: null };
  if (slot.to > instant) return { status: 'upcoming', minutes: null };
  const known = facts.own.filter(({ at }) => at <= instant);
  const entry = registerEntry(known);
  if (entry?.meaning === 'excused') return { status: 'excused', minutes: null };
  if (entry?.meaning === 'absent') return { status: 'absent', minutes: 0 };
  const length = slot.to - slot.from;
  const present =
    entry === null
      ? unionLength(intervals(known, slot))
      : Math.min(entry.entry?.minutes == null ? length : entry.entry.minutes * MINUTE, length);
  const needed = (unit.minAttendance ?? DEFAULT_MIN_ATTENDANCE) - TOLERANCE;
  const attended = present > 0 && present / length >= needed;
  return { status: attended ? 'attended' : 'absent', minutes: present / MINUTE };
}

/** The register entry that holds among facts on a session: the one recorded last; null when there is none. */
export function registerEntry(facts: readonly Fact[]): Fact | null {
  let held: Fact | null = null;
  for (const fact of facts)
    if (ENTRIES.has(fact.meaning) && (held === null || isRecordedLater(fact, held))) held = fact;
  return held;
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
