import { describe, expect, it } from 'vitest';
import type { LearningEvent, Meaning } from '../../xapi/vocabulary/event.ts';
import { readStatement } from '../../xapi/vocabulary/read-statement.ts';
import { ATTEMPT, at, COURSE, COURSE_TYPE, type Saying, statement, unit } from '../support/scene.ts';

const ADL = 'http://adlnet.gov/expapi/verbs';
const CMI5 = 'https://w3id.org/xapi/adl/verbs';
const VIDEO = 'https://w3id.org/xapi/video/verbs';
const STREAMS = 'http://activitystrea.ms';
const TINCAN = 'http://id.tincanapi.com/verb';
const EDLM = 'https://xapi.edlm/profiles/edlm-lms/concepts';
const EDX_COURSE = 'http://adlnet.gov/expapi/activities/course';
const MODULE_COMPLETION = '\\core\\event\\course_module_completion_updated';

function read(verb: string, saying: Saying & { object?: string; standings?: boolean } = {}): LearningEvent {
  const event = readStatement({
    id: 's',
    statement: statement(verb, saying.object ?? unit('a'), at(1), saying),
    timestamp: at(1),
    stored: at(1),
    standings: saying.standings ?? false,
  });
  if (!event) throw new Error('nobody’s progress');
  return event;
}

describe('an act is what the learner did', () => {
  const acts: readonly [string, string, Meaning, Saying?][] = [
    ['cmi5 initialized', `${ADL}/initialized`, 'started'],
    ['ADL attempted', `${ADL}/attempted`, 'started'],
    ['ADL experienced', `${ADL}/experienced`, 'interacted'],
    ['ADL answered', `${ADL}/answered`, 'interacted'],
    ['ADL interacted', `${ADL}/interacted`, 'interacted'],
    ['ADL exited', `${ADL}/exited`, 'interacted'],
    ['cmi5 terminated', `${ADL}/terminated`, 'interacted'],
    ['ADL progressed', `${ADL}/progressed`, 'progressed'],
    ['ADL scored', `${ADL}/scored`, 'scored'],
    ['completed', `${ADL}/completed`, 'completed'],
    ['passed', `${ADL}/passed`, 'passed'],
    ['failed', `${ADL}/failed`, 'failed'],
    ['an unknown verb', 'https://example.org/verbs/juggled', 'interacted'],
    ['video played', `${VIDEO}/played`, 'interacted'],
    ['video paused', `${VIDEO}/paused`, 'interacted'],
    ['video seeked', `${VIDEO}/seeked`, 'interacted'],
    ['join of a meeting', `${STREAMS}/join`, 'joined', { type: `${STREAMS}/schema/1.0/event` }],
    ['leave of a meeting', `${STREAMS}/schema/1.0/leave`, 'left', { type: `${STREAMS}/schema/1.0/event` }],
    ['Moodle quiz attempt started', `${STREAMS}/schema/1.0/start`, 'started', { type: ATTEMPT }],
  ];
  it.each(acts)('%s', (_, verb, meaning, saying) => {
    expect(read(verb, saying)).toMatchObject({ meaning, act: true });
  });
});

