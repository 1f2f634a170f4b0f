import type { CohortStore } from '../../ports/cohort-store.ts';
import { createRememberedRecords } from '../../remembered-records.ts';
import type { MongoContext } from '../context.ts';
import { createDefinitionVersions } from './definitions.ts';
import { createEnrolments } from './enrolments.ts';
import { createLearners } from './learners.ts';
import { createPeople } from './people.ts';
import { createPeopleRevisions } from './people-revisions.ts';

/** Cohorts and their people; what was read of people is remembered until their organisation's revision is another one. */
export function createCohorts(context: MongoContext): CohortStore {
  const { of, ...learners } = createLearners(context);
  const enrolments = createEnrolments(context);
  const people = createPeople(context);
  const revisions = createPeopleRevisions(context);
  const remembered = createRememberedRecords(revisions.of);
  const changed = async (records: readonly { readonly org: string }[]): Promise<void> => {
    for (const org of new Set(records.map((record) => record.org))) await revisions.changed(org);
  };
  return {
    ...createDefinitionVersions(context),
    ...learners,
    learnerOf: async (org, actor, made) => {
      const learner = await learners.learnerOf(org, actor, made);
      if (learner.id === made.learnerId) await revisions.changed(org);
      return learner;
    },
    learnersOf: async (org, given, at) => {
      const found = await learners.learnersOf(org, given, at);
      if (found.some(({ id }, index) => id === given[index]?.learnerId)) await revisions.changed(org);
      return found;
    },
    renameLearner: async (org, learnerId, name) => {
      await learners.renameLearner(org, learnerId, name);
      await revisions.changed(org);
    },
    addEnrolmentChanges: async (changes) => {
      await enrolments.addEnrolmentChanges(changes);
      await changed(changes);
    },
    enrolmentChanges: (org, cohortId) =>
      remembered(org, `changes ${cohortId}`, () => enrolments.changesText(org, cohortId)),
    people: (org, asked) =>
      remembered(org, `people ${JSON.stringify(asked)}`, async () =>
        JSON.stringify(await people.people(org, asked)),
      ),
    addIdentityLinks: async (links) => {
      await people.addIdentityLinks(links);
      await changed(links);
    },
    identityLinks: people.identityLinks,
    addIdentityRule: async (rule) => {
      await people.addIdentityRule(rule);
      await changed([rule]);
    },
    identityRules: people.identityRules,
  };
}
