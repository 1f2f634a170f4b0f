import { AssiduError } from '../base/errors.ts';
import type { Launch } from '../storage/ports/launch-store.ts';
import type { Registration } from '../storage/ports/registration-store.ts';
import type { Cohort, Definitions } from './definitions.ts';
import { cohortsOfCourse, type LaunchPlace } from './which-cohort.ts';

/** Who opens a page: a launch, and the platform that vouches for it. */
export interface Visitor {
  readonly launch: Launch;
  readonly registration: Registration;
}

/**
 * The one place that says who may see which cohort in pages: within the organisation of the registration, learners and
 * staff the cohorts of the course they come from, digital learning managers all of the organisation.
 */
export interface Access {
  /** The cohorts this visitor may open. */
  cohorts(visitor: Visitor): Promise<readonly Cohort[]>;
  /** The cohort, when the visitor may open it. Throws `not-found` else: a stranger does not learn what exists. */
  cohort(visitor: Visitor, cohortId: string): Promise<Cohort>;
}

/** Where a launch comes from. */
export function placeOf({ launch, registration }: Visitor): LaunchPlace {
  const { deployment, courseId, groups, cohortParameter } = launch;
  return {
    deployment,
    courseId,
    groups,
    cohortParameter,
    issuer: registration.issuer,
    clientId: registration.clientId,
  };
}

/** True for roles that see a whole cohort. Learners see themselves; observers (a parent, a test student) nobody yet. */
export function seesCohort(launch: Launch): boolean {
  return launch.role === 'staff' || launch.role === 'dlm';
}

export function createAccess(definitions: Definitions): Access {
  const cohorts = async (visitor: Visitor): Promise<readonly Cohort[]> => {
    if (visitor.launch.role === 'observer') return [];
    const all = await definitions.list(visitor.registration.org);
    return visitor.launch.role === 'dlm' ? all : cohortsOfCourse(placeOf(visitor), all);
  };
  return {
    cohorts,
    cohort: async (visitor, cohortId) => {
      const found = (await cohorts(visitor)).find(({ id }) => id === cohortId);
      if (!found) throw new AssiduError('not-found', `there is no cohort ${cohortId}`);
      return found;
    },
  };
}
