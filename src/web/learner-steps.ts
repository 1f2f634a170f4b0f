import type { CohortDefinition, Unit } from '../../config/cohort-definition.ts';
import type { LearnerRow, SessionStatus } from '../metrics/types.ts';
import { localDate } from './local-date.ts';

export type StepStatus =
  | 'done'
  | 'waived'
  | 'cancelled'
  | 'excused'
  | 'absent'
  | 'held'
  | 'upcoming'
  | 'overdue'
  | 'dueOn'
  | 'todo'
  | 'undone';

/** A unit as it stands for one learner. */
export interface Step {
  readonly unit: Unit;
  readonly status: StepStatus;
  /** Of the status: when it was done, is due, or takes place; a date or an instant. */
  readonly when: string | null;
  /** Counts towards completion: required, not waived, not cancelled. */
  readonly counts: boolean;
}

/** One learner's way through the cohort. */
export interface Steps {
  readonly all: readonly Step[];
  readonly done: number;
  readonly total: number;
  /** The first step that counts, is not done and still can be; null when there is none. */
  readonly next: Step | null;
  /** Steps that count are left, but all of them are sessions that are over. */
  readonly onlyMissedLeft: boolean;
}

const SESSION_STATUS: Readonly<Record<SessionStatus, StepStatus>> = {
  attended: 'held',
  absent: 'absent',
  excused: 'excused',
  cancelled: 'cancelled',
  upcoming: 'upcoming',
};

function statusOf(
  unit: Unit,
  row: LearnerRow,
  { asOf, zone, final }: { asOf: string; zone: string; final: boolean },
): Pick<Step, 'status' | 'when'> {
  const fact = row.units.find(({ id }) => id === unit.id);
  if (fact?.waived) return { status: 'waived', when: null };
  if (unit.cancelled) return { status: 'cancelled', when: null };
  if (fact?.satisfiedAt) return { status: 'done', when: fact.satisfiedAt };
  if (unit.startsAt !== undefined) {
    const session = row.sessions.find(({ id }) => id === unit.id);
    const over = Date.parse(unit.endsAt ?? unit.startsAt) < Date.parse(asOf);
    return {
      status: session === undefined ? (over ? 'held' : 'upcoming') : SESSION_STATUS[session.status],
      when: unit.startsAt,
    };
  }
  if (final) return { status: 'undone', when: null };
  if (unit.dueOn === undefined) return { status: 'todo', when: null };
  // Overdue only when it was due while the learner was enrolled (metrics.md "overdueUnit").
  const overdue =
    unit.required && localDate(asOf, zone) > unit.dueOn && unit.dueOn >= localDate(row.enrolledAt, zone);
  return { status: overdue ? 'overdue' : 'dueOn', when: unit.dueOn };
}

/** Steps in these states can still be done. */
export const STILL_POSSIBLE: readonly StepStatus[] = ['todo', 'dueOn', 'overdue', 'upcoming'];

/** Every unit in order with its status for this learner at `asOf`, and what comes next. Pure. */
export function learnerSteps(
  definition: CohortDefinition,
  row: LearnerRow,
  at: { readonly asOf: string; readonly final: boolean },
): Steps {
  const context = { ...at, zone: definition.timezone };
  const all = definition.units.map((unit): Step => {
    const found = statusOf(unit, row, context);
    const counts = unit.required && found.status !== 'waived' && found.status !== 'cancelled';
    return { unit, ...found, counts };
  });
  const counting = all.filter((step) => step.counts);
  const left = counting.filter((step) => step.status !== 'done');
  const next = left.find((step) => STILL_POSSIBLE.includes(step.status)) ?? null;
  return {
    all,
    done: counting.length - left.length,
    total: counting.length,
    next,
    onlyMissedLeft: left.length > 0 && next === null,
  };
}

/** The address of a unit when it is a page of the platform; null for any other id. */
export function unitLink(unit: Unit, platformOrigins: readonly string[]): string | null {
  if (!URL.canParse(unit.id)) return null;
  const { protocol, origin, href } = new URL(unit.id);
  const web = protocol === 'https:' || protocol === 'http:';
  return web && platformOrigins.includes(origin) ? href : null;
}
