import type { CohortDefinition } from '../../config/cohort-definition.ts';
import { ENTRIES } from '../../xapi/vocabulary/event.ts';
import { attendanceOf } from './attendance.ts';
import type { Enrolment } from './enrolments.ts';
import type { Fact } from './fact.ts';
import { isDemanded, type UnitStanding, weightOf } from './satisfaction.ts';
import { edges, type Spell, spellsOf, spellsTold, within } from './spells.ts';
import { TOLERANCE } from './unit-spells.ts';

/** Spells during which the learner is completed (metrics.md "A learner is completed"). */
export function completionSpells(
  definition: CohortDefinition,
  standings: readonly UnitStanding[],
  evidence: readonly Fact[],
  enrolment: Enrolment,
): readonly Spell[] {
  const course = definition.completion.acceptCourseCompletion ? courseSpells(evidence) : [];
  const points = [
    enrolment.window.from,
    ...edges(course, ...standings.map(({ spells }) => spells)),
    ...standings.flatMap(({ waivedAt }) => (waivedAt === null ? [] : [waivedAt])),
    // A register entry told of a later instant may change the share of sessions attended, though no unit's standing.
    ...standings.flatMap(({ slot, facts }) =>
      slot === null
        ? []
        : [slot.to, ...facts.own.flatMap(({ meaning, at }) => (ENTRIES.has(meaning) ? [at] : []))],
    ),
  ].filter((at) => at <= enrolment.window.to);
  const complete = unitsComplete(definition, standings, enrolment);
  return spellsOf(points, (at) => within(course, at) || complete(at));
}

/** With no required unit (a cancelled session demands nothing) the units alone complete nobody. */
function unitsComplete(
  { completion }: CohortDefinition,
  standings: readonly UnitStanding[],
  enrolment: Enrolment,
): (at: number) => boolean {
  const { require, minAttendance } = completion;
  const must = standings.filter(({ unit }) => completion.mustSatisfy.includes(unit.id) && !unit.cancelled);
  if (!standings.some(({ unit }) => unit.required && !unit.cancelled)) return () => false;
  return (at) => {
    const demanded = standings.filter((standing) => isDemanded(standing, at));
    const satisfied = demanded.filter(({ spells }) => within(spells, at));
    const enough =
      require === 'all'
        ? satisfied.length === demanded.length
        : weightOf(satisfied) >= require.weight * weightOf(demanded) - TOLERANCE;
    return (
      enough &&
      must.every(({ spells }) => within(spells, at)) &&
      (minAttendance === undefined || netAttendance(standings, enrolment, at) >= minAttendance - TOLERANCE)
    );
  };
}

/** Share of the counted sessions that were attended, excused ones left out; 1 when none was held. */
function netAttendance(standings: readonly UnitStanding[], enrolment: Enrolment, at: number): number {
  const counted = standings.flatMap((standing) => {
    const session = attendanceOf(standing, enrolment, at);
    return session?.counted ? [session.status] : [];
  });
  const attended = counted.filter((status) => status === 'attended').length;
  const absent = counted.filter((status) => status === 'absent').length;
  return attended + absent === 0 ? 1 : attended / (attended + absent);
}

/** Spells during which the LMS says that the course is completed: of equal timestamps, completed wins. */
function courseSpells(evidence: readonly Fact[]): readonly Spell[] {
  return spellsTold(
    evidence.filter(({ course, completion }) => course && completion !== null),
    (told) => told.some(({ completion }) => completion === true),
  );
}
