import { describe, expect, it } from 'vitest';
import type { CohortDefinitionInput } from '../../config/cohort-definition.ts';
import {
  at,
  COURSE,
  COURSE_TYPE,
  cohortOf,
  enrolled,
  learnerOf,
  STARTS_ON,
  type Told,
  told,
  unit,
  VERB,
} from '../support/scene.ts';

const courseCompleted = (when: number) =>
  told(VERB.completed, COURSE, when, { type: COURSE_TYPE, moodle: '\\core\\event\\course_completed' });
const done = (name: string, when: number) => told(VERB.completed, unit(name), when);
const waived = (name: string, when: number) => told(VERB.waived, unit(name), when, { standings: true });

/** When a learner of such a cohort is completed, by the end of day 30. */
function completedAt(change: Partial<CohortDefinitionInput>, ...tellings: readonly Told[]): number | null {
  return learnerOf({ definition: cohortOf(change), told: tellings, asOf: at(30) }).completedAt;
}

const three: Partial<CohortDefinitionInput> = {
  units: [{ id: unit('a') }, { id: unit('b'), weight: 2 }, { id: unit('c'), weight: 1, required: false }],
};

describe('a learner is completed', () => {
  it('with every required unit satisfied, from the last of them on', () => {
    expect(completedAt(three, done('a', at(3)))).toBeNull();
    expect(completedAt(three, done('b', at(5)), done('a', at(3)))).toBe(at(5));
    expect(completedAt(three, done('a', at(3)), done('c', at(4)))).toBeNull();
  });
  it('with a share of the required weight', () => {
    const share = (weight: number) => ({ ...three, completion: { require: { weight } } });
    expect(completedAt(share(0.6), done('b', at(5)))).toBe(at(5));
    expect(completedAt(share(2 / 3), done('b', at(5)))).toBe(at(5));
    expect(completedAt(share(0.67), done('b', at(5)))).toBeNull();
    expect(completedAt(share(0.3), done('c', at(5)))).toBeNull();
  });
  it('ten tenths are one: weights are compared with a tolerance', () => {
    const units = Array.from({ length: 10 }, (_, index) => ({ id: unit(`${index}`), weight: 0.1 }));
    const completion = { require: { weight: 1 } };
    const all = units.map((_, index) => done(`${index}`, at(index)));
    expect(completedAt({ units, completion }, ...all)).toBe(at(9));
  });
  it('and each unit of mustSatisfy, optional ones too', () => {
    const must = { ...three, completion: { require: { weight: 0.5 }, mustSatisfy: [unit('c')] } };
    expect(completedAt(must, done('b', at(5)))).toBeNull();
    expect(completedAt(must, done('b', at(5)), done('c', at(7)))).toBe(at(7));
    expect(completedAt(must, done('b', at(5)), waived('c', at(8)))).toBe(at(8));
  });
  it('a waived unit demands nothing: who waits for it alone is completed when it is waived', () => {
    expect(completedAt(three, done('a', at(3)), waived('b', at(6)))).toBe(at(6));
    expect(completedAt(three, waived('a', at(2)), waived('b', at(6)))).toBe(at(6));
  });
  it('a waived unit leaves the numerator with the denominator', () => {
    const half = {
      units: [{ id: unit('a') }, { id: unit('b') }],
      completion: { require: { weight: 0.5 } },
    };
    expect(completedAt(half, done('a', at(2)))).toBe(at(2));
    expect(completedAt(half, done('a', at(2)), waived('a', at(5)))).toBeNull();
    expect(completedAt(half, done('a', at(2)), waived('b', at(5)))).toBe(at(2));
  });
  it('completedAt begins the unbroken spell: what is taken back and said again is completed from the latter on', () => {
    const moodle = '\\core\\event\\course_module_completion_updated';
    const says = (when: number) =>
      told(VERB.completed, unit('a'), when, { moodle, result: { completion: true } });
    const takesBack = told(VERB.uncompleted, unit('a'), at(5), { moodle });
    expect(completedAt({}, says(at(3)), takesBack)).toBeNull();
    expect(completedAt({}, says(at(3)), takesBack, says(at(8)))).toBe(at(8));
  });
  it('by the word of the LMS only where it is accepted', () => {
    expect(completedAt(three, courseCompleted(at(4)))).toBeNull();
    const accepting = { ...three, completion: { acceptCourseCompletion: true } };
    expect(completedAt(accepting, courseCompleted(at(4)))).toBe(at(4));
    expect(completedAt(accepting, done('a', at(2)), done('b', at(3)), courseCompleted(at(4)))).toBe(at(3));
    expect(completedAt(accepting, told(VERB.viewed, COURSE, at(4), { type: COURSE_TYPE }))).toBeNull();
  });
  it('with no required unit only by the word of the LMS', () => {
    const optional = {
      units: [{ id: unit('a'), required: false }],
      completion: { acceptCourseCompletion: true },
    };
    expect(completedAt(optional, done('a', at(2)))).toBeNull();
    expect(completedAt(optional, courseCompleted(at(4)))).toBe(at(4));
  });
  it('what this product says of the cohort is not the word of the LMS', () => {
    const accepting = { ...three, completion: { acceptCourseCompletion: true } };
    const ours = told(VERB.completed, 'urn:assidu:cohort:o:c', at(4), { type: COURSE_TYPE });
    expect(completedAt(accepting, ours)).toBeNull();
  });
  it('stays completed when withdrawn afterwards, and not by what is done after the ending', () => {
    const leaves = (day: number) => [enrolled('ana', { endedAt: at(day), reason: 'withdrawn' as const })];
    const scene = { definition: cohortOf(), told: [done('a', at(3))], asOf: at(30) };
    expect(learnerOf({ ...scene, enrolments: leaves(5) })).toMatchObject({
      state: 'completed',
      completedAt: at(3),
    });
    expect(learnerOf({ ...scene, enrolments: leaves(2) })).toMatchObject({
      state: 'withdrawn',
      completedAt: null,
    });
  });
});

