import { describe, expect, it } from 'vitest';
import type { Statement } from '../../xapi/statement/types.ts';
import { factOf, hear, learnerAfter, satisfiedAt } from './hearing.ts';
import {
  ADL,
  activity,
  at,
  COURSE,
  completion,
  course,
  logstore,
  module,
  PAGE,
  page,
  QUIZ,
  quiz,
  SITE,
  user,
  viewed,
} from './logstore.ts';

describe('row “logstore_xapi, module: completed with completion”', () => {
  it('is the LMS’s conclusion: completes the unit, and nobody came back because of it', () => {
    expect(hear(completion(1, '09:00:00'))).toMatchObject({
      meaning: 'completed',
      completion: true,
      success: null,
      derived: true,
      act: false,
    });
    const learner = learnerAfter([completion(1, '09:00:00')], { units: [{ id: PAGE }, { id: QUIZ }] });
    expect([satisfiedAt(learner), learner.acts, learner.state]).toEqual([at('09:00:00'), [], 'notStarted']);
  });
  it('state 2 is passed', () => {
    const learner = learnerAfter([completion(2, '09:00:00', quiz)], {
      units: [{ id: QUIZ, satisfiedBy: 'CompletedAndPassed' }],
    });
    expect(satisfiedAt(learner)).toBe(at('09:00:00'));
  });
  it('state 3 says completed, and is failed: it takes the completion back, as Moodle does', () => {
    expect(hear(completion(3, '09:00:00', quiz))).toMatchObject({
      meaning: 'uncompleted',
      completion: false,
      success: false,
      act: false,
    });
    const by = (satisfiedBy: 'Completed' | 'CompletedOrPassed') =>
      satisfiedAt(
        learnerAfter([completion(1, '09:00:00', quiz), completion(3, '10:00:00', quiz)], {
          units: [{ id: QUIZ, satisfiedBy }],
        }),
      );
    expect([by('Completed'), by('CompletedOrPassed')]).toEqual([null, null]);
  });
});

describe('row “logstore_xapi, module: uncompleted”', () => {
  const units = [{ id: PAGE }];
  it('takes back the LMS’s completion; a later one dates it anew', () => {
    const [first, back, second] = [
      completion(1, '09:00:00'),
      completion(0, '10:00:00'),
      completion(1, '11:00:00'),
    ];
    expect(satisfiedAt(learnerAfter([first, back], { units }))).toBeNull();
    expect(satisfiedAt(learnerAfter([first, back, second], { units }))).toBe(at('11:00:00'));
    expect(satisfiedAt(learnerAfter([second, back, first], { units }))).toBe(at('11:00:00'));
  });
  it('takes back nothing that the learner’s content said', () => {
    const own: Statement = {
      actor: user('4'),
      verb: { id: `${ADL}/verbs/completed` },
      object: { id: PAGE },
      timestamp: at('09:00:00'),
    };
    expect(satisfiedAt(learnerAfter([own, completion(0, '10:00:00')], { units }))).toBe(at('09:00:00'));
  });
});

describe('row “logstore_xapi, view completion”', () => {
  it('uncompleted and completed in the same second is completed, whichever came first', () => {
    const both = [completion(0, '09:00:00'), completion(1, '09:00:00')];
    for (const told of [both, both.toReversed()])
      expect(satisfiedAt(learnerAfter(told, { units: [{ id: PAGE }] }))).toBe(at('09:00:00'));
  });
});

describe('row “logstore_xapi, course: completed, no result”', () => {
  it('is the LMS’s word on the course: counts where it is accepted, and is no act', () => {
    const said = logstore(`${ADL}/verbs/completed`, course, {
      event: '\\core\\event\\course_completed',
      time: '09:00:00',
    });
    expect(hear(said)).toMatchObject({ completion: true, derived: true, act: false, objectKind: 'course' });
    const by = (acceptCourseCompletion: boolean) =>
      learnerAfter([said], {
        contexts: [{ platform: SITE, course: '2', activity: COURSE }],
        units: [{ id: PAGE }],
        completion: { acceptCourseCompletion },
      });
    expect([by(true).completedAt, by(true).acts]).toEqual([Date.parse(at('09:00:00')), []]);
    expect([by(false).completedAt, satisfiedAt(by(false))]).toEqual([null, null]);
  });
});

describe('row “logstore_xapi, viewed”', () => {
  const definition = {
    contexts: [{ platform: SITE, course: '2', activity: COURSE }],
    units: [{ id: PAGE }],
  };
  const tool = activity(module('lti', 8), `${ADL}/activities/media`);
  it.each([
    ['the course', viewed(course, '\\core\\event\\course_viewed'), 'visited', false],
    ['this tool', viewed(tool, '\\mod_lti\\event\\course_module_viewed'), 'visited', false],
    ['a unit', viewed(page, '\\mod_page\\event\\course_module_viewed'), 'started', true],
    [
      'anything else in the course',
      viewed(quiz, '\\mod_quiz\\event\\course_module_viewed'),
      'interacted',
      true,
    ],
  ])('of %s', (_, said, meaning, act) => {
    expect(factOf(said, definition)).toMatchObject({ meaning, act, completion: null });
  });
  it('of something in another course is no evidence', () => {
    const elsewhere = viewed(quiz, '\\mod_quiz\\event\\course_module_viewed');
    expect(factOf(elsewhere, { units: [{ id: PAGE }] })).toBeNull();
  });
});
