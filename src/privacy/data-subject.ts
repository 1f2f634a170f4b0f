import { personsOf } from '../progress/persons.ts';
import type { Storage } from '../storage/ports/index.ts';
import type { DataSubject } from '../storage/ports/subject-store.ts';

/**
 * Everything by which the person with this actor key is known in an organisation: all identifiers linked to it, the
 * same mailbox in other spellings, their users of platforms. What was told apart by hand stays apart.
 */
export async function dataSubject(
  { cohorts, subjects }: Pick<Storage, 'cohorts' | 'subjects'>,
  org: string,
  actor: string,
): Promise<DataSubject> {
  const persons = personsOf(await cohorts.people(org, { actors: [actor] }), null);
  const person = persons.ofActor(actor);
  const own =
    person === null
      ? []
      : persons.identities.filter(({ learnerId }) => persons.ofLearner(learnerId) === person);
  const known = await subjects.completed(org, {
    actors: [...new Set([actor, ...own.map((each) => each.actor)])],
    learnerIds: [...new Set(own.map(({ learnerId }) => learnerId))],
    users: [],
  });
  const isTheirs = (key: string): boolean => {
    const holder = persons.ofActor(key);
    return holder === null || holder === person;
  };
  return { ...known, actors: known.actors.filter(isTheirs) };
}
