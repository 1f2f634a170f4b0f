import type { Unit } from '../../config/cohort-definition.ts';
import { ENTRIES } from '../../xapi/vocabulary/event.ts';
import type { Enrolment } from './enrolments.ts';
import { presenceAt, type Slot, slotOf } from './sessions.ts';
import { edges, type Spell, since, spellsOf, within } from './spells.ts';
import type { UnitFacts } from './unit-facts.ts';
import { completedSpells, passedSpells } from './unit-spells.ts';

/** One unit for one enrolment. */
export interface UnitStanding {
  readonly unit: Unit;
  readonly slot: Slot | null;
  readonly facts: UnitFacts;
  readonly waivedAt: number | null;
  readonly spells: readonly Spell[];
}

/** How a unit stands for an enrolment, over its whole window (metrics.md "A unit is satisfied"). */
export function standingOf(unit: Unit, enrolment: Enrolment, facts: UnitFacts): UnitStanding {
  const slot = slotOf(unit);
  const waivedAt = facts.own.find(({ meaning }) => meaning === 'waived')?.at ?? null;
  const byRule = ruleSpells(unit, slot, enrolment, facts);
  return {
    unit,
    slot,
    facts,
    waivedAt,
    spells: waivedAt === null ? byRule : either(byRule, since(waivedAt)),
  };
}

/** Whether the unit is in the learner's denominators at an instant: waived, optional and cancelled ones are not. */
export function isDemanded({ unit, waivedAt }: UnitStanding, at: number): boolean {
  return unit.required && !unit.cancelled && (waivedAt === null || waivedAt > at);
}

/** Total weight of units. */
export function weightOf(standings: readonly UnitStanding[]): number {
  return standings.reduce((total, { unit }) => total + unit.weight, 0);
}

function ruleSpells(unit: Unit, slot: Slot | null, enrolment: Enrolment, facts: UnitFacts): readonly Spell[] {
  switch (unit.satisfiedBy) {
    case 'Completed':
      return completedSpells(unit, facts);
    case 'Passed':
      return passedSpells(unit, facts);
    case 'CompletedAndPassed':
      return both(completedSpells(unit, facts), passedSpells(unit, facts));
    case 'CompletedOrPassed':
      return either(completedSpells(unit, facts), passedSpells(unit, facts));
    case 'NotApplicable':
      return since(enrolment.window.from);
    case 'Attended':
      return slot === null ? [] : attendedSpells(unit, slot, enrolment, facts);
  }
}

function both(a: readonly Spell[], b: readonly Spell[]): readonly Spell[] {
  return spellsOf(edges(a, b), (at) => within(a, at) && within(b, at));
}

function either(a: readonly Spell[], b: readonly Spell[]): readonly Spell[] {
  return spellsOf(edges(a, b), (at) => within(a, at) || within(b, at));
}

/** What happens in the slot decides at its end; afterwards only a register entry changes it. */
function attendedSpells(unit: Unit, slot: Slot, { window }: Enrolment, facts: UnitFacts): readonly Spell[] {
  if (slot.to > window.to) return [];
  const told = facts.own.filter(({ meaning, at }) => ENTRIES.has(meaning) && at > slot.to);
  return spellsOf(
    [slot.to, ...told.map(({ at }) => at)],
    (at) => presenceAt(unit, slot, facts, at).status === 'attended',
  );
}
