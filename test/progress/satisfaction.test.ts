import { describe, expect, it } from 'vitest';
import type { CohortDefinitionInput } from '../../config/cohort-definition.ts';
import { ATTEMPT, at, cohortOf, learnerOf, type Told, told, unit, VERB } from '../support/scene.ts';

type UnitInput = Omit<NonNullable<CohortDefinitionInput['units']>[number], 'id'>;
const A = unit('a');
const moodle = '\\core\\event\\course_module_completion_updated';
const SUBMISSION = 'https://xapi.edlm/profiles/edlm-lms/concepts/activity-types/submission';
const VIDEO = 'https://w3id.org/xapi/video/extensions';

/** When unit `a`, defined so, is satisfied by the end of day 30; null when it is not. */
function satisfiedAt(definition: UnitInput, ...tellings: readonly Told[]): number | null | undefined {
  const scene = { definition: cohortOf({ units: [{ id: A, ...definition }] }), told: tellings, asOf: at(30) };
  return learnerOf(scene).units[0]?.satisfiedAt;
}

const attempt = (
  name: string,
  when: number,
  result: Parameters<typeof told>[3] = {},
  verb: string = VERB.completed,
) => told(verb, `${A}/attempt/${name}`, when, { type: ATTEMPT, parents: [A], ...result });
const scored = (name: string, when: number, scaled: number) =>
  attempt(name, when, { result: { score: { scaled } } });

describe('Completed', () => {
  const unitOf: UnitInput = { satisfiedBy: 'Completed' };
  it('by a statement on the unit itself that means completed, from then on', () => {
    expect(satisfiedAt(unitOf, told(VERB.completed, A, at(3)))).toBe(at(3));
    expect(satisfiedAt(unitOf, told(VERB.completed, A, at(5)), told(VERB.completed, A, at(3)))).toBe(at(3));
  });
  it('by result.completion true on any verb; not by passed alone, nor by completed with completion false', () => {
    expect(satisfiedAt(unitOf, told(VERB.failed, A, at(3), { result: { completion: true } }))).toBe(at(3));
    expect(satisfiedAt(unitOf, told(VERB.passed, A, at(3)))).toBeNull();
    expect(satisfiedAt(unitOf, told(VERB.completed, A, at(3), { result: { completion: false } }))).toBeNull();
  });
  it('not by what is below it: an attempt, a question, a page inside, an H5P sub-content', () => {
    expect(satisfiedAt(unitOf, attempt('1', at(3), { result: { completion: true } }))).toBeNull();
    expect(
      satisfiedAt(unitOf, told(VERB.completed, `${A}?subContentId=7`, at(3), { parents: [A] })),
    ).toBeNull();
    expect(satisfiedAt(unitOf, told(VERB.completed, unit('b'), at(3), { groupings: [A] }))).toBeNull();
  });
  it('a course that is its own parent is the unit itself', () => {
    expect(satisfiedAt(unitOf, told(VERB.completed, A, at(3), { parents: [A], groupings: [A] }))).toBe(at(3));
  });
  it('an LMS takes back what an LMS said; satisfied again is from then on', () => {
    const says = (when: number) => told(VERB.completed, A, when, { moodle, result: { completion: true } });
    const takesBack = (when: number) => told(VERB.uncompleted, A, when, { moodle });
    expect(satisfiedAt(unitOf, says(at(3)), takesBack(at(5)))).toBeNull();
    expect(satisfiedAt(unitOf, says(at(3)), takesBack(at(5)), says(at(8)))).toBe(at(8));
    expect(satisfiedAt(unitOf, says(at(3)), says(at(5)))).toBe(at(3));
    // The latest by timestamp decides, whatever came last; completed on a tie.
    expect(satisfiedAt(unitOf, says(at(8)), takesBack(at(5)))).toBe(at(8));
    expect(satisfiedAt(unitOf, says(at(3)), takesBack(at(5)), says(at(5)))).toBe(at(3));
  });
  it('what the content itself said is not taken back by the LMS', () => {
    expect(
      satisfiedAt(unitOf, told(VERB.completed, A, at(3)), told(VERB.uncompleted, A, at(5), { moodle })),
    ).toBe(at(3));
  });
});

