import type { Intake } from '../../xapi/intake.ts';
import { actorKey } from '../../xapi/statement/ifi.ts';
import type { Agent } from '../../xapi/statement/types.ts';
import type { CohortStore, EnrolmentChange, Learner } from '../storage/ports/cohort-store.ts';
import { type Access, placeOf, seesCohort, type Visitor } from './access.ts';
import { agentOnPlatform } from './agent-on-platform.ts';
import type { Cohort, Definitions } from './definitions.ts';
import type { Enrolments } from './enrolments.ts';
import type { Identities } from './identities.ts';
import { type OwnPlace, ownActivity, ownContext, ownSender } from './own-statements.ts';
import { type CohortChoice, cohortsOfCourse, isCourse, isOpen, whichCohort } from './which-cohort.ts';

export interface LaunchedDeps {
  readonly store: CohortStore;
  readonly definitions: Definitions;
  readonly access: Access;
  readonly enrolments: Enrolments;
  readonly identities: Pick<Identities, 'seen'>;
  readonly intake: Intake;
  /** Public URL: the home of our own authority and activities. */
  readonly publicUrl: string;
  /** ms since the epoch. */
  readonly clock: () => number;
  /** Random UUIDs. */
  readonly newId: () => string;
}

/** What a verified launch sets going. */
export interface LaunchService {
  /** The cohort a visitor comes for; staff may have to choose. */
  choose(visitor: Visitor): Promise<CohortChoice>;
  /**
   * Keeps what a launch tells: a learner's identity, enrolment and a `launched` statement; a member of staff is
   * excluded from the figures. Answers where it leads.
   */
  arrive(visitor: Visitor): Promise<CohortChoice>;
  /** The learner behind a launch, null when never seen. */
  learnerOf(visitor: Visitor): Promise<Learner | null>;
  /** The learner whose work a submission review is about, for who may see it; null for other launches and people never seen. */
  reviewed(visitor: Visitor): Promise<Learner | null>;
}

export function createLaunchService(deps: LaunchedDeps): LaunchService {
  const { store, enrolments, access, clock } = deps;

  const learnerOf = (visitor: Visitor) => store.findLearner(visitor.registration.org, keyOf(visitor));

  /** What somebody, as they count now, comes for by the course; an observer comes for no cohort. */
  const ownChoice = async (visitor: Visitor): Promise<CohortChoice> => {
    if (visitor.launch.role === 'observer' || visitor.launch.role === 'executive') return { kind: 'none' };
    const all = await deps.definitions.list(visitor.registration.org);
    const choice = whichCohort(placeOf(visitor), all, clock());
    if (!seesCohort(visitor.launch))
      return choice.kind === 'several' ? onlyEnrolled(visitor, choice.cohorts) : choice;
    if (choice.kind !== 'none') return choice;
    const others = await access.cohorts(visitor);
    return others.length > 0 ? { kind: 'several', cohorts: others } : choice;
  };

  /** The cohorts that a grant opens are there to choose, too; but a review is about one learner of one cohort. */
  const withGranted = async (visitor: Visitor, own: CohortChoice): Promise<CohortChoice> => {
    const granted = visitor.launch.reviewedSub === undefined ? await access.granted(visitor) : [];
    if (granted.length === 0) return own;
    const chosen = own.kind === 'one' ? [own.cohort] : own.kind === 'several' ? own.cohorts : [];
    const cohorts = [...new Map([...chosen, ...granted].map((cohort) => [cohort.id, cohort])).values()];
    const [only, second] = cohorts;
    return only !== undefined && second === undefined
      ? { kind: 'one', cohort: only }
      : { kind: 'several', cohorts };
  };

  const choose = async (given: Visitor): Promise<CohortChoice> => {
    const visitor = await access.now(given);
    return withGranted(visitor, await ownChoice(visitor));
  };

  /** Several cohorts fit a learner: the one they are enrolled in, an open one first. */
  const onlyEnrolled = async (visitor: Visitor, cohorts: readonly Cohort[]): Promise<CohortChoice> => {
    const learner = await learnerOf(visitor);
    const own: Cohort[] = [];
    for (const cohort of learner ? cohorts : [])
      if (learner && (await enrolments.ofLearner(cohort, learner.id)).length > 0) own.push(cohort);
    const open = own.filter((cohort) => isOpen(cohort, clock()));
    const [only, second] = open.length > 0 ? open : own;
    return only && !second ? { kind: 'one', cohort: only } : { kind: 'none' };
  };

  const roleIn = async (visitor: Visitor, { id }: Cohort) => (await access.now(visitor, id)).launch.role;

  /** Staff of a course are no learners of any of its cohorts (lti.md "Which cohort"). */
  const staffedHere = async (visitor: Visitor): Promise<readonly Cohort[]> => {
    const all = await deps.definitions.list(visitor.registration.org);
    const here = cohortsOfCourse(placeOf(visitor), all);
    const roles = await Promise.all(here.map((cohort) => roleIn(visitor, cohort)));
    return here.filter((_, index) => roles[index] !== 'learner');
  };

  const keepVisit = async (visitor: Visitor, cohort: Cohort, learner: Learner) => {
    const enrolment = isOpen(cohort, clock())
      ? await enrolments.enrolOnLaunch(cohort, learner, visitor.launch.createdAt)
      : null;
    await deps.intake.accept(
      ownSender(cohort.org, deps.publicUrl),
      JSON.stringify(launchedStatement(deps, visitor, cohort, enrolment)),
      '1.0.3',
    );
  };

  return {
    choose,
    learnerOf,
    reviewed: async (visitor) => {
      const { launch, registration } = await access.now(visitor);
      if (launch.reviewedSub === undefined || !seesCohort(launch)) return null;
      // A review names a person by `sub` alone.
      const person = { sub: launch.reviewedSub, email: null, username: null };
      const key = actorKey(agentOnPlatform(registration, person));
      return key === null ? null : store.findLearner(registration.org, key);
    },
    arrive: async (visitor) => {
      const { launch, registration } = visitor;
      const counting = await access.now(visitor);
      const own = await ownChoice(counting);
      const choice = await withGranted(counting, own);
      const staffed = await staffedHere(visitor);
      const visited =
        own.kind === 'one' && (await roleIn(visitor, own.cohort)) === 'learner' ? own.cohort : null;
      if (visited === null && staffed.length === 0) return choice;
      const learner = await store.learnerOf(registration.org, keyOf(visitor), {
        learnerId: deps.newId(),
        name: launch.name,
        at: clock(),
      });
      await deps.identities.seen(registration.org, [{ learnerId: learner.id, email: launch.email }]);
      // A platform that hides names hides them from now on, whatever was known before.
      if (learner.name !== launch.name) await store.renameLearner(registration.org, learner.id, launch.name);
      for (const cohort of staffed) await enrolments.exclude(cohort, learner);
      if (visited !== null) await keepVisit(visitor, visited, learner);
      return choice;
    },
  };
}

