import { describe, expect, it } from 'vitest';
import type { Result, Statement } from '../../xapi/statement/types.ts';
import { factOf, hear, learnerAfter, satisfiedAt } from './hearing.ts';

const AU = 'https://lms.example.edu/cmi5/au/4756b42214cb0cb4825b3c9b5c15053d6a6cf7f5';
const PUBLISHER = 'https://courses.example.edu/02baafcf/aus/4c07';
const COURSE = 'https://lms.example.edu/cmi5/course/12';
const CMI5 = 'https://w3id.org/xapi/cmi5';
const ADL = 'http://adlnet.gov/expapi/verbs';
const XAPI_ADL = 'https://w3id.org/xapi/adl/verbs';
const PROGRESS = `${CMI5}/result/extensions/progress`;
const learner = { objectType: 'Agent', account: { homePage: 'https://lms.example.edu', name: '7' } } as const;
const DAY = '2026-03-02';

/** As an assignable unit or the LMS sends it: the publisher's id as grouping, the session and moveOn as extensions. */
function cmi5(verb: string, time: string, result?: Result, more: Partial<Statement> = {}): Statement {
  const moveOn = [`${ADL}/completed`, `${ADL}/passed`, `${ADL}/failed`, `${XAPI_ADL}/waived`].includes(verb);
  return {
    actor: learner,
    verb: { id: verb, display: { 'en-US': verb.split('/').at(-1) ?? '' } },
    object: {
      objectType: 'Activity',
      id: AU,
      definition: { name: { 'en-US': 'Introduction to Geology' } },
    },
    ...(result === undefined ? {} : { result }),
    context: {
      registration: 'ff76a00e-5b3f-4bfc-ba3d-6f4365f96753',
      contextActivities: {
        grouping: [{ objectType: 'Activity', id: PUBLISHER }],
        category: [
          { id: `${CMI5}/context/categories/cmi5` },
          ...(moveOn ? [{ id: `${CMI5}/context/categories/moveon` }] : []),
        ],
      },
      extensions: {
        [`${CMI5}/context/extensions/sessionid`]: '2d5437c4-7ca2-4c05-a5b9-22e9127e180a',
        [`${CMI5}/context/extensions/launchmode`]: 'Normal',
        [`${CMI5}/context/extensions/moveon`]: 'CompletedOrPassed',
      },
    },
    timestamp: `${DAY}T${time}Z`,
    ...more,
  };
}

const at = (time: string) => `${DAY}T${time}.000Z`;
const done = { completion: true, duration: 'PT20M' };

