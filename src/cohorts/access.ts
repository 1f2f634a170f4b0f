import { actorKey } from '../../xapi/statement/ifi.ts';
import { AssiduError } from '../base/errors.ts';
import type { PortfolioScope } from '../metrics/portfolio-types.ts';
import { personsOf } from '../progress/persons.ts';
import type { CohortStore } from '../storage/ports/cohort-store.ts';
import type { CourseStore } from '../storage/ports/course-store.ts';
import type { Grant, GrantStore } from '../storage/ports/grant-store.ts';
import type { Launch, LaunchRole } from '../storage/ports/launch-store.ts';
import type { Registration } from '../storage/ports/registration-store.ts';
import { agentOnPlatform } from './agent-on-platform.ts';
import type { Cohort, Definitions } from './definitions.ts';
import type { Enrolments } from './enrolments.ts';
import { grantsInForce, roleIn } from './granted-role.ts';
import { cohortsOfCourse, type LaunchPlace } from './which-cohort.ts';

/** Who opens a page: a launch, and the platform that vouches for it. */
export interface Visitor {
  readonly launch: Launch;
  readonly registration: Registration;
  /** The launch as the platform tells it, where `launch` is what it counts as in one cohort. */
  readonly told?: Launch;
}

/** A learner whom a visitor mentors, in a cohort. */
export interface Mentee {
  readonly cohort: Cohort;
  readonly learnerId: string;
  readonly enrolmentId: string;
  /** Null where the platform hides names. */
  readonly name: string | null;
}

/**
 * The one place that says who may see which cohort in pages, asked anew at every request: within the organisation of
 * the registration, learners and staff the cohorts of the course they come from, digital learning managers all of the
 * organisation, executives none but the portfolio; a grant by hand counts instead of what the platform says, in the cohort it names or everywhere.
 */
export interface Access {
  /** The visitor with the role that counts now, in a cohort when one is given. */
  now(visitor: Visitor, cohortId?: string): Promise<Visitor>;
  /** The cohorts this visitor may open. */
  cohorts(visitor: Visitor): Promise<readonly Cohort[]>;
  /** Those among them that a grant opens by naming them, whatever course the visitor comes from. */
  granted(visitor: Visitor): Promise<readonly Cohort[]>;
  /** The cohort, when the visitor may open it. Throws `not-found` else: a stranger does not learn what exists. */
  cohort(visitor: Visitor, cohortId: string): Promise<Cohort>;
  /** Those among them that this visitor may see as a whole, whichever cohort the present page is about. */
  wholeCohorts(visitor: Visitor): Promise<readonly Cohort[]>;
  /** The learners that a mentor may see, where the platform says whom: those of cohorts of the course. */
  mentees(visitor: Visitor): Promise<readonly Mentee[]>;
  /**
   * The cohort in which this visitor may see this learner: as staff, or as their mentor. Throws `not-found` where the
   * visitor may not open the cohort, `forbidden` to a learner of it.
   */
  learner(visitor: Visitor, cohortId: string, learnerId: string): Promise<Cohort>;
  /**
   * Of which cohorts this visitor may see the portfolio, by tags: of those that one of the scopes allows. Throws
   * `forbidden` to who is neither digital learning manager nor executive.
   */
  portfolio(visitor: Visitor): Promise<readonly PortfolioScope[]>;
}

