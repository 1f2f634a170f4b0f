import type { CohortDefinition, Unit } from '../../config/cohort-definition.ts';
import type { Enrolment } from './enrolments.ts';
import type { KnownFact } from './fact.ts';
import { attendanceAt, slotOf } from './sessions.ts';
import { edges, type Spell, since, spellsOf, within } from './spells.ts';
import { completedSpells, factsOfUnit, passedSpells, TOLERANCE, type UnitFacts } from './unit-spells.ts';

/** One unit for one enrolment. */
export interface UnitStanding {
  readonly unit: Unit;
  readonly facts: UnitFacts;
  readonly waivedAt: number | null;
  readonly spells: readonly Spell[];
}

/** How a unit stands for an enrolment, over its whole window (metrics.md "A unit is satisfied"). */
export function standingOf(unit: Unit, enrolment: Enrolment, evidence: readonly KnownFact[]): UnitStanding {
  const facts = factsOfUnit(unit, evidence);
  const waivedAt = facts.own.find(({ meaning }) => meaning === 'waived')?.at ?? null;
  const spells = waivedAt === null ? ruleSpells(unit, enrolment, facts) : since(waivedAt);
  return { unit, facts, waivedAt, spells };
}

function ruleSpells(unit: Unit, enrolment: Enrolment, facts: UnitFacts): readonly Spell[] {
  const both = (join: (completed: boolean, passed: boolean) => boolean) => {
    const completed = completedSpells(unit, facts);
    const passed = passedSpells(unit, facts);
    return spellsOf(edges(completed, passed), (at) => join(within(completed, at), within(passed, at)));
  };
  switch (unit.satisfiedBy) {
    case 'Completed':
      return completedSpells(unit, facts);
    case 'Passed':
      return passedSpells(unit, facts);
    case 'CompletedAndPassed':
      return both((completed, passed) => completed && passed);
    case 'CompletedOrPassed':
      return both((completed, passed) => completed || passed);
    case 'NotApplicable':
      return since(enrolment.window.from);
    case 'Attended':
      return attendedSpells(unit, enrolment, facts);
  }
}

function attendedSpells(unit: Unit, enrolment: Enrolment, facts: UnitFacts): readonly Spell[] {
  const slot = slotOf(unit);
  if (!slot) return [];
  const points = [slot.to, ...facts.own.map(({ at }) => at)].filter((at) => at <= enrolment.window.to);
  return spellsOf(points, (at) => attendanceAt(unit, facts, at)?.status === 'attended');
}

/** Spells during which the learner is completed (metrics.md "A learner is completed"). */
export function completionSpells(
  definition: CohortDefinition,
  standings: readonly UnitStanding[],
  evidence: readonly KnownFact[],
  enrolment: Enrolment,
): readonly Spell[] {
  const { completion } = definition;
  const course = completion.acceptCourseCompletion ? courseSpells(evidence) : [];
  const slots = standings.flatMap(({ unit }) => {
    const slot = slotOf(unit);
    return slot && slot.to <= enrolment.window.to ? [slot.to] : [];
  });
  const points = [
    enrolment.window.from,
    ...edges(course, ...standings.map(({ spells }) => spells)),
    ...standings.flatMap(({ waivedAt }) => (waivedAt === null ? [] : [waivedAt])),
    ...slots,
  ];
  return spellsOf(points, (at) => within(course, at) || unitsComplete(definition, standings, at));
}

function unitsComplete(
  { completion }: CohortDefinition,
  standings: readonly UnitStanding[],
  at: number,
): boolean {
  const waived = (standing: UnitStanding) => standing.waivedAt !== null && standing.waivedAt <= at;
  if (!standings.some(({ unit }) => unit.required)) return false;
  const required = standings.filter(
    (standing) => standing.unit.required && !standing.unit.cancelled && !waived(standing),
  );
  const satisfied = required.filter(({ spells }) => within(spells, at));
  const enough =
    completion.require === 'all'
      ? satisfied.length === required.length
      : weightOf(satisfied) >= completion.require.weight * weightOf(required) - TOLERANCE;
  if (!enough) return false;
  const must = new Set(completion.mustSatisfy);
  if (standings.some(({ unit, spells }) => must.has(unit.id) && !within(spells, at))) return false;
  return (
    completion.minAttendance === undefined ||
    netAttendance(standings, at) >= completion.minAttendance - TOLERANCE
  );
}

/** Total weight of units. */
export function weightOf(standings: readonly UnitStanding[]): number {
  return standings.reduce((total, { unit }) => total + unit.weight, 0);
}

/** Share of held sessions attended, excused ones left out; 1 when none was held. */
function netAttendance(standings: readonly UnitStanding[], at: number): number {
  const statuses = standings.map(({ unit, facts }) => attendanceAt(unit, facts, at)?.status);
  const attended = statuses.filter((status) => status === 'attended').length;
  const absent = statuses.filter((status) => status === 'absent').length;
  return attended + absent === 0 ? 1 : attended / (attended + absent);
}

/** Spells during which the LMS says that the course is completed. */
function courseSpells(evidence: readonly KnownFact[]): readonly Spell[] {
  const said = evidence.filter((fact) => fact.course && fact.completion !== null);
  return spellsOf(
    said.map(({ at }) => at),
    (instant) => {
      const known = said.filter(({ at }) => at <= instant);
      const latest = Math.max(...known.map(({ at }) => at));
      return known.some((fact) => fact.at === latest && fact.completion === true);
    },
  );
}
