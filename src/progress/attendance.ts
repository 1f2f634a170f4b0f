import type { Enrolment } from './enrolments.ts';
import { isDemanded, type UnitStanding } from './satisfaction.ts';
import { MINUTE, type Presence, presenceAt } from './sessions.ts';

/** A session of the cohort and one learner's part in it. */
export interface Attendance extends Presence {
  readonly unit: string;
  readonly slotMinutes: number;
  /** It was held, ended while the learner was enrolled, and nobody waived it. */
  readonly owed: boolean;
  /** Owed and required: it is in the denominators of attendance. */
  readonly counted: boolean;
}

/** A learner's attendance of a session as known at an instant (ms); null for a unit that is no session. */
export function attendanceOf(standing: UnitStanding, enrolment: Enrolment, at: number): Attendance | null {
  const { unit, slot, facts, waivedAt } = standing;
  if (slot === null) return null;
  const presence = presenceAt(unit, slot, facts, at);
  const held = presence.status !== 'cancelled' && presence.status !== 'upcoming';
  const owed = held && slot.to >= enrolment.enrolledAt && (waivedAt === null || waivedAt > at);
  return {
    unit: unit.id,
    ...presence,
    slotMinutes: (slot.to - slot.from) / MINUTE,
    owed,
    counted: owed && isDemanded(standing, at),
  };
}
