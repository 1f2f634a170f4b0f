import type { Memberships, RosterReading } from '../../lti/services/memberships.ts';
import { withLease } from '../../xapi/client/with-lease.ts';
import { AssiduError } from '../base/errors.ts';
import type { Persons } from '../progress/persons.ts';
import type { CohortStore } from '../storage/ports/cohort-store.ts';
import type { CourseStore } from '../storage/ports/course-store.ts';
import type { Leased } from '../storage/ports/lease.ts';
import type { RegistrationStore } from '../storage/ports/registration-store.ts';
import type { RosterKnown, RosterRecord, RosterState, RosterStore } from '../storage/ports/roster-store.ts';
import { type CourseSource, courseSources } from './course-sources.ts';
import type { Cohort, Definitions } from './definitions.ts';
import type { Enrolments } from './enrolments.ts';
import type { Identities } from './identities.ts';
import { rosterChanges } from './roster-changes.ts';
import { chunks, renamed, rosterPeople } from './roster-people.ts';
import { type RosterPerson, rosterPlan } from './roster-plan.ts';

/** The last synchronisation of a cohort, and the removals that wait. */
export interface RosterView {
  readonly last: RosterRecord | null;
  readonly held: {
    readonly share: number;
    /** ms since the epoch. */
    readonly since: number;
    readonly learners: readonly { readonly id: string; readonly name: string | null }[];
  } | null;
}

/** Rosters by where they are read from. */
export type RosterReadings = Map<string, Promise<RosterReading>>;

/** Keeps enrolments in step with the rosters of platforms (lti.md, "Roster brake"). */
export interface Rosters {
  /**
   * Reads the rosters of all courses of a cohort and follows them. What fails is told in the record's `fault`. Throws
   * `not-found`, and `conflict` while another one is under way.
   */
  synchronise(
    org: string,
    cohortId: string,
    how?: {
      readonly onProgress?: ((members: number) => void) | undefined;
      /** Rosters read just now for other cohorts of the same courses; what is read is added. */
      readonly readings?: RosterReadings;
    },
  ): Promise<RosterRecord>;
  /** The same, with the held removals let through, as far as these people are still gone. Throws `conflict` when none are held. */
  confirm(org: string, cohortId: string): Promise<RosterRecord>;
  /** Throws `not-found`. */
  show(org: string, cohortId: string): Promise<RosterView>;
}

export interface RosterDeps {
  readonly store: CohortStore;
  readonly enrolments: Pick<Enrolments, 'known'>;
  readonly identities: Pick<Identities, 'seen'>;
  readonly courses: CourseStore;
  readonly registrations: RegistrationStore;
  readonly rosters: RosterStore;
  readonly leases: Leased;
  readonly definitions: Definitions;
  readonly memberships: Memberships;
  /** What this process is called among those that share the store. */
  readonly holder: string;
  /** ms since the epoch. */
  readonly clock: () => number;
  /** Random UUIDs. */
  readonly newId: () => string;
}

/** A course that was read. */
interface Read {
  readonly source: CourseSource;
  readonly key: string;
  readonly reading: RosterReading;
}