describe('sessions and completion', () => {
  const session = (name: string, day: number, more: object = {}) => ({
    id: unit(name),
    modality: 'virtual-class' as const,
    satisfiedBy: 'Attended' as const,
    startsAt: new Date(at(day, 14)).toISOString(),
    endsAt: new Date(at(day, 16)).toISOString(),
    ...more,
  });
  const present = (name: string, day: number) => [
    told(VERB.joined, unit(name), at(day, 14)),
    told(VERB.left, unit(name), at(day, 16)),
  ];
  it('a cancelled session demands nothing, and completes nobody by itself', () => {
    const cancelled = session('s', 3, { cancelled: true });
    expect(completedAt({ units: [{ id: unit('a') }, cancelled] }, done('a', at(5)))).toBe(at(5));
    expect(completedAt({ units: [cancelled] })).toBeNull();
    const must = { units: [{ id: unit('a') }, cancelled], completion: { mustSatisfy: [unit('s')] } };
    expect(completedAt(must, done('a', at(5)))).toBe(at(5));
  });
  it('minAttendance demands the share of sessions held while enrolled', () => {
    const units = [{ id: unit('a'), weight: 10 }, session('s', 3), session('t', 8)];
    const demanding = (minAttendance: number) => ({
      units,
      completion: { require: { weight: 0.8 }, minAttendance },
    });
    const told = [done('a', at(5)), ...present('s', 3)];
    // Completed on day 5 with one session of one; the one missed on day 8 breaks it.
    expect(completedAt(demanding(0.8), ...told)).toBeNull();
    expect(completedAt(demanding(0.5), ...told)).toBe(at(5));
    expect(completedAt(demanding(0.8), ...told, ...present('t', 8))).toBe(at(5));
    // Enrolled after the first session: it is not held against them.
    const late = learnerOf({
      definition: cohortOf(demanding(1)),
      enrolments: [enrolled('ana', { enrolledAt: at(6) })],
      told: [done('a', at(7)), ...present('t', 8)],
      asOf: at(30),
    });
    expect(late.completedAt).toBe(at(7));
  });
});

it('a cohort begins on its first day everywhere in the world', () => {
  const definition = cohortOf({
    timezone: 'Pacific/Kiritimati',
    startsOn: STARTS_ON,
    units: [{ id: unit('a') }],
  });
  const early = done('a', at(0, -13));
  expect(learnerOf({ definition, told: [early], asOf: at(3) }).completedAt).toBe(at(0, -13));
  expect(learnerOf({ definition, told: [done('a', at(0, -15))], asOf: at(3) }).completedAt).toBeNull();
});