export interface AccessDeps {
  readonly definitions: Definitions;
  readonly grants: GrantStore;
  readonly enrolments: Pick<Enrolments, 'current'>;
  readonly store: Pick<CohortStore, 'people'>;
  readonly courses: Pick<CourseStore, 'users'>;
  /** ms since the epoch. */
  readonly clock: () => number;
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

/** True for roles that see a whole cohort. Learners see themselves; observers whom they mentor, if anybody. */
export function seesCohort({ role }: { readonly role: LaunchRole }): boolean {
  return role === 'staff' || role === 'dlm';
}

/** True for who configures cohorts: those they may open, and new ones. */
export function configures({ role }: { readonly role: LaunchRole }): boolean {
  return role === 'dlm';
}

export function createAccess(deps: AccessDeps): Access {
  const { definitions, grants, clock } = deps;
  const inForce = async ({ launch, registration }: Visitor): Promise<readonly Grant[]> =>
    grantsInForce(await grants.of(registration.org, registration.id, launch.sub), clock());
  const named = (held: readonly Grant[], { id }: Cohort): boolean =>
    held.some(({ cohortId }) => cohortId === id);

  const sees = (visitor: Visitor, held: readonly Grant[], ofCourse: ReadonlySet<Cohort>, cohort: Cohort) => {
    const role = roleIn(visitor.launch.role, held, cohort.id);
    if (role === 'observer' || role === 'executive') return false;
    return role === 'dlm' || named(held, cohort) || ofCourse.has(cohort);
  };
  const open = async (visitor: Visitor, held: readonly Grant[]): Promise<readonly Cohort[]> => {
    const all = await definitions.list(visitor.registration.org);
    const ofCourse = new Set(cohortsOfCourse(placeOf(visitor), all));
    return all.filter((cohort) => sees(visitor, held, ofCourse, cohort));
  };

  const access: Access = {
    now: async (visitor, cohortId) => {
      const role = roleIn(visitor.launch.role, await inForce(visitor), cohortId ?? null);
      return role === visitor.launch.role ? visitor : { ...visitor, launch: { ...visitor.launch, role } };
    },
    cohorts: async (visitor) => open(visitor, await inForce(visitor)),
    granted: async (visitor) => {
      const held = (await inForce(visitor)).filter(({ cohortId }) => cohortId !== null);
      if (held.length === 0) return [];
      return (await open(visitor, held)).filter((cohort) => named(held, cohort));
    },
    cohort: async (visitor, cohortId) => {
      const found = (await access.cohorts(visitor)).find(({ id }) => id === cohortId);
      if (!found) throw unknownCohort(cohortId);
      return found;
    },
    wholeCohorts: async ({ launch, registration, told = launch }) => {
      // A role that somebody holds in one cohort opens no other.
      const visitor = { launch: told, registration };
      const held = await inForce(visitor);
      const cohorts = await open(visitor, held);
      return cohorts.filter(({ id }) => seesCohort({ role: roleIn(told.role, held, id) }));
    },
    mentees: async (visitor) => {
      // Staff see these learners among the others, executives nobody.
      const { launch } = visitor;
      const isMentee =
        seesCohort(launch) || launch.role === 'executive' ? null : await menteesTold(deps, visitor);
      if (isMentee === null) return [];
      const all = await definitions.list(visitor.registration.org);
      const cohorts = cohortsOfCourse(placeOf(visitor), all);
      return (await Promise.all(cohorts.map((cohort) => menteesIn(deps, cohort, isMentee)))).flat();
    },
    learner: async (visitor, cohortId, learnerId) => {
      const mentored = (await access.mentees(visitor)).find(
        (each) => each.cohort.id === cohortId && each.learnerId === learnerId,
      );
      if (mentored) return mentored.cohort;
      const cohort = await access.cohort(visitor, cohortId);
      const { launch } = await access.now(visitor, cohortId);
      if (!seesCohort(launch)) throw new AssiduError('forbidden', 'learners see their own path only');
      return cohort;
    },
    portfolio: async (visitor) => {
      const held = await inForce(visitor);
      const role = roleIn(visitor.launch.role, held, null);
      if (role === 'dlm') return [{}];
      if (role !== 'executive') throw new AssiduError('forbidden', 'the portfolio is for managers');
      return held
        .filter((grant) => grant.role === 'executive' && grant.cohortId === null)
        .map(({ tags = {} }) => tags);
    },
  };
  return access;
}

function unknownCohort(id: string): AssiduError {
  return new AssiduError('not-found', `there is no cohort ${id}`);
}

type IsMentee = (learnerId: string) => boolean;

/** Who is behind the `sub`s that a platform told, by its rosters and by their own launches; null where nobody is known. */
async function menteesTold(
  { courses, store }: AccessDeps,
  { launch, registration }: Visitor,
): Promise<IsMentee | null> {
  const { org, id: registrationId } = registration;
  const { mentees = [], courseId } = launch;
  if (mentees.length === 0) return null;
  const told = new Set(mentees);
  const known = courseId === null ? [] : await courses.users({ org, registrationId, courseId });
  const learnerIds = known.filter(({ sub }) => told.has(sub)).map(({ learnerId }) => learnerId);
  const actors = mentees.flatMap(
    (sub) => actorKey(agentOnPlatform(registration, { sub, email: null, username: null })) ?? [],
  );
  const persons = personsOf(await store.people(org, { actors, learnerIds }), null);
  const asked = new Set(actors);
  const byLaunch = persons.identities.filter(({ actor }) => asked.has(actor));
  const found = new Set(
    [...learnerIds, ...byLaunch.map(({ learnerId }) => learnerId)].map(persons.ofLearner),
  );
  return found.size === 0 ? null : (learnerId) => found.has(persons.ofLearner(learnerId));
}

async function menteesIn(
  { enrolments, store }: AccessDeps,
  cohort: Cohort,
  isMentee: IsMentee,
): Promise<readonly Mentee[]> {
  const enrolled = (await enrolments.current(cohort)).filter(
    ({ learnerId, reason }) => reason !== 'excluded' && isMentee(learnerId),
  );
  // The last episode of each.
  const last = new Map(enrolled.map((each) => [each.learnerId, each.enrolmentId]));
  if (last.size === 0) return [];
  const { learners } = await store.people(cohort.org, { learnerIds: [...last.keys()] });
  const names = new Map(learners.map(({ id, name }) => [id, name]));
  return [...last].map(([learnerId, enrolmentId]) => ({
    cohort,
    learnerId,
    enrolmentId,
    name: names.get(learnerId) ?? null,
  }));
}