/** The xAPI agent of a launch's person, in the format declared for the platform. */
export function actorOf({ launch, registration }: Visitor): Agent {
  return agentOnPlatform(registration, {
    sub: launch.sub,
    email: launch.email,
    username: launch.custom.user_username ?? null,
  });
}

function keyOf(visitor: Visitor): string {
  const key = actorKey(actorOf(visitor));
  if (key === null) throw new Error('an account or mailbox always has a key');
  return key;
}

/** The course of the LMS that a launch comes from, as the cohort names it; undefined where it names none. */
export function courseOf(visitor: Visitor, { definition }: Cohort): OwnPlace['course'] {
  const { courseTitle, locale } = visitor.launch;
  const context = definition.contexts.find((each) => isCourse(each, placeOf(visitor)));
  if (context?.activity === undefined) return undefined;
  return { activity: context.activity, title: courseTitle === null ? null : { [locale]: courseTitle } };
}

/** `launched`, with full context: platform, course, cohort, and as registration the enrolment episode. */
function launchedStatement(
  deps: LaunchedDeps,
  visitor: Visitor,
  cohort: Cohort,
  enrolment: EnrolmentChange | null,
): Readonly<Record<string, unknown>> {
  const { launch, registration } = visitor;
  const course = courseOf(visitor, cohort);
  return {
    actor: { ...actorOf(visitor), ...(launch.name === null ? {} : { name: launch.name }) },
    verb: { id: 'http://adlnet.gov/expapi/verbs/launched', display: { en: 'launched', fr: 'a ouvert' } },
    object: ownActivity(
      `${deps.publicUrl}/links/${registration.id}/${encodeURIComponent(launch.resourceLinkId ?? 'none')}`,
      'http://adlnet.gov/expapi/activities/link',
      launch.resourceLinkTitle === null ? null : { [launch.locale]: launch.resourceLinkTitle },
    ),
    context: ownContext({
      cohort,
      enrolmentId: enrolment?.enrolmentId ?? null,
      ...(course === undefined ? {} : { course }),
      platform: registration.name,
      language: launch.locale,
      extensions: {
        'urn:assidu:launch': {
          issuer: registration.issuer,
          client: registration.clientId,
          deployment: launch.deployment,
          course: launch.courseId,
          link: launch.resourceLinkId,
          cohort: cohort.id,
        },
      },
    }),
    timestamp: new Date(launch.createdAt).toISOString(),
  };
}