describe('minProgress', () => {
  const unitOf: UnitInput = { satisfiedBy: 'Completed', minProgress: 0.8 };
  const progressed = (when: number, progress: number) =>
    told(VERB.progressed, A, when, { result: { extensions: { [`${VIDEO}/progress`]: progress } } });
  const watched = (when: number, segments: string, length: number | null = 100) =>
    told('https://w3id.org/xapi/video/verbs/paused', A, when, {
      result: {
        extensions: {
          [`${VIDEO}/played-segments`]: segments,
          ...(length === null ? {} : { [`${VIDEO}/length`]: length }),
        },
      },
    });

  it('any progress that reaches it is completed, and less later takes nothing back', () => {
    expect(satisfiedAt(unitOf, progressed(at(2), 0.79))).toBeNull();
    expect(satisfiedAt(unitOf, progressed(at(2), 0.79), progressed(at(3), 0.8), progressed(at(4), 0.1))).toBe(
      at(3),
    );
  });
  it('0.1 + 0.7 is 0.8: shares are compared with a tolerance', () => {
    expect(satisfiedAt(unitOf, progressed(at(2), 0.1 + 0.7))).toBe(at(2));
  });
  it('of a video, what was watched once in several sessions counts once', () => {
    expect(satisfiedAt(unitOf, watched(at(2), '0[.]50'), watched(at(3), '25[.]75'))).toBeNull();
    expect(satisfiedAt(unitOf, watched(at(2), '0[.]50'), watched(at(3), '25[.]75[,]90[.]95'))).toBe(at(3));
    expect(satisfiedAt(unitOf, watched(at(2), '0[.]50[,]0[.]50[,]0[.]50'))).toBeNull();
  });
  it('the length may have been told before, and nothing beyond it counts', () => {
    expect(satisfiedAt(unitOf, watched(at(1), '0[.]1'), watched(at(2), '0[.]85', null))).toBe(at(2));
    expect(satisfiedAt(unitOf, watched(at(2), '60[.]150'))).toBeNull();
  });
  it('without minProgress progress completes nothing', () => {
    expect(satisfiedAt({ satisfiedBy: 'Completed' }, progressed(at(2), 1))).toBeNull();
  });
});

describe('Passed', () => {
  it('without minScore as stated: passed, failed, success on any verb', () => {
    const unitOf: UnitInput = { satisfiedBy: 'Passed' };
    expect(satisfiedAt(unitOf, told(VERB.passed, A, at(3)))).toBe(at(3));
    expect(satisfiedAt(unitOf, told(VERB.failed, A, at(3)))).toBeNull();
    expect(satisfiedAt(unitOf, told(VERB.completed, A, at(3), { result: { success: true } }))).toBe(at(3));
    expect(satisfiedAt(unitOf, told(VERB.completed, A, at(3)))).toBeNull();
  });
  it('with minScore iff the score reaches it, whatever the verb; no score, not passed', () => {
    const unitOf: UnitInput = { satisfiedBy: 'Passed', minScore: 0.6 };
    const onUnit = (verb: string, scaled: number) => told(verb, A, at(3), { result: { score: { scaled } } });
    expect(satisfiedAt(unitOf, onUnit(VERB.failed, 0.6))).toBe(at(3));
    expect(satisfiedAt(unitOf, onUnit(VERB.passed, 0.59))).toBeNull();
    expect(satisfiedAt(unitOf, told(VERB.passed, A, at(3)))).toBeNull();
    expect(satisfiedAt(unitOf, onUnit(VERB.scored, 0.2 + 0.4 - 1e-12))).toBe(at(3));
  });
  it('the points win over scaled', () => {
    const score = { raw: 12.5, min: 0, max: 20, scaled: 0.25 };
    expect(
      satisfiedAt({ satisfiedBy: 'Passed', minScore: 0.6 }, attempt('1', at(3), { result: { score } })),
    ).toBe(at(3));
  });
  it('an attempt or submission below the unit counts; a question or a page does not', () => {
    const unitOf: UnitInput = { satisfiedBy: 'Passed', minScore: 0.6 };
    const result = { score: { scaled: 1 }, success: true };
    expect(satisfiedAt(unitOf, attempt('1', at(3), { result }))).toBe(at(3));
    expect(satisfiedAt(unitOf, attempt('1', at(3), { result, type: SUBMISSION }))).toBe(at(3));
    expect(
      satisfiedAt(unitOf, attempt('1', at(3), { result, type: 'http://example.org/question' })),
    ).toBeNull();
    // The unit must be its parent: a grouping is not enough.
    expect(
      satisfiedAt(
        unitOf,
        told(VERB.completed, 'x:attempt', at(3), { type: ATTEMPT, groupings: [A], result }),
      ),
    ).toBeNull();
  });
  it('attempts best: one is enough, and failing never takes it back', () => {
    const unitOf: UnitInput = { satisfiedBy: 'Passed', minScore: 0.6 };
    expect(
      satisfiedAt(unitOf, scored('1', at(2), 0.3), scored('2', at(4), 0.7), scored('3', at(6), 0.1)),
    ).toBe(at(4));
  });
  it('attempts last: the latest decides, passed on a tie', () => {
    const unitOf: UnitInput = { satisfiedBy: 'Passed', minScore: 0.6, attempts: 'last' };
    expect(satisfiedAt(unitOf, scored('1', at(2), 0.7), scored('2', at(4), 0.1))).toBeNull();
    expect(satisfiedAt(unitOf, scored('1', at(2), 0.7), scored('2', at(4), 0.8))).toBe(at(2));
    expect(satisfiedAt(unitOf, scored('1', at(2), 0.7), scored('2', at(2), 0.1))).toBe(at(2));
    expect(
      satisfiedAt(unitOf, scored('1', at(2), 0.7), scored('2', at(4), 0.1), scored('3', at(6), 0.9)),
    ).toBe(at(6));
    // A last attempt without a score is not passed; what the LMS concludes from the last one is no other attempt.
    expect(satisfiedAt(unitOf, scored('1', at(2), 0.7), told(VERB.passed, A, at(4)))).toBeNull();
    const concluded = told(VERB.completed, A, at(4), { moodle, result: { completion: true, success: true } });
    expect(satisfiedAt(unitOf, scored('1', at(2), 0.7), concluded)).toBe(at(2));
  });
  it('Moodle’s own conclusion with success is heard where there is no minScore', () => {
    const concluded = (success: boolean) =>
      told(VERB.completed, A, at(3), { moodle, result: { completion: true, success } });
    expect(satisfiedAt({ satisfiedBy: 'Passed' }, concluded(true))).toBe(at(3));
    expect(satisfiedAt({ satisfiedBy: 'Passed' }, concluded(false))).toBeNull();
    expect(satisfiedAt({ satisfiedBy: 'Completed' }, concluded(false))).toBeNull();
  });
});

