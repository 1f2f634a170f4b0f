import type { Intake, Sender } from '../../xapi/intake.ts';
import { actorKey } from '../../xapi/statement/ifi.ts';
import type { Agent } from '../../xapi/statement/types.ts';
import { cohortActivity } from '../progress/place.ts';
import type { CohortStore, EnrolmentChange, Learner } from '../storage/ports/cohort-store.ts';
import { type Access, placeOf, seesCohort, type Visitor } from './access.ts';
import { agentOnPlatform } from './agent-on-platform.ts';
import type { Cohort, Definitions } from './definitions.ts';
import type { Enrolments } from './enrolments.ts';
import { type CohortChoice, cohortsOfCourse, isOpen, whichCohort } from './which-cohort.ts';

export interface LaunchedDeps {
  readonly store: CohortStore;
  readonly definitions: Definitions;
  readonly access: Access;
  readonly enrolments: Enrolments;
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

  const choose = async (visitor: Visitor): Promise<CohortChoice> => {
    const all = await deps.definitions.list(visitor.registration.org);
    const choice = whichCohort(placeOf(visitor), all, clock());
    if (seesCohort(visitor.launch)) {
      if (choice.kind !== 'none') return choice;
      const others = await access.cohorts(visitor);
      return others.length > 0 ? { kind: 'several', cohorts: others } : choice;
    }
    return choice.kind === 'several' ? onlyEnrolled(visitor, choice.cohorts) : choice;
  };

  /** Several cohorts fit a learner: the one they are enrolled in, an open one first. */
  const onlyEnrolled = async (visitor: Visitor, cohorts: readonly Cohort[]): Promise<CohortChoice> => {
    const learner = await learnerOf(visitor);
    const own: Cohort[] = [];
    for (const cohort of learner ? cohorts : [])
      if ((await enrolments.current(cohort)).some(({ learnerId }) => learnerId === learner?.id))
        own.push(cohort);
    const open = own.filter((cohort) => isOpen(cohort, clock()));
    const [only, second] = open.length > 0 ? open : own;
    return only && !second ? { kind: 'one', cohort: only } : { kind: 'none' };
  };

  /** Staff of a course are no learners of any of its cohorts (lti.md "Which cohort"). */
  const cohortsHere = async (visitor: Visitor): Promise<readonly Cohort[]> =>
    cohortsOfCourse(placeOf(visitor), await deps.definitions.list(visitor.registration.org));

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
    reviewed: async ({ launch, registration }) => {
      if (launch.reviewedSub === undefined || !seesCohort(launch)) return null;
      // A review names a person by `sub` alone.
      const person = { sub: launch.reviewedSub, email: null, username: null };
      const key = actorKey(agentOnPlatform(registration, person));
      return key === null ? null : store.findLearner(registration.org, key);
    },
    arrive: async (visitor) => {
      const { launch, registration } = visitor;
      const choice = await choose(visitor);
      const staffed = launch.role === 'learner' ? [] : await cohortsHere(visitor);
      if (launch.role === 'learner' ? choice.kind !== 'one' : staffed.length === 0) return choice;
      const learner = await store.learnerOf(registration.org, keyOf(visitor), {
        learnerId: deps.newId(),
        name: launch.name,
        at: clock(),
      });
      // A platform that hides names hides them from now on, whatever was known before.
      if (learner.name !== launch.name) await store.renameLearner(registration.org, learner.id, launch.name);
      for (const cohort of staffed) await enrolments.exclude(cohort, learner);
      if (launch.role === 'learner' && choice.kind === 'one')
        await keepVisit(visitor, choice.cohort, learner);
      return choice;
    },
  };
}

/** Our own authority: it may say anything of standings. */
function ownSender(org: string, publicUrl: string): Sender {
  return {
    org,
    authority: { objectType: 'Agent', name: 'Assidu', account: { homePage: publicUrl, name: 'assidu' } },
    writer: { keyId: 'assidu', standings: true, voidsAny: true },
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

/** `launched`, with full context: platform, course, cohort, and as registration the enrolment episode. */
function launchedStatement(
  deps: LaunchedDeps,
  visitor: Visitor,
  cohort: Cohort,
  enrolment: EnrolmentChange | null,
): Readonly<Record<string, unknown>> {
  const { launch, registration } = visitor;
  const course = cohort.definition.contexts.find(({ course }) => course === launch.courseId);
  const activity = (id: string, type: string, name: string | null) => ({
    objectType: 'Activity',
    id,
    definition: { type, ...(name === null ? {} : { name: { [launch.locale]: name } }) },
  });
  const grouping = [
    activity(cohortActivity(cohort.org, cohort.id), 'http://adlnet.gov/expapi/activities/course', null),
  ];
  if (course?.activity !== undefined)
    grouping.unshift(
      activity(course.activity, 'http://adlnet.gov/expapi/activities/course', launch.courseTitle),
    );
  return {
    actor: { ...actorOf(visitor), ...(launch.name === null ? {} : { name: launch.name }) },
    verb: { id: 'http://adlnet.gov/expapi/verbs/launched', display: { en: 'launched', fr: 'a ouvert' } },
    object: activity(
      `${deps.publicUrl}/links/${registration.id}/${encodeURIComponent(launch.resourceLinkId ?? 'none')}`,
      'http://adlnet.gov/expapi/activities/link',
      launch.resourceLinkTitle,
    ),
    context: {
      ...(enrolment === null ? {} : { registration: enrolment.enrolmentId }),
      platform: registration.name,
      language: launch.locale,
      contextActivities: { grouping },
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
    },
    timestamp: new Date(launch.createdAt).toISOString(),
  };
}
