import type { CohortDefinition, Unit } from '../../config/cohort-definition.ts';
import type { LearnerRow, SessionStatus } from '../metrics/types.ts';
import { TOLERANCE } from '../progress/unit-spells.ts';
import type { Steps } from './learner-steps.ts';

/** One learner's part in a session, as far as their page tells it. */
export interface SessionPart {
  readonly unit: string;
  readonly status: SessionStatus;
  readonly minutes: number | null;
  readonly slotMinutes: number;
  /** Held, required, not waived, while enrolled: in the denominators of attendance (metrics.md). */
  readonly counted: boolean;
}

/** Sessions that count, by what became of them. */
export interface OwnAttendance {
  readonly attended: number;
  readonly absent: number;
  readonly excused: number;
  /** attendanceNet of metrics.md: attended of attended and absent; null where none was held. */
  readonly share: number | null;
}

/** One condition of metrics.md "A learner is completed", and how far a learner is. */
export type Condition =
  | { readonly kind: 'steps'; readonly met: boolean; readonly left: number; readonly total: number }
  | { readonly kind: 'weight'; readonly met: boolean; readonly share: number; readonly asked: number }
  | { readonly kind: 'must'; readonly met: boolean; readonly missing: readonly Unit[] }
  | {
      readonly kind: 'attendance';
      readonly met: boolean;
      readonly share: number | null;
      readonly asked: number;
    };

/** What became of the sessions that count. */
export function ownAttendance(sessions: readonly SessionPart[]): OwnAttendance {
  const count = (status: SessionStatus) =>
    sessions.filter((each) => each.counted && each.status === status).length;
  const [attended, absent] = [count('attended'), count('absent')];
  return {
    attended,
    absent,
    excused: count('excused'),
    share: attended + absent === 0 ? null : attended / (attended + absent),
  };
}

/**
 * The conditions of completion as they stand for one learner: with all met (or the platform's word) they are completed.
 * None: nobody can be by their steps.
 */
export function standingOf(
  { units, completion }: CohortDefinition,
  row: LearnerRow,
  steps: Steps,
  sessions: readonly SessionPart[],
): readonly Condition[] {
  const { require, mustSatisfy, minAttendance } = completion;
  const isDone = ({ id }: Unit) => {
    const fact = row.units.find((each) => each.id === id);
    return fact !== undefined && (fact.waived || fact.satisfiedAt !== null);
  };
  const missing = units.filter((unit) => mustSatisfy.includes(unit.id) && !unit.cancelled && !isDone(unit));
  const { share } = ownAttendance(sessions);
  const left = steps.total - steps.done;
  const weight = row.progress ?? 1;
  // With no required step the steps alone complete nobody, whatever else is met (metrics.md "A learner is completed").
  if (!units.some((unit) => unit.required && !unit.cancelled)) return [];
  return [
    require === 'all'
      ? { kind: 'steps', met: left === 0, left, total: steps.total }
      : { kind: 'weight', met: weight >= require.weight - TOLERANCE, share: weight, asked: require.weight },
    ...(mustSatisfy.length === 0 ? [] : [{ kind: 'must', met: missing.length === 0, missing } as const]),
    ...(minAttendance === undefined
      ? []
      : [
          {
            kind: 'attendance',
            met: (share ?? 1) >= minAttendance - TOLERANCE,
            share,
            asked: minAttendance,
          } as const,
        ]),
  ];
}
