import { mailDigests } from '../../../../xapi/statement/mail-digests.ts';
import type { CohortStore, Learner } from '../../ports/cohort-store.ts';
import type { MongoContext } from '../context.ts';
import { insertNew } from '../insert.ts';
import { keyOf } from '../keys.ts';
import { IDENTITIES, type IdentityFields, LEARNERS, type LearnerFields } from './people-collection.ts';

type Learners = Pick<CohortStore, 'learnerOf' | 'learnersOf' | 'findLearner' | 'renameLearner'> & {
  /** The learners that identities are of, by their id. */
  of(
    org: string,
    identities: readonly Pick<IdentityFields, 'learnerId' | 'name'>[],
  ): Promise<ReadonlyMap<string, Learner>>;
};

interface Person {
  readonly actor: string;
  readonly learnerId: string;
  readonly name: string | null;
}

/** Learners and their identifiers, made once by whichever instance meets them first. */
export function createLearners({ model }: MongoContext): Learners {
  const learners = model(LEARNERS);
  const identities = model(IDENTITIES);

  const identitiesOf = (org: string, actors: readonly string[]) =>
    identities.find({ _id: { $in: actors.map((actor) => keyOf(org, actor)) } }).lean<IdentityFields[]>();

  const of: Learners['of'] = async (org, found) => {
    const first = new Map(found.map((each) => [each.learnerId, each.name]));
    const kept = await learners
      .find({ _id: { $in: [...first.keys()].map((id) => keyOf(org, id)) } })
      .lean<LearnerFields[]>();
    const known = new Map(kept.map(({ id, name }): [string, Learner] => [id, { org, id, name }]));
    const missing = [...first].filter(([id]) => !known.has(id));
    if (missing.length === 0) return known;
    // Whoever made the identity came no further, or is about to.
    await insertNew(
      learners,
      missing.map(([id, name]) => ({ _id: keyOf(org, id), org, id, name })),
    );
    return of(org, found);
  };

  const learnersOf = async (org: string, people: readonly Person[], at: number) => {
    const known = new Set(
      (
        await identitiesOf(
          org,
          people.map(({ actor }) => actor),
        )
      ).map(({ actor }) => actor),
    );
    const fresh = new Map(
      people
        .filter(({ actor }) => !known.has(actor))
        .toReversed()
        .map((person) => [person.actor, person]),
    );
    await insertNew(
      identities,
      [...fresh.values()].map((person) => ({
        _id: keyOf(org, person.actor),
        org,
        ...person,
        recordedAt: at,
        mails: [...mailDigests(person.actor)],
      })),
    );
    const found = await identitiesOf(org, [...new Set(people.map(({ actor }) => actor))]);
    const made = await of(org, found);
    const ids = new Map(found.map(({ actor, learnerId }) => [actor, learnerId]));
    return people.map(({ actor, learnerId, name }) => {
      const id = ids.get(actor) ?? learnerId;
      return made.get(id) ?? { org, id, name };
    });
  };

  return {
    of,
    learnersOf,
    learnerOf: async (org, actor, { learnerId, name, at }) => {
      const [learner] = await learnersOf(org, [{ actor, learnerId, name }], at);
      return learner ?? { org, id: learnerId, name };
    },
    findLearner: async (org, actor) => {
      const found = await identities.findOne({ _id: keyOf(org, actor) }).lean<IdentityFields>();
      return found ? ((await of(org, [found])).get(found.learnerId) ?? null) : null;
    },
    renameLearner: async (org, learnerId, name) => {
      const { matchedCount } = await learners.updateOne({ _id: keyOf(org, learnerId) }, { $set: { name } });
      if (matchedCount > 0) return;
      const found = await identities.findOne({ org, learnerId }).lean<IdentityFields>();
      if (!found) return;
      await of(org, [found]);
      await learners.updateOne({ _id: keyOf(org, learnerId) }, { $set: { name } });
    },
  };
}