describe('no act', () => {
  const others: readonly [string, string, Meaning, (Saying & { standings?: boolean })?][] = [
    ['cmi5 launched is said by the LMS: a visit', `${ADL}/launched`, 'visited'],
    ['cmi5 abandoned ends a session, it is no dropout', `${CMI5}/abandoned`, 'none'],
    ['cmi5 satisfied is the LMS’s own conclusion', `${CMI5}/satisfied`, 'satisfied'],
    ['logging in', `${EDLM}/verbs/login`, 'visited'],
    ['logging out', `${EDLM}/verbs/logout`, 'none'],
    ['joining a group', `${STREAMS}/join`, 'none', { type: `${EDLM}/activity-types/group` }],
    ['leaving a group', `${STREAMS}/leave`, 'none', { type: `${EDLM}/activity-types/group` }],
    ['a new account on the site', `${ADL}/registered`, 'none'],
    [
      'a suspension',
      'https://w3id.org/xapi/tla/verbs/suspended',
      'suspended',
      { type: COURSE_TYPE, standings: true },
    ],
    ['its end', 'https://w3id.org/xapi/tla/verbs/resumed', 'resumed', { type: COURSE_TYPE, standings: true }],
    ['uncompleted', `${EDLM}/verbs/uncompleted`, 'uncompleted'],
    [
      'uncompleted under another address',
      'https://w3id.org/xapi/edlm/edlm-lms/verbs/uncompleted',
      'uncompleted',
    ],
  ];
  it.each(others)('%s', (_, verb, meaning, saying) => {
    expect(read(verb, saying)).toMatchObject({ meaning, act: false });
  });
});

describe('the result is read too, not only the verb', () => {
  it('attempted with result.completion is completed', () => {
    expect(read(`${ADL}/attempted`, { result: { completion: true } })).toMatchObject({
      meaning: 'completed',
      completion: true,
      act: true,
    });
    expect(read(`${ADL}/attempted`, { result: { completion: false } })).toMatchObject({
      meaning: 'started',
      completion: null,
    });
  });
  it('result.completion true means completed on any verb, visits included', () => {
    for (const verb of [
      `${ADL}/exited`,
      `${ADL}/failed`,
      `${ADL}/passed`,
      `${ADL}/launched`,
      `${VIDEO}/paused`,
    ])
      expect(read(verb, { result: { completion: true } }).completion).toBe(true);
  });
  it('passed alone says nothing of completion', () => {
    expect(read(`${ADL}/passed`)).toMatchObject({ completion: null, success: true });
  });
  it('completed with completion false is only an act', () => {
    expect(read(`${ADL}/completed`, { result: { completion: false } })).toMatchObject({
      meaning: 'interacted',
      completion: null,
      act: true,
    });
  });
  it('success is heard on any verb, and the verbs passed and failed speak for themselves', () => {
    expect(read(`${ADL}/answered`, { result: { success: true } }).success).toBe(true);
    expect(read(`${ADL}/completed`, { result: { success: false } }).success).toBe(false);
    expect(read(`${ADL}/failed`, { result: { success: true } }).success).toBe(false);
    expect(read(`${ADL}/completed`).success).toBeNull();
  });
  it('a progress makes an interaction progress', () => {
    const result = { extensions: { 'https://w3id.org/xapi/video/extensions/progress': 0.4 } };
    expect(read(`${VIDEO}/paused`, { result })).toMatchObject({ meaning: 'progressed', progress: 0.4 });
  });
});

describe('who may say it', () => {
  const standings: readonly [Meaning, string, Saying?][] = [
    ['attended', `${ADL}/attended`],
    ['waived', `${CMI5}/waived`],
    ['enrolled', `${EDLM}/verbs/enrolled`, { type: COURSE_TYPE }],
    ['enrolled', `${STREAMS}/join`, { type: COURSE_TYPE }],
    ['enrolled', `${ADL}/registered`, { type: EDX_COURSE }],
    ['withdrew', `${STREAMS}/leave`, { type: COURSE_TYPE }],
    ['withdrew', `${TINCAN}/unregistered`, { type: EDX_COURSE }],
  ];
  it.each(standings)('%s by %s counts from a trusted writer only', (meaning, verb, saying = {}) => {
    const result = { completion: true, score: { scaled: 1 } };
    expect(read(verb, { ...saying, standings: true }).meaning).toBe(meaning);
    expect(read(verb, { ...saying, result })).toMatchObject({
      meaning: 'none',
      act: false,
      completion: null,
      success: null,
      score: null,
    });
  });
});

