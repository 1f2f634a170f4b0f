import type { CohortDefinition } from '../../config/cohort-definition.ts';
import { CLOCKS, POPULATIONS } from '../../src/metrics/types.ts';
import type { EnrolmentChange } from '../../src/storage/ports/cohort-store.ts';
import type { Told } from '../support/scene.ts';
import { figuresOf } from './figures.ts';
import { learnerAt, type Moment, momentAt, type NaiveLearner } from './learner.ts';
import { localDays } from './local-days.ts';
import {
  byBeginning,
  holding,
  type Identities,
  recordedStays,
  type Stay,
  whoIsWho,
  withStatements,
} from './people.ts';
import { placesOf, read, type Telling } from './read.ts';
import { retentionOf } from './retention.ts';
import { rowOf, stateOf } from './state.ts';

/** Everything that is kept, as it came in. */
export interface Kept extends Identities {
  readonly definition: CohortDefinition;
  readonly changes: readonly EnrolmentChange[];
  readonly told: readonly Told[];
}

const TELLS_OF_ENROLMENT = ['enrolled', 'withdrew', 'suspended', 'resumed'];

/** Every answer of metrics.md about a cohort at T, knowing what was recorded by `knownAt` (ms; null: everything). */
export function naively(kept: Kept, T: number, knownAt: number | null) {
  const { definition } = kept;
  const known = knownAt ?? Number.POSITIVE_INFINITY;
  const days = localDays(definition.timezone, definition.startsOn);
  const heard = kept.told.filter(
    ({ stored, voidedAt }) =>
      stored <= known && (voidedAt === null || (knownAt !== null && voidedAt > knownAt)),
  );
  const tellings = heard.flatMap((each) => read(definition, each) ?? []);
  const about = tellings.filter(
    ({ meaning, object }) =>
      TELLS_OF_ENROLMENT.includes(meaning) && placesOf(definition).whole.includes(object),
  );
  const made = definition.enrolFromStatements ? strangers(kept, about, known) : [];
  const who = whoIsWho({ ...kept, identities: [...kept.identities, ...made] }, known);
  const changes = holding(kept.changes, known);
  const people = new Set([
    ...changes.map(({ learnerId }) => who.personOf(learnerId)),
    ...(definition.enrolFromStatements ? about.flatMap(({ actor }) => who.personBehind(actor) ?? []) : []),
  ]);
  const stays = [...people].flatMap((person) => {
    const recorded = recordedStays(
      person,
      changes.filter(({ learnerId }) => who.personOf(learnerId) === person),
    );
    const told = about.filter(({ actor }) => who.personBehind(actor) === person);
    return withStatements(person, recorded, told, definition.enrolFromStatements);
  });
  const tellingsOf = new Map(
    [...people].map((person) => [person, tellings.filter(({ actor }) => who.personBehind(actor) === person)]),
  );

  const moment = momentAt(definition, days, T);
  const learners = learnersAt(moment, stays, tellingsOf);
  return {
    moment,
    learners,
    figures: figuresOf(moment, learners),
    rows: learners.map((learner) => ({
      person: learner.stay.person,
      ...rowOf(moment, learner),
    })),
    retention: CLOCKS.flatMap((clock) =>
      POPULATIONS.map((population) => retentionOf(moment, learners, clock, population)),
    ),
    /** The state of an enrolment at another instant, with what is known now; null before it began. */
    stateAt: ({ stay }: NaiveLearner, instant: number) => {
      const then = momentAt(definition, days, instant);
      const [learner] = learnersAt(then, stays, tellingsOf, stay);
      return learner ? stateOf(then, learner) : null;
    },
  };
}

export type NaiveAnswer = ReturnType<typeof naively>;

/** The enrolments that count at T: excluded ones nowhere, and none from after T or the closing day. */
function learnersAt(
  moment: Moment,
  stays: readonly Stay[],
  tellingsOf: ReadonlyMap<string, readonly Telling[]>,
  only?: Stay,
): readonly NaiveLearner[] {
  const counted = stays
    .filter(({ excluded, from }) => !excluded && from <= moment.lastInstant)
    .sort(byBeginning);
  return counted
    .filter((stay) => only === undefined || stay === only)
    .map((stay) => {
      const isFirst = counted.find(({ person }) => person === stay.person) === stay;
      return learnerAt(moment, stay, isFirst, tellingsOf.get(stay.person) ?? []);
    });
}

/** Whom statements enrol and nobody knows: each is a learner of their own. */
function strangers({ identities }: Kept, about: readonly Telling[], known: number): Identities['identities'] {
  const enrolling = about.filter(
    ({ meaning, actor }) =>
      meaning === 'enrolled' && !identities.some((each) => each.actor === actor && each.recordedAt <= known),
  );
  return [...new Set(enrolling.map(({ actor }) => actor))].map((actor) => ({
    org: 'o',
    actor,
    learnerId: `stranger ${actor}`,
    recordedAt: Math.min(...enrolling.filter((each) => each.actor === actor).map(({ stored }) => stored)),
  }));
}
