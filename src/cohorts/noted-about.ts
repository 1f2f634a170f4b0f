import type { CohortFigures } from './figures.ts';
import { entryOfFact, type RegisterEntry, registerOf, toldOf } from './register-entries.ts';
import type { Waiver } from './waivers.ts';

/** What people noted of one person of a cohort and what holds, by unit. `person` as `CohortFigures.personOf` names them. */
export function notedAbout(
  { facts, progress, definition }: Pick<CohortFigures, 'facts' | 'progress' | 'definition'>,
  person: string,
): { readonly register: readonly RegisterEntry[]; readonly waivers: readonly Waiver[] } {
  const { persons } = progress;
  const theirs = facts.filter(({ entry, actor }) => entry !== undefined && persons.ofActor(actor) === person);
  const register = registerOf(theirs, () => person);
  const waived = toldOf(
    theirs,
    () => person,
    ({ meaning }) => meaning === 'waived',
  );
  return {
    register: definition.units.flatMap(({ id }) => {
      const [fact] = register(person, id).standing;
      return fact === undefined ? [] : [entryOfFact(fact, person, id)];
    }),
    waivers: definition.units.flatMap(({ id }): Waiver[] => {
      const [fact] = waived(person, id).standing;
      if (fact === undefined) return [];
      const { actor, at, stored: recordedAt, entry } = fact;
      const told = { reason: entry?.reason ?? null, recorder: entry?.recorder ?? null };
      return [{ learnerId: person, actor, unit: id, at, recordedAt, ...told }];
    }),
  };
}
