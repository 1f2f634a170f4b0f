import type { CohortContext, CohortDefinition } from '../../config/cohort-definition.ts';
import { heldChanges } from '../progress/cohort-episodes.ts';
import type { DefinitionVersion } from '../storage/ports/cohort-store.ts';
import type { Storage } from '../storage/ports/index.ts';
import { placeOf, type Visitor } from './access.ts';
import { courseSources } from './course-sources.ts';
import type { Cohort, Definitions } from './definitions.ts';
import { type CoursePeople, createDraftFigures, type DraftEffect } from './draft-figures.ts';
import type { Feed } from './feed.ts';
import type { Figures } from './figures.ts';
import { contextsOf, type NewCohortGiven, newCohort } from './new-cohort.ts';
import { createProposals, type Proposals } from './proposals.ts';
import { isCourse } from './which-cohort.ts';

/** One version of a definition, and who recorded it when. */
export type RecordedVersion = DefinitionVersion;

/** What somebody needs who configures a cohort; nothing here changes anything but `save`. */
export interface Drafts {
  /** A definition to begin with, from a launch. */
  begin(visitor: Visitor): Promise<CohortDefinition>;
  /** The course of a launch as a context; null for a launch from outside any course. */
  courseOf(visitor: Visitor): Promise<CohortContext | null>;
  /** Names of groups that the course's platform told of. */
  groups(visitor: Visitor): Promise<readonly string[]>;
  /** What the statements of a draft's courses propose as units. */
  proposals(org: string, contexts: readonly CohortContext[]): Promise<Proposals>;
  /** What would change if the draft were saved; `saved`: the cohort as it is, null for a new one. */
  effect(org: string, draft: CohortDefinition, saved: Cohort | null): Promise<DraftEffect>;
  save: Definitions['save'];
  /** Newest first. */
  versions(org: string, id: string): Promise<readonly RecordedVersion[]>;
  /** What the person who recorded a version is called; null where that is not known. */
  nameOf(org: string, actor: string): Promise<string | null>;
  /** Random UUIDs. */
  readonly newId: () => string;
}

export interface DraftsDeps {
  readonly stores: Pick<Storage, 'statements' | 'cohorts' | 'courses' | 'registrations' | 'profiles'>;
  readonly definitions: Definitions;
  readonly figures: Figures;
  readonly feed: Pick<Feed, 'factsOf' | 'wake'>;
  /** ms since the epoch. */
  readonly clock: () => number;
  /** Random UUIDs. */
  readonly newId: () => string;
}

