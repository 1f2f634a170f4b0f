import type { CohortDefinition } from '../../config/cohort-definition.ts';
import { contentId } from '../base/content-id.ts';
import type { EnrolmentChange, Identity } from '../storage/ports/cohort-store.ts';
import { byBeginning, type Episode, unitedSuspensions } from './episode.ts';
import type { KnownFact } from './fact.ts';
import { unitedEpisodes } from './linked-learners.ts';
import { type IdentityRecords, type Persons, personsOf } from './persons.ts';
import { isTold, type ToldCohort, type ToldFact, toldFacts, withTold } from './told-enrolments.ts';

/** Everything that is kept of who is enrolled, whatever its order. */
export interface EnrolmentRecords extends IdentityRecords {
  readonly org: string;
  readonly definition: Pick<CohortDefinition, 'id' | 'enrolFromStatements'>;
  readonly changes: readonly EnrolmentChange[];
  /** Facts of the cohort; those that do not tell of enrolments say nothing here. */
  readonly facts: readonly KnownFact[];
}

/** Who is enrolled, as known at an instant: excluded episodes too, at no time in particular. */
export interface CohortEpisodes {
  readonly persons: Persons;
  readonly episodes: readonly Episode[];
}

/**
 * The change that holds for each episode, undone ones too, knowing what was recorded by `knownAt` (ms; null: everything):
 * the one recorded last, whatever the order they come in.
 */
export function heldChanges(
  changes: readonly EnrolmentChange[],
  knownAt: number | null,
): readonly EnrolmentChange[] {
  const latest = new Map<string, EnrolmentChange>();
  for (const change of changes) {
    if (knownAt !== null && change.recordedAt > knownAt) continue;
    const held = latest.get(change.enrolmentId);
    if (!held || isLater(change, held)) latest.set(change.enrolmentId, change);
  }
  return [...latest.values()];
}

function isLater(change: EnrolmentChange, held: EnrolmentChange): boolean {
  if (change.recordedAt !== held.recordedAt) return change.recordedAt > held.recordedAt;
  return JSON.stringify(change) > JSON.stringify(held);
}

/** The actors whom statements may make learners of the cohort, or might have before they were voided. */
export function toldActors({
  definition,
  facts,
}: Pick<EnrolmentRecords, 'definition' | 'facts'>): readonly string[] {
  if (!definition.enrolFromStatements) return [];
  const enrolling = facts.filter((fact) => fact.meaning === 'enrolled' && isTold(fact));
  return [...new Set(enrolling.map(({ actor }) => actor))];
}

/** Records -> episodes, one for each time that a person was enrolled (metrics.md "enrolment"). */
export function cohortEpisodes(records: EnrolmentRecords, knownAt: number | null): CohortEpisodes {
  const { org, definition, changes, facts } = records;
  const cohort: ToldCohort = {
    org,
    cohortId: definition.id,
    enrolFromStatements: definition.enrolFromStatements,
  };
  const told = toldFacts(facts, knownAt);
  const persons = personsOf(
    {
      ...records,
      identities: [...records.identities, ...madeByStatements(cohort, told, records.identities, knownAt)],
    },
    knownAt,
  );
  const amended = new Map<string, EnrolmentChange>();
  const ofPerson = new Map<string, EnrolmentChange[]>();
  for (const change of heldChanges(changes, knownAt)) {
    if (change.told) amended.set(change.enrolmentId, change);
    else if (!change.undone) push(ofPerson, persons.ofLearner(change.learnerId), change);
  }
  const toldOf = new Map<string, ToldFact[]>();
  for (const fact of told) {
    const person = persons.ofActor(fact.actor);
    if (person !== null && (cohort.enrolFromStatements || ofPerson.has(person))) push(toldOf, person, fact);
  }
  const people = new Set([...ofPerson.keys(), ...toldOf.keys()]);
  const episodes = [...people].flatMap((person) => {
    const recorded = unitedEpisodes(person, ofPerson.get(person) ?? []);
    return isExcluded(recorded)
      ? recorded.filter(({ reason }) => reason === 'excluded')
      : withTold(cohort, person, recorded, toldOf.get(person) ?? [], amended);
  });
  // United only now: what one statement resumes must not take a suspension with it that begins later.
  const united = episodes.map((episode) =>
    episode.suspensions.length < 2
      ? episode
      : { ...episode, suspensions: unitedSuspensions(episode.suspensions) },
  );
  return { persons, episodes: united.sort(byBeginning) };
}

/**
 * Somebody one of whose learners is excluded and not enrolled besides (a teacher with a learner's account): all of them
 * are. Whom a roster counts again has an enrolment beside the excluded one.
 */
function isExcluded(recorded: readonly Episode[]): boolean {
  const parts = recorded.flatMap((episode) => episode.parts);
  const counted = new Set(
    parts.flatMap(({ reason, learnerId }) => (reason === 'excluded' ? [] : [learnerId])),
  );
  return parts.some(({ reason, learnerId }) => reason === 'excluded' && !counted.has(learnerId));
}

/** Learners of actors whom nobody recorded: by name of the actor alone, so that they are the same at every reading. */
function madeByStatements(
  { org, enrolFromStatements }: ToldCohort,
  told: readonly ToldFact[],
  identities: readonly Identity[],
  knownAt: number | null,
): readonly Identity[] {
  if (!enrolFromStatements) return [];
  const known = new Set(
    identities.flatMap(({ actor, recordedAt }) => (knownAt === null || recordedAt <= knownAt ? [actor] : [])),
  );
  const made = new Map<string, Identity>();
  for (const { actor, meaning, stored } of told) {
    if (meaning !== 'enrolled' || known.has(actor)) continue;
    const recordedAt = Math.min(stored, made.get(actor)?.recordedAt ?? stored);
    made.set(actor, { org, actor, learnerId: contentId(`learner\n${org}\n${actor}`), recordedAt });
  }
  return [...made.values()];
}

function push<Key, Item>(lists: Map<Key, Item[]>, key: Key, item: Item): void {
  const list = lists.get(key);
  if (list) list.push(item);
  else lists.set(key, [item]);
}
