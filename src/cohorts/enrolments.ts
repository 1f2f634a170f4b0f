import { actorKey } from '../../xapi/statement/ifi.ts';
import { AssiduError } from '../base/errors.ts';
import { createCalendar } from '../progress/calendar.ts';
import { type CohortEpisodes, cohortEpisodes, toldActors } from '../progress/cohort-episodes.ts';
import type { Episode } from '../progress/episode.ts';
import type { KnownFact } from '../progress/fact.ts';
import { isTold } from '../progress/told-enrolments.ts';
import type {
  CohortStore,
  EnrolmentChange,
  EnrolmentSource,
  Learner,
  PeopleAsked,
} from '../storage/ports/cohort-store.ts';
import type { Cohort } from './definitions.ts';
import type { EnrolmentEntry } from './enrolment-entries.ts';
import { type ReadRecords, readEnrolmentRecords } from './enrolment-records.ts';
import { amended, firstOfEpisode, heldEpisode, isSame, type Recording, type Terms } from './episodes.ts';

/** Enrolments of cohorts: episodes, as they are told by launches, rosters, statements, files and people. */
export interface Enrolments {
  /**
   * Records all entries; the same told again changes nothing. They are held against what was recorded, never against
   * what statements told: the order in which the two arrive changes nothing. `dry`: nothing is recorded.
   */
  record(
    cohort: Cohort,
    entries: readonly EnrolmentEntry[],
    telling: { readonly source: EnrolmentSource; readonly by: string; readonly dry?: boolean },
  ): Promise<{ readonly recorded: number; readonly unchanged: number }>;
  /** The learner's open episode, made from the launch's instant (ms) on when there is none. Null when excluded. */
  enrolOnLaunch(cohort: Cohort, learner: Learner, at: number): Promise<EnrolmentChange | null>;
  /** Excludes a member of staff from the cohort's figures (lti.md "Which cohort"). */
  exclude(cohort: Cohort, learner: Learner): Promise<void>;
  /** Episodes that hold, of everybody, with what statements tell. */
  current(cohort: Cohort): Promise<readonly Episode[]>;
  /** Episodes of the person that a learner is, links and statements included. */
  ofLearner(cohort: Cohort, learnerId: string): Promise<readonly Episode[]>;
  /** The same of everybody, and of further learners, with who is who and what it is made of; as known at an instant (ms). */
  known(cohort: Cohort, knownAt: number | null, learnerIds?: readonly string[]): Promise<KnownEnrolments>;
}

/** Episodes, who is who, and the records behind. */
export interface KnownEnrolments extends CohortEpisodes {
  readonly records: ReadRecords;
}

export interface EnrolmentDeps {
  readonly store: CohortStore;
  /** The facts of a cohort, as it was defined in this version. */
  readonly factsOf: (cohort: Cohort) => Promise<readonly KnownFact[]>;
  /** ms since the epoch. */
  readonly clock: () => number;
  /** Random UUIDs. */
  readonly newId: () => string;
}

/** People whose learners are looked up at a time. */
const AT_ONCE = 1_000;

