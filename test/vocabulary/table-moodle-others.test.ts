import { describe, expect, it } from 'vitest';
import type { Result } from '../../xapi/statement/types.ts';
import { factOf, hear, learnerAfter, satisfiedAt } from './hearing.ts';
import {
  ADL,
  activity,
  at,
  COURSE,
  completion,
  course,
  EDLM,
  logstore,
  module,
  PAGE,
  QUIZ,
  quiz,
  SCORM,
  SITE,
  section,
} from './logstore.ts';

const attempt = activity(`${SITE}/mod/quiz/attempt.php?attempt=1&cmid=7`, `${ADL}/activities/attempt`);
const submitted = (score: Result['score'], time = '09:00:00') =>
  logstore(`${ADL}/verbs/completed`, attempt, {
    event: '\\mod_quiz\\event\\attempt_submitted',
    time,
    result: { ...(score === undefined ? {} : { score }), completion: true, success: true, duration: 'PT12S' },
    parents: [quiz, section, course],
  });

describe('row “logstore_xapi, attempts”', () => {
  it('the attempt carries the score for the quiz, and does not complete it', () => {
    const said = submitted({ raw: 8, min: 0, max: 10, scaled: 0.6 });
    expect(factOf(said, { units: [{ id: QUIZ }] })).toMatchObject({
      act: true,
      score: 0.8,
      units: [{ unit: QUIZ, bearing: 'attempt' }],
    });
    const by = (unit: object) => satisfiedAt(learnerAfter([said], { units: [{ id: QUIZ, ...unit }] }));
    expect([by({ satisfiedBy: 'Passed', minScore: 0.8 }), by({ satisfiedBy: 'Completed' })]).toEqual([
      at('09:00:00'),
      null,
    ]);
  });
  it('an attempt whose time ran out is no act: nobody was there', () => {
    const overdue = logstore(`${EDLM}/verbs/exceeded`, attempt, {
      event: '\\mod_quiz\\event\\attempt_becameoverdue',
      time: '23:00:00',
      parents: [quiz, section, course],
    });
    expect(hear(overdue)).toMatchObject({ meaning: 'none', act: false });
  });
  it('a question is only an act below the quiz, however well it was answered', () => {
    const question = activity(
      `${SITE}/mod/quiz/review.php?attempt=1#slot1`,
      `${ADL}/activities/cmi.interaction`,
    );
    const said = logstore(`${ADL}/verbs/answered`, question, {
      event: '\\mod_quiz\\event\\attempt_submitted',
      time: '09:00:00',
      result: { response: 'true', completion: true, success: true, score: { raw: 1, min: 0, max: 1 } },
      parents: [attempt, quiz, section, course],
    });
    expect(factOf(said, { units: [{ id: QUIZ }] })).toMatchObject({
      act: true,
      units: [{ unit: QUIZ, bearing: 'below' }],
    });
    const learner = learnerAfter([said], {
      units: [{ id: QUIZ, satisfiedBy: 'CompletedOrPassed', minScore: 0.1 }],
    });
    expect([satisfiedAt(learner), learner.units[0]?.reached]).toEqual([null, true]);
  });
});

describe('row “logstore_xapi, quiz: success = grade >= pass mark, unset = 0”', () => {
  it('success without a pass mark means nothing: 0/10 passes nobody', () => {
    const nought = submitted({ raw: 0, min: 0, max: 10, scaled: -1 });
    expect(hear(nought)).toMatchObject({ success: null, score: 0 });
    const by = (minScore?: number) =>
      satisfiedAt(
        learnerAfter([nought], {
          units: [{ id: QUIZ, satisfiedBy: 'Passed', ...(minScore === undefined ? {} : { minScore }) }],
        }),
      );
    expect([by(), by(0.5)]).toEqual([null, null]);
  });
});

describe('row “logstore_xapi, scores: scaled mapped to [-1, 1]”', () => {
  it('12.5/20 is 0.625 of the points and not 0.25; graded by a teacher it is no act', () => {
    const submission = activity(`${module('assign', 6)}#submission`, `${EDLM}/activity-types/submission`);
    const assignment = activity(module('assign', 6), `${EDLM}/activity-types/assignment`);
    const graded = logstore('https://w3id.org/xapi/tla/verbs/scored', submission, {
      event: '\\mod_assign\\event\\submission_graded',
      time: '09:00:00',
      result: { success: true, score: { raw: 12.5, min: 0, max: 20, scaled: 0.25 } },
      instructor: '3',
      parents: [assignment, section, course],
    });
    expect(hear(graded)).toMatchObject({ meaning: 'scored', act: false, success: null, score: 0.625 });
    const by = (minScore: number) =>
      satisfiedAt(
        learnerAfter([graded], {
          units: [{ id: module('assign', 6), satisfiedBy: 'Passed', minScore }],
        }),
      );
    expect([by(0.6), by(0.65)]).toEqual([at('09:00:00'), null]);
  });
});

