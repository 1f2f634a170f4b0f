import { actorKey } from '../../xapi/statement/ifi.ts';
import type { Actor } from '../../xapi/statement/types.ts';
import { validateStatement } from '../../xapi/statement/validate.ts';
import type { Problem } from '../base/errors.ts';
import { cohortEpisodes } from '../progress/cohort-episodes.ts';
import { byBeginning, type Episode } from '../progress/episode.ts';
import type { KnownFact } from '../progress/fact.ts';
import type { CohortStore } from '../storage/ports/cohort-store.ts';
import type { Cohort } from './definitions.ts';
import { readEnrolmentRecords } from './enrolment-records.ts';

/** The learners of a cohort, to be found by what a request, a page or a file calls them. */
export interface ToldPeople {
  /** The learner behind an actor key, when they have an episode in the cohort that is not excluded; else null. */
  personOf(actor: string): string | null;
  /** The agent of a learner that is known longest, as an actor key; null for a stranger. */
  keyOf(learnerId: string): string | null;
  /** Episodes, the excluded left out, by their beginning. */
  episodesOf(learnerId: string): readonly Episode[];
  /** All who have an episode. */
  readonly learners: readonly string[];
  /** Actor keys of all of them, the longest known first. */
  readonly actors: readonly string[];
  readonly episodes: readonly Episode[];
}

/** Reads the learners of a cohort; `facts` are the cohort's, which may tell of enrolments. */
export async function toldPeople(
  store: Pick<CohortStore, 'enrolmentChanges' | 'people'>,
  cohort: Cohort,
  facts: readonly KnownFact[],
): Promise<ToldPeople> {
  const { persons, episodes } = cohortEpisodes(await readEnrolmentRecords(store, cohort, facts), null);
  const counted = episodes.filter(({ reason }) => reason !== 'excluded').sort(byBeginning);
  const own = new Map<string, Episode[]>();
  for (const episode of counted) own.set(episode.learnerId, [...(own.get(episode.learnerId) ?? []), episode]);
  const personOf = (actor: string): string | null => {
    const person = persons.ofActor(actor);
    return person !== null && own.has(person) ? person : null;
  };
  const actors = persons.identities.map(({ actor }) => actor).filter((actor) => personOf(actor) !== null);
  const keys = new Map<string, string>();
  for (const actor of actors) {
    const person = personOf(actor) ?? '';
    if (!keys.has(person)) keys.set(person, actor);
  }
  return {
    personOf,
    keyOf: (learnerId) => keys.get(learnerId) ?? null,
    episodesOf: (learnerId) => own.get(learnerId) ?? [],
    learners: [...own.keys()].sort(),
    actors,
    episodes,
  };
}

/** The agent in a field of a request, or what is wrong with it; `path` names the field (`[3].actor`). */
export function readAgent(
  value: unknown,
  path: string,
): { readonly actor: Actor } | { readonly problems: readonly Problem[] } {
  const checked = validateStatement(
    { actor: value, verb: { id: 'urn:assidu:any' }, object: { id: 'urn:assidu:any' } },
    '2.0.0',
  );
  if (!checked.ok)
    return {
      problems: checked.problems.map(({ path: inner, message }) => ({
        path: inner.replace(/^actor/, path),
        message,
      })),
    };
  const { actor } = checked.statement;
  if (actorKey(actor) === null)
    return { problems: [{ path, message: 'must have an inverse functional identifier' }] };
  return { actor };
}