export function createDrafts(deps: DraftsDeps): Drafts {
  const { stores, definitions, feed, clock, newId } = deps;
  const find = createProposals({ statements: stores.statements, profiles: stores.profiles, clock });
  const figures = createDraftFigures({
    stores,
    countsNow: async ({ org, id }) =>
      (await deps.figures.of(org, id, { asOf: null, knownAt: null })).metrics.counts,
    keptFacts: (cohort, wanted) => feed.factsOf(cohort, wanted),
    clock,
  });

  /** Moodle's plugin calls a course by its address; whether it does here, its statements tell. */
  const activityOf = async ({ registration, launch }: Visitor): Promise<string | null> => {
    const { org, issuer } = registration;
    const cohorts = await definitions.list(org);
    const place = placeOf({ registration, launch });
    const known = cohorts
      .flatMap(({ definition }) => definition.contexts)
      .find((context) => context.activity !== undefined && isCourse(context, place));
    if (known?.activity !== undefined) return known.activity;
    if (launch.courseId === null || !/^https?:/.test(issuer)) return null;
    const activity = `${issuer.replace(/\/+$/, '')}/course/view.php?id=${encodeURIComponent(launch.courseId)}`;
    const { statements } = await stores.statements.query(org, {
      activity,
      relatedActivities: true,
      relatedAgents: false,
      ascending: false,
      limit: 1,
    });
    return statements.length === 0 ? null : activity;
  };

  /** What a launch tells of a new cohort, but for what its statements do. */
  const givenBy = async (visitor: Visitor): Promise<Omit<NewCohortGiven, 'proposals'>> => {
    const { org, issuer } = visitor.registration;
    const [cohorts, sameIssuer, activity] = await Promise.all([
      definitions.list(org),
      stores.registrations.byIssuer(issuer),
      activityOf(visitor),
    ]);
    return { visitor, sameIssuer, cohorts, activity, now: clock() };
  };

  /** Learners whom some cohort of these courses leaves out: its staff. */
  const excludedIn = async (
    org: string,
    contexts: readonly CohortContext[],
  ): Promise<ReadonlySet<string>> => {
    const courses = new Set(contexts.map(({ platform, course }) => `${platform}\n${course}`));
    const around = (await definitions.list(org)).filter(({ definition }) =>
      definition.contexts.some(({ platform, course }) => courses.has(`${platform}\n${course}`)),
    );
    const changes = await Promise.all(around.map(({ id }) => stores.cohorts.enrolmentChanges(org, id)));
    return new Set(
      changes.flatMap((each) =>
        heldChanges(each, null).flatMap(({ reason, learnerId }) =>
          reason === 'excluded' ? [learnerId] : [],
        ),
      ),
    );
  };

  /** Whom the lists of a draft's courses name; where there is no list, who was seen there. */
  const peopleOf = async (org: string, draft: CohortDefinition): Promise<CoursePeople> => {
    const drafted: Cohort = { org, id: draft.id, version: 0, recordedAt: clock(), definition: draft };
    const sources = (await courseSources(org, stores))(drafted);
    const excluded = await excludedIn(org, draft.contexts);
    const listed = await Promise.all(
      sources.map(async ({ context: { group }, course }) => {
        const users = await stores.courses.users(course);
        return users.filter(({ groups }) => group === undefined || groups === null || groups.includes(group));
      }),
    );
    const learnerIds = [...new Set(listed.flat().map(({ learnerId }) => learnerId))].filter(
      (id) => !excluded.has(id),
    );
    if (learnerIds.length > 0) return { on: 'roster', learnerIds, actors: [] };
    const { actors } = await find(org, activitiesOf(draft.contexts));
    const known = await stores.cohorts.people(org, { actors });
    const staff = new Set(
      known.identities.flatMap(({ actor, learnerId }) => (excluded.has(learnerId) ? [actor] : [])),
    );
    return { on: 'seen', learnerIds: [], actors: actors.filter((actor) => !staff.has(actor)) };
  };

  return {
    begin: async (visitor) => {
      const given = await givenBy(visitor);
      const proposals = await find(visitor.registration.org, given.activity === null ? [] : [given.activity]);
      return newCohort({ ...given, proposals });
    },
    courseOf: async (visitor) => contextsOf(await givenBy(visitor))[0] ?? null,
    groups: async ({ launch, registration }) => {
      const { org, id: registrationId } = registration;
      const users =
        launch.courseId === null
          ? []
          : await stores.courses.users({ org, registrationId, courseId: launch.courseId });
      return [...new Set([...launch.groups, ...users.flatMap(({ groups }) => groups ?? [])])].sort();
    },
    proposals: (org, contexts) => find(org, activitiesOf(contexts)),
    effect: async (org, draft, saved) =>
      saved === null
        ? figures.ofCourse(org, draft, await peopleOf(org, draft))
        : figures.ofCohort(saved, draft),
    save: async (...given) => {
      const saved = await definitions.save(...given);
      if (saved.outcome === 'saved') feed.wake();
      return saved;
    },
    versions: async (org, id) => (await definitions.versions(org, id)).toReversed(),
    nameOf: async (org, actor) => {
      const learner = await stores.cohorts.findLearner(org, actor);
      if (learner !== null) return learner.name;
      const [name] = await stores.profiles.names(org, actor);
      return name ?? null;
    },
    newId,
  };
}

function activitiesOf(contexts: readonly CohortContext[]): readonly string[] {
  return [...new Set(contexts.flatMap(({ activity }) => activity ?? []))];
}