describe('row “logstore_xapi, actor”', () => {
  it('is the account that the platform sends: a username that is another’s number is another person', () => {
    const said = completion(1, '09:00:00');
    expect(hear(said).actor).toBe(`account|${SITE}|4`);
    const byName = { ...said, actor: { account: { homePage: SITE, name: 'a.martin' } } };
    const byMail = { ...said, actor: { mbox: 'mailto:a.martin@example.org' } };
    expect(new Set([said, byName, byMail].map((each) => hear(each).actor)).size).toBe(3);
  });
});

describe('row “logstore_xapi, enrolment”', () => {
  const enrolment = (verb: string, event: string) =>
    logstore(verb, course, {
      event: `\\core\\event\\user_enrolment_${event}`,
      time: '09:00:00',
      instructor: '2',
    });
  it.each([
    ['enrolled', enrolment(`${EDLM}/verbs/enrolled`, 'created'), 'enrolled'],
    ['leave', enrolment('http://activitystrea.ms/leave', 'deleted'), 'withdrew'],
    ['suspended', enrolment('https://w3id.org/xapi/tla/verbs/suspended', 'updated'), 'suspended'],
    ['resumed', enrolment('https://w3id.org/xapi/tla/verbs/resumed', 'updated'), 'resumed'],
  ])('%s counts from a trusted key only, and is never an act', (_, said, meaning) => {
    expect(hear(said, { standings: true })).toMatchObject({ meaning, act: false });
    expect(hear(said)).toMatchObject({ meaning: 'none', act: false });
  });
  it('leaving ends the enrolment as removed, as the reason is not told', () => {
    const left = enrolment('http://activitystrea.ms/leave', 'deleted');
    const contexts = [{ platform: SITE, course: '2', activity: COURSE }];
    const { enrolment: ended, state } = learnerAfter(
      [left],
      { contexts, units: [{ id: PAGE }] },
      { standings: true },
    );
    expect([ended.reason, state]).toEqual(['removed', 'withdrawn']);
  });
  it('a lesson that is suspended or resumed is the learner’s own doing, and no enrolment', () => {
    const lesson = activity(`${module('lesson', 5)}#lesson`, `${EDLM}/activity-types/lesson-session`);
    const said = logstore('https://w3id.org/xapi/tla/verbs/resumed', lesson, {
      event: '\\mod_lesson\\event\\lesson_resumed',
      time: '09:00:00',
      parents: [activity(module('lesson', 5), `${ADL}/activities/lesson`), section, course],
    });
    for (const standings of [true, false])
      expect(factOf(said, { units: [{ id: module('lesson', 5) }] }, { standings })).toMatchObject({
        meaning: 'interacted',
        act: true,
      });
  });
});

describe('row “logstore_xapi, SCORM: unknown status becomes completed”', () => {
  const content = activity(`${SCORM}#sco`, `${EDLM}/activity-types/scorm-content-object`);
  const parents = [activity(SCORM, `${EDLM}/activity-types/scorm`), section, course];
  const status = logstore(`${ADL}/verbs/completed`, content, {
    event: '\\mod_scorm\\event\\status_submitted',
    time: '09:00:00',
    parents,
  });
  it('is distrusted: an act, while the module’s own completion wins', () => {
    expect(hear(status)).toMatchObject({ meaning: 'interacted', act: true, completion: null });
    const units = [{ id: SCORM }];
    expect(satisfiedAt(learnerAfter([status], { units }))).toBeNull();
    const module = completion(1, '10:00:00', activity(SCORM, `${EDLM}/activity-types/scorm`));
    expect(satisfiedAt(learnerAfter([status, module], { units }))).toBe(at('10:00:00'));
  });
  it('even told of the module itself', () => {
    const itself = { ...status, object: activity(SCORM, `${EDLM}/activity-types/scorm`) };
    expect(satisfiedAt(learnerAfter([itself], { units: [{ id: SCORM }] }))).toBeNull();
  });
  it('`launched` is here the learner opening the package: a start', () => {
    const launched = logstore(`${ADL}/verbs/launched`, content, {
      event: '\\mod_scorm\\event\\sco_launched',
      time: '09:00:00',
      parents,
    });
    expect(factOf(launched, { units: [{ id: SCORM }] })).toMatchObject({ meaning: 'started', act: true });
  });
});

describe('row “logstore_xapi, all”', () => {
  it('the registration is the login session, not an attempt: the same event under two of them counts once', () => {
    const one = submitted({ raw: 8, min: 0, max: 10 });
    const other = {
      ...one,
      context: { ...one.context, registration: '00000000-0000-4000-8000-000000000001' },
    };
    expect(learnerAfter([one, other, one], { units: [{ id: QUIZ }] }).acts).toEqual([
      Date.parse(at('09:00:00')),
    ]);
  });
  it('an actor without objectType is an agent', () => {
    expect(hear(completion(1, '09:00:00')).actor).toBe(`account|${SITE}|4`);
  });
});
