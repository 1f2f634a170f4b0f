import type { Alert, State } from '../metrics/types.ts';
import { alertsOf } from './alerts.ts';
import { type Attendance, attendanceOf } from './attendance.ts';
import { completionSpells } from './completion.ts';
import type { Enrolment, Frame } from './enrolments.ts';
import { evidenceOf } from './evidence.ts';
import type { Fact, KnownFact } from './fact.ts';
import { isDemanded, standingOf, type UnitStanding, weightOf } from './satisfaction.ts';
import { sessionIds } from './sessions.ts';
import { currentFrom } from './spells.ts';
import { type Acts, stateOf } from './state.ts';
import { factsByUnit } from './unit-facts.ts';

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
  const evidence = evidenceOf(enrolment, facts, knownAt, sessionIds(definition));
  const factsOf = factsByUnit(evidence);
  const standings = definition.units.map((unit) => standingOf(unit, enrolment, factsOf(unit.id)));
  const completions = completionSpells(definition, standings, evidence, enrolment);
  const completedAt = currentFrom(completions);
  const acts = instantsOfActs(evidence);
  const sessions = standings
    .map((standing) => attendanceOf(standing, enrolment, enrolment.window.to))
    .filter((session) => session !== null);
  const { state, since } = stateOf(frame, enrolment, acts, completions);
  const seen = evidence.findLast(({ act, meaning }) => act || meaning === 'visited');
  const demanded = standings.filter((standing) => isDemanded(standing, enrolment.window.to));
  const satisfied = demanded.filter(({ spells }) => currentFrom(spells) !== null);
  return {
    enrolment,
    acts,
    firstActAt: acts[0] ?? null,
    lastActAt: acts.at(-1) ?? null,
    lastSeenAt: seen?.at ?? null,
    completedAt,
    state,
    since,
    alerts: alertsOf(frame, enrolment, state, acts, standings, sessions),
    units: standings.map(unitProgress),
    sessions,
    progress: demanded.length === 0 ? null : weightOf(satisfied) / weightOf(demanded),
    minutes: { satisfied: plannedMinutes(satisfied), planned: plannedMinutes(demanded) },
  };
}

function instantsOfActs(evidence: readonly Fact[]): Acts {
  const acts: number[] = [];
  for (const { act, at } of evidence) if (act) acts.push(at);
  return acts;
}

function unitProgress({ unit, facts, waivedAt, spells }: UnitStanding): UnitProgress {
  return {
    id: unit.id,
    satisfiedAt: currentFrom(spells),
    waived: waivedAt !== null,
    reached: facts.reached,
    required: unit.required && !unit.cancelled,
  };
}

function plannedMinutes(standings: readonly UnitStanding[]): number {
  return standings.reduce((total, { unit }) => total + (unit.plannedMinutes ?? 0), 0);
}
