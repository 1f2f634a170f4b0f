import type { CohortDefinition, Unit } from '../../config/cohort-definition.ts';
import { ENTRIES } from '../../xapi/vocabulary/event.ts';
import type { CohortFigures } from '../cohorts/figures.ts';
import { type Slot, slotOf } from '../progress/sessions.ts';

/** For how many days a register that was not kept is asked for. */
const ASKED_FOR = 7;

/** A session of today, or one of the last days whose register nobody kept. */
export interface TodaySession {
  readonly unit: Unit;
  /** Place among the units, from 1, as in addresses. */
  readonly number: number;
  readonly slot: Slot;
  readonly today: boolean;
  /** It is over, and neither register nor traces tell of anybody: all count as absent. */
  readonly unkept: boolean;
  /** How many of those enrolled are in the register. */
  readonly noted: number;
  readonly enrolled: number;
}

interface Place {
  readonly unit: Unit;
  readonly number: number;
  readonly slot: Slot;
}

/** What registers there are to keep at the instant of the figures, in the order of time. */
export function todaySessions({
  definition,
  progress,
  facts,
}: Pick<CohortFigures, 'definition' | 'progress' | 'facts'>): readonly TodaySession[] {
  const { calendar, today, asOf } = progress.frame;
  const sessions = placesOf(definition).filter(({ slot }) => {
    const day = calendar.day(slot.from);
    return day === today || (slot.to <= asOf && day >= today - ASKED_FOR && day < today);
  });
  if (sessions.length === 0) return [];
  const told = new Map<string, Set<string>>();
  const there = new Set<string>();
  for (const { actor, meaning, units, voidedAt } of facts) {
    if (voidedAt !== null || !(ENTRIES.has(meaning) || meaning === 'joined')) continue;
    const person = progress.persons.ofActor(actor);
    if (person === null) continue;
    for (const { unit, bearing } of units) {
      if (ENTRIES.has(meaning) && bearing === 'self')
        told.set(unit, (told.get(unit) ?? new Set()).add(person));
      if (meaning === 'joined') there.add(unit);
    }
  }
  return sessions
    .map((session): TodaySession => {
      const { unit, slot } = session;
      const people = enrolledIn(session, progress.learners);
      const noted = [...people].filter((person) => told.get(unit.id)?.has(person)).length;
      return {
        ...session,
        today: calendar.day(slot.from) === today,
        unkept: slot.to <= asOf && people.size > 0 && noted === 0 && !there.has(unit.id),
        noted,
        enrolled: people.size,
      };
    })
    .filter((session) => session.today || session.unkept)
    .sort((a, b) => a.slot.from - b.slot.from);
}

function placesOf({ units }: CohortDefinition): readonly Place[] {
  return units.flatMap((unit, index) => {
    const slot = slotOf(unit);
    return slot === null || unit.cancelled ? [] : [{ unit, number: index + 1, slot }];
  });
}

/** Who was enrolled during the session, as in its register. */
function enrolledIn({ slot }: Place, learners: CohortFigures['progress']['learners']): ReadonlySet<string> {
  return new Set(
    learners
      .filter(
        ({ enrolment: { enrolledAt, endedAt } }) =>
          enrolledAt <= slot.to && (endedAt === null || endedAt > slot.from),
      )
      .map(({ enrolment }) => enrolment.learnerId),
  );
}