describe('logstore_xapi', () => {
  it('says completed for a module: derived, no act', () => {
    const event = read(`${ADL}/completed`, { moodle: MODULE_COMPLETION, result: { completion: true } });
    expect(event).toMatchObject({ meaning: 'completed', completion: true, derived: true, act: false });
  });
  it('state 2 is a success; state 3 still says completed, and Moodle counts it incomplete', () => {
    const state = (success: boolean) =>
      read(`${ADL}/completed`, { moodle: MODULE_COMPLETION, result: { completion: true, success } });
    expect(state(true)).toMatchObject({ completion: true, success: true });
    expect(state(false)).toMatchObject({
      meaning: 'uncompleted',
      completion: false,
      success: false,
      act: false,
    });
  });
  it('says course completed without a result: the LMS says so, nobody did it', () => {
    const event = read(`${ADL}/completed`, {
      object: COURSE,
      type: COURSE_TYPE,
      moodle: '\\core\\event\\course_completed',
    });
    expect(event).toMatchObject({ completion: true, derived: true, act: false, objectKind: 'course' });
  });
  it('looks at a course or an external tool: a visit; at a page: a start', () => {
    expect(read(`${TINCAN}/viewed`, { object: COURSE, type: COURSE_TYPE }).meaning).toBe('visited');
    expect(read(`${TINCAN}/viewed`, { object: 'https://m/mod/lti/view.php?id=8' }).meaning).toBe('visited');
    expect(read(`${TINCAN}/viewed`, { object: 'https://m/mod/page/view.php?id=1' })).toMatchObject({
      meaning: 'started',
      act: true,
    });
  });
  it('a SCORM status is distrusted, whatever its result: an act, no completion', () => {
    const event = read(`${ADL}/completed`, {
      moodle: '\\mod_scorm\\event\\status_submitted',
      result: { completion: true },
    });
    expect(event).toMatchObject({ meaning: 'interacted', completion: null, act: true });
  });
  it('recomputes the score from the points, and hears no success without a pass mark', () => {
    const event = read(`${ADL}/completed`, {
      moodle: '\\mod_quiz\\event\\attempt_submitted',
      type: ATTEMPT,
      result: { completion: true, success: true, score: { raw: 12.5, min: 0, max: 20, scaled: 0.25 } },
    });
    expect(event).toMatchObject({ score: 0.625, success: null, objectKind: 'attempt', act: true });
  });
  it('a grade is recorded by a teacher, or by the LMS: no act', () => {
    const verb = 'https://w3id.org/xapi/tla/verbs/scored';
    expect(read(verb, { moodle: '\\mod_assign\\event\\submission_graded' }).act).toBe(false);
    expect(read(verb, { instructor: 'prof' }).act).toBe(false);
    expect(read(verb, { instructor: 'ana' }).act).toBe(true);
  });
  it('whatever the verb, what an instructor recorded is no act; a learner reading feedback is one', () => {
    expect(read('https://example.org/verbs/judged', { instructor: 'prof' }).act).toBe(false);
    expect(read(`${ADL}/completed`, { instructor: 'prof' })).toMatchObject({ act: false, completion: true });
    expect(
      read(`${TINCAN}/viewed`, { instructor: 'prof', moodle: '\\mod_assign\\event\\feedback_viewed' }).act,
    ).toBe(true);
  });
});

describe('a statement that is nobody’s progress', () => {
  it('is about another statement, or by nobody identified', () => {
    const kept = { id: 's', timestamp: 0, stored: 0, standings: true };
    const verb = { id: `${ADL}/voided` };
    const about = { objectType: 'StatementRef', id: '6690e6c9-3ef0-4ed3-8b37-7f3964730bee' } as const;
    expect(
      readStatement({ ...kept, statement: { actor: { mbox: 'mailto:a@example.org' }, verb, object: about } }),
    ).toBeNull();
    const group = { objectType: 'Group', member: [{ mbox: 'mailto:a@example.org' }] } as const;
    expect(readStatement({ ...kept, statement: { actor: group, verb, object: { id: COURSE } } })).toBeNull();
  });
});