export function createRosters(deps: RosterDeps): Rosters {
  const { store, rosters, courses, clock } = deps;

  const follow = async (
    cohort: Cohort,
    confirmed: ReadonlySet<string>,
    how: Parameters<Rosters['synchronise']>[2],
  ): Promise<RosterRecord> => {
    const { org, id: cohortId } = cohort;
    const sources = (await courseSources(org, deps))(cohort);
    const { reads, faults } = await readAll(sources, deps.memberships, how);
    if (sources.length === 0) faults.push(unknownCourse(cohort));
    const state = (await rosters.state(org, cohortId)) ?? { org, cohortId, readPlaces: [], held: null };
    const people: RosterPerson[] = [];
    for (const { source, key, reading } of reads) {
      people.push(...(await rosterPeople(source, reading, !state.readPlaces.includes(key), deps)));
      const { learners } = await store.people(org, { cohortId });
      const changed = renamed(reading, await courses.users(source.course), learners);
      await Promise.all(changed.map(({ learnerId, name }) => store.renameLearner(org, learnerId, name)));
    }
    const whole = faults.length === 0 && reads.length > 0;
    const seen = people.map(({ learnerId }) => learnerId);
    const { episodes, persons, records } = await deps.enrolments.known(cohort, null, seen);
    const known = knownPersons(await rosters.known(org, cohortId), persons);
    const now = clock();
    const plan = rosterPlan({
      people: people.map((each) => ({ ...each, learnerId: persons.ofLearner(each.learnerId) })),
      whole,
      episodes,
      known,
      confirmed: new Set([...confirmed].map(persons.ofLearner)),
      now,
    });
    const taken = new Set(records.changes.map(({ enrolmentId }) => enrolmentId));
    for (const some of chunks(rosterChanges(cohort, plan, episodes, now, taken)))
      await store.addEnrolmentChanges(some);
    const record: RosterRecord = {
      org,
      cohortId,
      at: now,
      members: reads.reduce((sum, { reading }) => sum + reading.members.length, 0),
      learners: new Set(people.flatMap((each) => (each.standing === 'learner' ? [each.learnerId] : []))).size,
      enrolled: plan.enrol.length,
      resumed: plan.resume.length,
      ended: plan.end.length,
      excluded: plan.exclude.length,
      held: plan.held?.learnerIds.length ?? 0,
      fault: faults.length === 0 ? null : faults.join('; '),
    };
    await rosters.keep(record, stateAfter(state, reads, plan.held, { whole, now }), plan.known);
    return record;
  };

  const leased = async (
    cohort: Cohort,
    confirmed: () => Promise<ReadonlySet<string>>,
    how: Parameters<Rosters['synchronise']>[2] = {},
  ): Promise<RosterRecord> => {
    const id = `roster\n${cohort.org}\n${cohort.id}`;
    const record = await withLease(id, { ...deps, store: deps.leases }, async () =>
      follow(cohort, await confirmed(), how),
    );
    if (record !== null) return record;
    throw new AssiduError('conflict', `the roster of ${cohort.id} is being read already`);
  };

  return {
    synchronise: async (org, cohortId, how) =>
      leased(await deps.definitions.show(org, cohortId, null), async () => new Set(), how),
    confirm: async (org, cohortId) =>
      leased(await deps.definitions.show(org, cohortId, null), async () => {
        const state = await rosters.state(org, cohortId);
        if (state?.held == null)
          throw new AssiduError('conflict', `no removals of ${cohortId} wait to be confirmed`);
        return new Set(state.held.learnerIds);
      }),
    show: async (org, cohortId) => {
      await deps.definitions.show(org, cohortId, null);
      const [last] = await rosters.records(org, cohortId, 1);
      const held = (await rosters.state(org, cohortId))?.held ?? null;
      if (held === null) return { last: last ?? null, held };
      const names = new Map(
        (await store.people(org, { cohortId })).learners.map((each) => [each.id, each.name]),
      );
      const { share, since, learnerIds } = held;
      const learners = learnerIds.map((id) => ({ id, name: names.get(id) ?? null }));
      return { last: last ?? null, held: { share, since, learners } };
    },
  };
}

/** Whom rosters contained, by person: present when any of their learners is. */
function knownPersons(known: readonly RosterKnown[], persons: Persons): readonly RosterKnown[] {
  const present = new Map<string, boolean>();
  for (const each of known) {
    const person = persons.ofLearner(each.learnerId);
    present.set(person, each.present || (present.get(person) ?? false));
  }
  return [...present].map(([learnerId, here]) => ({ learnerId, present: here }));
}

/** Each roster once, however many groups of it make up the cohort. */
async function readAll(
  sources: readonly CourseSource[],
  memberships: Memberships,
  { onProgress, readings = new Map() }: Parameters<Rosters['synchronise']>[2] = {},
): Promise<{ readonly reads: readonly Read[]; readonly faults: string[] }> {
  const met = new Set<string>();
  const faults: string[] = [];
  const reads: Read[] = [];
  let before = 0;
  for (const source of sources) {
    const { context, course, registration } = source;
    const url = course.membershipsUrl;
    if (url === null) {
      faults.push(`${registration.name}, course ${course.courseId}: the platform told of no roster`);
      continue;
    }
    const place = JSON.stringify([registration.id, url]);
    const own =
      readings.get(place) ?? memberships.read(registration, url, (members) => onProgress?.(before + members));
    readings.set(place, own);
    const reading = await own;
    if (!met.has(place)) {
      met.add(place);
      before += reading.members.length;
      if (reading.fault !== null)
        faults.push(`${registration.name}, course ${course.courseId}: ${reading.fault}`);
    }
    const key = JSON.stringify([registration.id, course.deployment, course.courseId, context.group ?? null]);
    reads.push({ source, key, reading });
  }
  return { reads, faults };
}

function stateAfter(
  state: RosterState,
  reads: readonly Read[],
  held: { readonly learnerIds: readonly string[]; readonly share: number } | null,
  { whole, now }: { readonly whole: boolean; readonly now: number },
): RosterState {
  const readNow = reads.flatMap(({ key, reading }) => (reading.fault === null ? [key] : []));
  const since = state.held?.since ?? now;
  return {
    ...state,
    readPlaces: [...new Set([...state.readPlaces, ...readNow])],
    // What a broken reading does not show to be gone may be gone all the same: it goes on waiting.
    held: held === null ? (whole ? null : state.held) : { ...held, since },
  };
}

function unknownCourse({ definition }: Cohort): string {
  return definition.contexts.length === 0
    ? 'the cohort names no course (contexts)'
    : 'no launch has told where the roster of its course is: open the tool once from there';
}
