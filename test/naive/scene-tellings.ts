import fc from 'fast-check';
import type { CohortDefinition, Unit } from '../../config/cohort-definition.ts';
import { maybe, results } from '../support/arbitraries.ts';
import { ENROLMENT_VERB } from '../support/enrolment-statements.ts';
import { ATTEMPT, COURSE, COURSE_TYPE, type Saying, type Told, told, VERB } from '../support/scene.ts';
import { AGENTS, type Instants } from './scene-people.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const kept = {
  delay: fc.constantFrom(0, 0, 0, HOUR, 3 * DAY),
  voided: maybe(1, fc.constantFrom(HOUR, 5 * DAY)),
};
const MODULE = '\\core\\event\\course_module_completion_updated';
const LEARNER_VERBS = [
  ...Object.values(VERB),
  VERB.completed,
  VERB.completed,
  VERB.completed,
  VERB.passed,
  VERB.passed,
  VERB.passed,
  VERB.failed,
  'http://adlnet.gov/expapi/verbs/experienced',
];
const REGISTER_VERBS = [VERB.attended, 'urn:assidu:verb:absent', 'urn:assidu:verb:excused'];

/** What is said of learners: on the units, below them and around them; of sessions what happens there. */
export function tellingsOf({ units }: CohortDefinition, instants: Instants): fc.Arbitrary<readonly Told[]> {
  const by = fc.constantFrom(...Object.keys(AGENTS));
  const somewhere = fc.constantFrom(...units).chain((each) => fc.tuple(fc.constant(each), placesOf(each)));
  const learning = fc.record({
    by,
    verb: fc.constantFrom(...LEARNER_VERBS),
    place: somewhere.map(([, place]) => place),
    at: instants(-1, 35),
    result: maybe(5, results),
    moodle: maybe(
      2,
      fc.constantFrom(MODULE, '\\mod_quiz\\event\\attempt_submitted', '\\core\\event\\course_completed'),
    ),
    instructor: maybe(1, fc.constant('prof')),
    standings: fc.boolean(),
    ...kept,
  });
  const sessions = units.filter(({ satisfiedBy }) => satisfiedBy === 'Attended');
  const present = (session: Unit) =>
    fc.record({
      by,
      verb: fc.constantFrom(VERB.joined, VERB.joined, VERB.left, ...REGISTER_VERBS, VERB.attended),
      place: fc.constant<Place>({ object: session.id, saying: {} }),
      at: fc.oneof(
        fc
          .constantFrom(-1, 0, 1, 1.5, 2, 3.5, 4, 5)
          .map((hour) => Date.parse(session.startsAt ?? '') + hour * HOUR),
        fc.constant(Date.parse(session.endsAt ?? '')),
      ),
      result: maybe(
        4,
        fc.constantFrom('PT0M', 'PT1H', 'PT3H', 'PT3H12M', 'PT9H').map((duration) => ({ duration })),
      ),
      moodle: fc.constant(undefined),
      instructor: maybe(2, fc.constant('prof')),
      standings: fc.constantFrom(true, true, true, false),
      ...kept,
    });
  const attendance = sessions.length === 0 ? learning : fc.constantFrom(...sessions).chain(present);
  return fc
    .array(
      fc.tuple(
        fc.oneof({ weight: 3, arbitrary: learning }, { weight: 2, arbitrary: attendance }),
        fc.nat({ max: 15 }),
      ),
      {
        minLength: 10,
        maxLength: 60,
        size: 'max',
      },
    )
    .map((list) =>
      list.flatMap(
        (
          [{ by: who, verb, place, at, result, moodle, instructor, delay, voided, standings }, again],
          index,
        ) => {
          const saying = { by: who, ...place.saying, ...given({ result, moodle, instructor }), standings };
          const one = named(
            told(verb, place.object, at, {
              ...saying,
              // No two at the same instant: which of two entries holds would be a matter of hashes.
              stored: at + delay + index,
              voidedAt: voided === undefined ? null : at + delay + voided,
            }),
          );
          // Now and then the same event comes twice, without an id and later.
          return again === 0 ? [one, { ...one, stored: one.stored + 2 * DAY, voidedAt: null }] : [one];
        },
      ),
    );
}

interface Place {
  readonly object: string;
  readonly saying: Saying;
}

function placesOf({ id }: Unit): fc.Arbitrary<Place> {
  return fc.constantFrom<Place>(
    { object: id, saying: {} },
    { object: id, saying: {} },
    { object: id, saying: { groupings: [COURSE] } },
    { object: `${id}/attempt`, saying: { type: ATTEMPT, parents: [id] } },
    { object: `${id}/question`, saying: { parents: [`${id}/attempt`], groupings: [id] } },
    { object: `${COURSE}/page`, saying: { groupings: [COURSE] } },
    { object: COURSE, saying: { type: COURSE_TYPE } },
    { object: 'https://elsewhere.example/', saying: {} },
  );
}

/** Statements of enrolment by who may say so. */
export function enrolmentTellings(instants: Instants): fc.Arbitrary<Told> {
  return fc
    .record({
      by: fc.constantFrom(...Object.keys(AGENTS)),
      verb: fc.constantFrom(...Object.values(ENROLMENT_VERB)),
      at: instants(-2, 30),
      standings: fc.constantFrom(true, true, true, false),
      ...kept,
    })
    .map(({ by, verb, at, delay, voided, standings }) =>
      named(
        told(verb, COURSE, at, {
          by,
          type: COURSE_TYPE,
          standings,
          stored: at + delay,
          voidedAt: voided === undefined ? null : at + delay + voided,
        }),
      ),
    );
}

/** Without what is undefined. */
function given(saying: { [Key in keyof Saying]: Saying[Key] | undefined }): Saying {
  return JSON.parse(JSON.stringify(saying));
}

/** With the identifier of who is said to be the actor. */
function named(one: Told): Told {
  const { actor } = one.statement;
  const name = actor.account?.name ?? '';
  return { ...one, statement: { ...one.statement, actor: AGENTS[name] ?? actor } };
}