describe('row “cmi5”', () => {
  const session = [
    cmi5(`${ADL}/launched`, '09:00:00'),
    cmi5(`${ADL}/initialized`, '09:00:02'),
    cmi5(`${ADL}/experienced`, '09:05:00', { extensions: { [PROGRESS]: 25 } }),
    cmi5(`${ADL}/completed`, '09:20:00', done),
    cmi5(`${ADL}/passed`, '09:20:01', { success: true, score: { scaled: 0.9 }, duration: 'PT20M' }),
    cmi5(`${ADL}/terminated`, '09:21:00', { duration: 'PT21M' }),
  ];

  it('a session: the LMS launches, the learner does the rest', () => {
    expect(session.map((each) => hear(each)).map(({ meaning, act }) => [meaning, act])).toEqual([
      ['visited', false],
      ['started', true],
      ['progressed', true],
      ['completed', true],
      ['passed', true],
      ['interacted', true],
    ]);
    expect(session.map((each) => hear(each).progress)).toEqual([null, null, 0.25, null, null, null]);
    expect(session.map((each) => factOf(each, { units: [{ id: AU }] })?.units)).toEqual(
      session.map(() => [{ unit: AU, bearing: 'self' }]),
    );
  });
  it('what it says of completion, success and score satisfies by the unit’s rule', () => {
    const by = (satisfiedBy: 'Completed' | 'Passed' | 'CompletedAndPassed') =>
      satisfiedAt(learnerAfter(session, { units: [{ id: AU, satisfiedBy }] }));
    expect([by('Completed'), by('Passed'), by('CompletedAndPassed')]).toEqual([
      at('09:20:00'),
      at('09:20:01'),
      at('09:20:01'),
    ]);
  });
  it('`passed` alone completes nothing, `failed` is an act and satisfies nothing', () => {
    const passed = cmi5(`${ADL}/passed`, '09:00:00', { success: true });
    const failed = cmi5(`${ADL}/failed`, '09:00:00', { success: false, score: { scaled: 0.2 } });
    expect(hear(passed)).toMatchObject({ completion: null, success: true });
    expect(hear(failed)).toMatchObject({
      meaning: 'failed',
      act: true,
      completion: null,
      success: false,
      score: 0.2,
    });
    expect(satisfiedAt(learnerAfter([passed], { units: [{ id: AU }] }))).toBeNull();
  });
  it('`completed` comes once per registration; a second registration completes no later', () => {
    const again = cmi5(`${ADL}/completed`, '11:00:00', done, {
      context: { registration: '00000000-0000-4000-8000-000000000001' },
    });
    const { units, acts } = learnerAfter([...session, again], { units: [{ id: AU }] });
    expect([units[0]?.satisfiedAt, acts.length]).toEqual([Date.parse(at('09:20:00')), 6]);
  });
  it('`abandoned` ends a session: no act, no dropout, no taking back', () => {
    const abandoned = cmi5(`${XAPI_ADL}/abandoned`, '10:00:00', { duration: 'PT1H' });
    expect(hear(abandoned)).toMatchObject({ meaning: 'none', act: false, completion: null });
    const learned = learnerAfter([...session, abandoned], { units: [{ id: AU }] });
    expect([learned.state, satisfiedAt(learned)]).toEqual(['completed', at('09:20:00')]);
  });
  it('`waived` is the LMS’s: it counts from who may change standings, and is no act', () => {
    const reason = { [`${CMI5}/result/extensions/reason`]: 'Tested Out' };
    const waived = cmi5(`${XAPI_ADL}/waived`, '10:00:00', {
      completion: true,
      success: true,
      extensions: reason,
    });
    const by = (standings: boolean) => learnerAfter([waived], { units: [{ id: AU }] }, { standings });
    expect(hear(waived, { standings: true })).toMatchObject({
      meaning: 'waived',
      act: false,
      entry: { reason: 'Tested Out' },
    });
    expect(by(true).units[0]).toMatchObject({ waived: true, satisfiedAt: Date.parse(at('10:00:00')) });
    expect(hear(waived)).toMatchObject({ meaning: 'none', completion: null, success: null });
    expect(by(false).units[0]).toMatchObject({ waived: false, satisfiedAt: null });
  });
  it('`satisfied` is the LMS’s own conclusion: no act; of a course it completes only where that is accepted', () => {
    const satisfied = (type: string, id: string) =>
      cmi5(`${XAPI_ADL}/satisfied`, '10:00:00', undefined, {
        object: { id, definition: { type: `${CMI5}/activitytype/${type}` } },
      });
    expect(hear(satisfied('block', 'urn:block'))).toMatchObject({
      meaning: 'satisfied',
      act: false,
      derived: true,
      completion: null,
    });
    const outcome = (acceptCourseCompletion: boolean) =>
      learnerAfter([satisfied('course', COURSE)], {
        contexts: [{ platform: 'https://lms.example.edu', course: '12', activity: COURSE }],
        units: [{ id: AU }],
        completion: { acceptCourseCompletion },
      });
    expect([outcome(true).state, outcome(true).acts]).toEqual(['completed', []]);
    expect([outcome(false).state, outcome(false).acts]).toEqual(['notStarted', []]);
  });
  it('the publisher’s id as grouping makes it an act below that unit, and no completion of it', () => {
    const { units, state } = learnerAfter(session, { units: [{ id: PUBLISHER }] });
    expect([units[0]?.reached, units[0]?.satisfiedAt, state]).toEqual([true, null, 'active']);
  });
});