export function createEnrolments({ store, factsOf, clock, newId }: EnrolmentDeps): Enrolments {
  const read = async (
    cohort: Cohort,
    knownAt: number | null,
    asked: (facts: readonly KnownFact[]) => PeopleAsked,
  ): Promise<KnownEnrolments> => {
    const facts = (await factsOf(cohort)).filter(isTold);
    const records = await readEnrolmentRecords(store, cohort, facts, asked(facts));
    return { ...cohortEpisodes(records, knownAt), records };
  };

  const known: Enrolments['known'] = (cohort, knownAt, learnerIds = []) =>
    read(cohort, knownAt, (facts) => ({
      cohortId: cohort.id,
      actors: toldActors({ definition: cohort.definition, facts }),
      learnerIds,
    }));

  const ofLearner = async (cohort: Cohort, learnerId: string) => {
    const { persons, episodes, records } = await read(cohort, null, () => ({ learnerIds: [learnerId] }));
    const person = persons.ofLearner(learnerId);
    return { own: episodes.filter((each) => each.learnerId === person), taken: idsOf(records.changes) };
  };

  /** Learners of actors in their order, made where they are new. */
  const learnersOf = async (org: string, entries: readonly EnrolmentEntry[]): Promise<readonly Learner[]> => {
    const learners: Learner[] = [];
    for (let from = 0; from < entries.length; from += AT_ONCE) {
      const some = entries.slice(from, from + AT_ONCE);
      const people = some.map(({ actor }) => {
        const key = actorKey(actor);
        if (key === null) throw new AssiduError('invalid-request', 'actor: has no identifier');
        return { actor: key, learnerId: newId(), name: actor.name ?? null };
      });
      const found = await store.learnersOf(org, people, clock());
      for (const [index, learner] of found.entries()) {
        const name = some[index]?.actor.name;
        if (learner.name === null && name !== undefined) await store.renameLearner(org, learner.id, name);
        learners.push(learner);
      }
    }
    return learners;
  };

  const record: Enrolments['record'] = async (cohort, entries, { source, by, dry = false }) => {
    const { definition } = cohort;
    const learners = dry ? [] : await learnersOf(cohort.org, entries);
    const keys = entries.map(({ actor }) => actorKey(actor) ?? '');
    const asked = { cohortId: cohort.id, actors: [...new Set(keys)] };
    const records = await readEnrolmentRecords(store, cohort, [], asked);
    const { persons, episodes } = cohortEpisodes(records, null);
    const own = new Map<string, Episode[]>();
    for (const each of episodes) own.set(each.learnerId, [...(own.get(each.learnerId) ?? []), each]);
    const taken = idsOf(records.changes);
    const start = createCalendar(definition.timezone, definition.startsOn).midnight(0);
    const changes: EnrolmentChange[] = [];
    let unchanged = 0;
    for (const [index, entry] of entries.entries()) {
      const key = keys[index] ?? '';
      const learnerId = learners[index]?.id ?? persons.ofActor(key) ?? key;
      const person = persons.ofLearner(learnerId);
      const before = own.get(person) ?? [];
      const recording: Recording = { source, recordedBy: by, at: clock() };
      const held = heldEpisode(before, entry, recording.at);
      const terms =
        held?.reason === 'excluded' ? null : termsOf(entry, held, before.length > 0, start, recording.at);
      if (terms === null || (held && isSame(held, terms))) {
        unchanged += 1;
        continue;
      }
      const made = held
        ? amended(held, terms, recording)
        : [{ ...firstOfEpisode(cohort, learnerId, taken, terms.enrolledAt, recording), ...terms }];
      changes.push(...made);
      const [first] = made;
      if (first === undefined) continue;
      taken.add(first.enrolmentId);
      const after: Episode = { ...first, ...terms, learnerId: person, parts: made };
      own.set(person, [...before.filter((each) => each !== held), after]);
    }
    if (changes.length > 0 && !dry) await store.addEnrolmentChanges(changes);
    return { recorded: entries.length - unchanged, unchanged };
  };

  return {
    record,
    known,
    current: async (cohort) => (await known(cohort, null)).episodes,
    ofLearner: async (cohort, learnerId) => (await ofLearner(cohort, learnerId)).own,
    enrolOnLaunch: async (cohort, learner, at) => {
      const { own, taken } = await ofLearner(cohort, learner.id);
      // A former member of staff whom a roster counts again has an open episode beside the excluded one.
      const open = own.find(
        ({ endedAt, reason }) => reason !== 'excluded' && (endedAt === null || endedAt > at),
      );
      if (open) return open;
      if (own.some(({ reason }) => reason === 'excluded')) return null;
      const recording: Recording = { source: 'launch', recordedBy: 'launch', at: clock() };
      const made = firstOfEpisode(cohort, learner.id, taken, at, recording);
      await store.addEnrolmentChanges([made]);
      return made;
    },
    exclude: async (cohort, learner) => {
      const { own, taken } = await ofLearner(cohort, learner.id);
      const parts = own.flatMap((each) => each.parts).filter(({ told }) => told !== true);
      // What a roster excluded it may count again; a launch as staff is stronger.
      const counted = parts.filter(({ reason, source }) => reason !== 'excluded' || source === 'roster');
      if (parts.length > 0 && counted.length === 0) return;
      const recording: Recording = { source: 'launch', recordedBy: 'launch', at: clock() };
      const excluded =
        counted.length > 0
          ? counted
          : [firstOfEpisode(cohort, learner.id, taken, recording.at, { ...recording, at: recording.at - 1 })];
      await store.addEnrolmentChanges(
        excluded.map(
          (each): EnrolmentChange => ({
            ...each,
            endedAt: each.endedAt ?? recording.at,
            reason: 'excluded',
            source: 'launch',
            recordedBy: 'launch',
            recordedAt: Math.max(recording.at, each.recordedAt + 1),
          }),
        ),
      );
    },
  };
}

/** What an entry makes of the episode it speaks of (`known`: of somebody enrolled before). */
function termsOf(
  { enrolledAt, endedAt, reason, suspensions }: EnrolmentEntry,
  held: Episode | undefined,
  known: boolean,
  start: number,
  now: number,
): Terms {
  // Without a date the first telling assumes the start; who is told again after an ending came back by now.
  const assumed = known ? now : start;
  return {
    enrolledAt: enrolledAt ?? held?.enrolledAt ?? Math.min(assumed, endedAt ?? assumed),
    enrolledAtSource: enrolledAt === null ? (held?.enrolledAtSource ?? 'assumed') : 'stated',
    endedAt,
    reason: endedAt === null ? null : (reason ?? 'removed'),
    suspensions: suspensions ?? held?.suspensions ?? [],
  };
}

function idsOf(changes: readonly EnrolmentChange[]): Set<string> {
  return new Set(changes.map(({ enrolmentId }) => enrolmentId));
}
