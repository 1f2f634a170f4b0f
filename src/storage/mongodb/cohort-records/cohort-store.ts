import type { CohortStore } from '../../ports/cohort-store.ts';
import type { MongoContext } from '../context.ts';
import { createDefinitionVersions } from './definitions.ts';
import { createEnrolments } from './enrolments.ts';
import { createLearners } from './learners.ts';
import { createPeople } from './people.ts';

export function createCohorts(context: MongoContext): CohortStore {
  const { of, ...learners } = createLearners(context);
  return {
    ...createDefinitionVersions(context),
    ...createEnrolments(context),
    ...learners,
    ...createPeople(context),
  };
}