describe('the other words of cmi5', () => {
  const completed = told(VERB.completed, A, at(3));
  const passed = told(VERB.passed, A, at(5));
  it('CompletedAndPassed from the later of both', () => {
    expect(satisfiedAt({ satisfiedBy: 'CompletedAndPassed' }, completed, passed)).toBe(at(5));
    expect(satisfiedAt({ satisfiedBy: 'CompletedAndPassed' }, completed)).toBeNull();
    expect(satisfiedAt({ satisfiedBy: 'CompletedAndPassed' }, passed)).toBeNull();
  });
  it('CompletedOrPassed from the first of either', () => {
    expect(satisfiedAt({ satisfiedBy: 'CompletedOrPassed' }, completed, passed)).toBe(at(3));
    expect(satisfiedAt({ satisfiedBy: 'CompletedOrPassed' }, passed)).toBe(at(5));
  });
  it('NotApplicable always', () => {
    expect(satisfiedAt({ satisfiedBy: 'NotApplicable' })).toBe(at(0, 0));
  });
});

describe('waived', () => {
  const waived = (when: number, standings = true) => told(VERB.waived, A, when, { standings });
  it('satisfies for that learner, from a writer who may say so', () => {
    expect(satisfiedAt({}, waived(at(4)))).toBe(at(4));
    expect(satisfiedAt({}, waived(at(4), false))).toBeNull();
  });
  it('a unit that was satisfied before it was waived stays so since then', () => {
    expect(satisfiedAt({}, told(VERB.completed, A, at(2)), waived(at(4)))).toBe(at(2));
    expect(satisfiedAt({}, waived(at(4)), told(VERB.completed, A, at(6)))).toBe(at(4));
  });
  it('leaves the denominators: progress, realisation, overdue units', () => {
    const definition = cohortOf({
      units: [
        { id: A, dueOn: '2026-01-07', plannedMinutes: 30 },
        { id: unit('b'), plannedMinutes: 60 },
        { id: unit('c'), required: false, plannedMinutes: 600 },
      ],
    });
    const learner = learnerOf({
      definition,
      told: [waived(at(4)), told(VERB.completed, unit('c'), at(4))],
      asOf: at(5),
    });
    expect(learner.progress).toBe(0);
    expect(learner.minutes).toEqual({ satisfied: 0, planned: 60 });
    expect(learner.alerts).not.toContain('overdueUnit');
    expect(learnerOf({ definition, told: [waived(at(4))], asOf: at(3) }).alerts).toContain('overdueUnit');
  });
});
