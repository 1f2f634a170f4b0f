import type { Alert, State } from '../metrics/types.ts';
import { alertsOf } from './alerts.ts';
import type { Enrolment, Frame } from './enrolments.ts';
import { evidenceOf } from './evidence.ts';
import type { KnownFact } from './fact.ts';
import { completionSpells, standingOf, type UnitStanding, weightOf } from './satisfaction.ts';
import { type Attendance, attendanceAt } from './sessions.ts';
import { currentFrom } from './spells.ts';
import { type Acts, stateOf } from './state.ts';

/** One unit of one enrolment at T; times in ms. */
export interface UnitProgress {
  readonly id: string;
  readonly satisfiedAt: number | null;
  readonly waived: boolean;
  /** Any act on the unit or on something below it. */
  readonly reached: boolean;
  readonly required: boolean;
}

/** A learner in a cohort at T: what every figure is made of. Times in ms, shares 0..1. */
export interface LearnerProgress {
  readonly enrolment: Enrolment;
  readonly acts: Acts;
  readonly firstActAt: number | null;
  readonly lastActAt: number | null;
  /** Last act or visit. */
  readonly lastSeenAt: number | null;
  readonly completedAt: number | null;
  readonly state: State;
  readonly since: number;
  readonly alerts: readonly Alert[];
  readonly units: readonly UnitProgress[];
  readonly sessions: readonly Attendance[];
  /** Share of required weight satisfied; null when nothing is required of this learner. */
  readonly progress: number | null;
  /** Planned minutes of satisfied units, and of all (required, not waived). */
  readonly minutes: { readonly satisfied: number; readonly planned: number };
}

/**
 * Facts -> a learner's progress in one enrolment at T (metrics.md). The order of the facts, and repeats, change nothing.
 * @param facts of all the learner's identities
 * @param knownAt ms; what was told later is not known. Null: everything is.
 */
export function learnerProgress(
  frame: Frame,
  enrolment: Enrolment,
  facts: readonly KnownFact[],
  knownAt: number | null,
): LearnerProgress {
  const { definition } = frame;
  const evidence = evidenceOf(enrolment, facts, knownAt);
  const standings = definition.units.map((unit) => standingOf(unit, enrolment, evidence));
  const completedAt = currentFrom(completionSpells(definition, standings, evidence, enrolment));
  const acts = evidence.filter(({ act }) => act).map(({ at }) => at);
  const sessions = standings.flatMap(({ unit, facts: own }) => {
    const attendance = attendanceAt(unit, own, enrolment.window.to);
    return attendance ? [attendance] : [];
  });
  const { state, since } = stateOf(frame, enrolment, acts, completedAt);
  const seen = evidence.filter(({ act, meaning }) => act || meaning === 'visited');
  const counted = standings.filter(
    ({ unit, waivedAt }) => unit.required && !unit.cancelled && waivedAt === null,
  );
  const satisfied = counted.filter(({ spells }) => currentFrom(spells) !== null);
  return {
    enrolment,
    acts,
    firstActAt: acts[0] ?? null,
    lastActAt: acts.at(-1) ?? null,
    lastSeenAt: seen.at(-1)?.at ?? null,
    completedAt,
    state,
    since,
    alerts: alertsOf(frame, enrolment, state, acts, standings, sessions),
    units: standings.map((standing) => unitProgress(standing, evidence)),
    sessions,
    progress: counted.length === 0 ? null : weightOf(satisfied) / weightOf(counted),
    minutes: { satisfied: plannedMinutes(satisfied), planned: plannedMinutes(counted) },
  };
}

function unitProgress(
  { unit, waivedAt, spells }: UnitStanding,
  evidence: readonly KnownFact[],
): UnitProgress {
  return {
    id: unit.id,
    satisfiedAt: currentFrom(spells),
    waived: waivedAt !== null,
    reached: evidence.some((fact) => fact.act && fact.units.some((each) => each.unit === unit.id)),
    required: unit.required && !unit.cancelled,
  };
}

function plannedMinutes(standings: readonly UnitStanding[]): number {
  return standings.reduce((total, { unit }) => total + (unit.plannedMinutes ?? 0), 0);
}

/** Whether a learner's unit counts as satisfied and not waived. */
export function isSatisfied({ satisfiedAt, waived }: UnitProgress): boolean {
  return satisfiedAt !== null && !waived;
}