describe('row “ADL verbs”', () => {
  it.each([
    ['attempted', 'started', true],
    ['experienced', 'interacted', true],
    ['progressed', 'progressed', true],
    ['scored', 'scored', true],
    ['answered', 'interacted', true],
    ['interacted', 'interacted', true],
    ['exited', 'interacted', true],
  ])('%s is %s', (verb, meaning, act) => {
    expect(hear(cmi5(`${ADL}/${verb}`, '09:00:00'))).toMatchObject({ meaning, act });
  });
  it('`attempted` with result.completion is completed', () => {
    const attempted = cmi5(`${ADL}/attempted`, '09:00:00', { completion: true });
    expect(hear(attempted)).toMatchObject({ meaning: 'completed', completion: true, act: true });
    expect(satisfiedAt(learnerAfter([attempted], { units: [{ id: AU }] }))).toBe(at('09:00:00'));
  });
  it('`attended` and `registered` change standings: nothing from a content key', () => {
    const course = { id: COURSE, definition: { type: 'http://adlnet.gov/expapi/activities/course' } };
    const registered = cmi5(`${ADL}/registered`, '09:00:00', undefined, { object: course });
    const attended = cmi5(`${ADL}/attended`, '09:00:00', { completion: true });
    for (const [said, meaning] of [
      [registered, 'enrolled'],
      [attended, 'attended'],
    ] as const) {
      expect(hear(said)).toMatchObject({ meaning: 'none', act: false, completion: null });
      expect(hear(said, { standings: true }).meaning).toBe(meaning);
    }
  });
  it('`voided` is nobody’s progress', () => {
    const voided = cmi5(`${ADL}/voided`, '09:00:00', undefined, {
      object: { objectType: 'StatementRef', id: 'ff76a00e-5b3f-4bfc-ba3d-6f4365f96753' },
    });
    expect(() => hear(voided)).toThrow('nobody’s progress');
  });
  it('verbs that no table knows are acts on what they are about', () => {
    const unknown = cmi5('https://example.org/verbs/juggled', '09:00:00');
    expect(factOf(unknown, { units: [{ id: AU }] })).toMatchObject({
      meaning: 'interacted',
      act: true,
      completion: null,
    });
  });
});

describe('row “result on any verb”', () => {
  it('completion true completes, whatever the verb; false undoes nothing', () => {
    const said = (completion: boolean, time: string) =>
      cmi5('https://example.org/verbs/finished', time, { completion });
    expect([hear(said(true, '09:00:00')).completion, hear(said(false, '09:00:00')).completion]).toEqual([
      true,
      null,
    ]);
    const both = [said(true, '09:00:00'), said(false, '10:00:00')];
    expect(satisfiedAt(learnerAfter(both, { units: [{ id: AU }] }))).toBe(at('09:00:00'));
  });
  it('`completed` with completion false is only an act', () => {
    const said = cmi5(`${ADL}/completed`, '09:00:00', { completion: false });
    expect(hear(said)).toMatchObject({ meaning: 'interacted', act: true, completion: null });
  });
  it('success and score are an attempt on the unit; a score without success decides where a minimum is asked', () => {
    const scored = (raw: number, time: string) =>
      cmi5(`${ADL}/interacted`, time, { score: { raw, min: 0, max: 20 } });
    const tries = [scored(8, '09:00:00'), scored(15, '10:00:00'), scored(9, '11:00:00')];
    const by = (minScore?: number, attempts: 'best' | 'last' = 'best') =>
      satisfiedAt(
        learnerAfter(tries, {
          units: [
            { id: AU, satisfiedBy: 'Passed', attempts, ...(minScore === undefined ? {} : { minScore }) },
          ],
        }),
      );
    expect([by(), by(0.7), by(0.7, 'last'), by(0.4, 'last')]).toEqual([
      null,
      at('10:00:00'),
      null,
      at('09:00:00'),
    ]);
  });
  it('progress is per cent in cmi5 and a share elsewhere: either reaches a unit’s minProgress', () => {
    const of = (key: string, value: number) =>
      satisfiedAt(
        learnerAfter([cmi5(`${ADL}/progressed`, '09:00:00', { extensions: { [key]: value } })], {
          units: [{ id: AU, minProgress: 0.8 }],
        }),
      );
    expect([of(PROGRESS, 80), of('https://example.org/progress', 0.8)]).toEqual([
      at('09:00:00'),
      at('09:00:00'),
    ]);
    expect([of(PROGRESS, 79), of(PROGRESS, 1), of('https://example.org/progress', 0.79)]).toEqual([
      null,
      null,
      null,
    ]);
  });
  it('a duration changes nothing of what an act is', () => {
    expect(hear(cmi5(`${ADL}/exited`, '09:00:00', { duration: 'PT0S' }))).toMatchObject({
      act: true,
      completion: null,
    });
  });
});
