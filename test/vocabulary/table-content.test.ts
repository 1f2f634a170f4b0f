import { describe, expect, it } from 'vitest';
import type { Result, Statement } from '../../xapi/statement/types.ts';
import { factOf, hear, learnerAfter, satisfiedAt } from './hearing.ts';

const ADL = 'http://adlnet.gov/expapi';
const VIDEO = 'https://w3id.org/xapi/video';
const DAY = '2026-03-02';
const at = (time: string) => `${DAY}T${time}.000Z`;
const learner = { objectType: 'Agent', account: { homePage: 'https://lms.example.org', name: '7' } } as const;

describe('row “video profile”', () => {
  const CLIP = 'https://video.example.org/clips/1';
  /** As players of the profile send it: the session in the context, where it stands in the result’s extensions. */
  const video = (
    verb: string,
    time: string,
    told: Record<string, unknown> = {},
    result: Result = {},
  ): Statement => ({
    actor: learner,
    verb: { id: verb.startsWith('http') ? verb : `${VIDEO}/verbs/${verb}` },
    object: { objectType: 'Activity', id: CLIP, definition: { type: `${VIDEO}/activity-type/video` } },
    result: {
      ...result,
      extensions: Object.fromEntries(
        Object.entries(told).map(([name, value]) => [`${VIDEO}/extensions/${name}`, value]),
      ),
    },
    context: {
      contextActivities: { category: [{ id: VIDEO }] },
      extensions: {
        [`${VIDEO}/extensions/length`]: 100,
        [`${VIDEO}/extensions/session-id`]: '1b2c3d4e-0000-4000-8000-000000000001',
      },
    },
    timestamp: `${DAY}T${time}Z`,
  });
  const COMPLETED = `${ADL}/verbs/completed`;
  const units = (minProgress?: number) => [
    { id: CLIP, ...(minProgress === undefined ? {} : { minProgress }) },
  ];

  it('played, paused, seeked and terminated are acts; where a progress is told they are progress, 0..1', () => {
    const said = [
      video(`${ADL}/verbs/initialized`, '09:00:00'),
      video('played', '09:00:01', { time: 0 }),
      video('seeked', '09:00:10', {
        'time-from': 9,
        'time-to': 40,
        progress: 0.09,
        'played-segments': '0[.]9',
      }),
      video('paused', '09:00:30', { time: 60, progress: 1, 'played-segments': '0[.]9[,]40[.]60' }),
      video(`${ADL}/verbs/terminated`, '09:01:00', { time: 60, progress: 0.29 }),
    ];
    expect(
      said.map((each) => hear(each)).map(({ meaning, act, progress }) => [meaning, act, progress]),
    ).toEqual([
      ['started', true, null],
      ['interacted', true, null],
      ['progressed', true, 0.09],
      ['progressed', true, 1],
      ['progressed', true, 0.29],
    ]);
  });
  it('what was played is the union of segments over the length, over sessions, in any order', () => {
    const said = [
      video('paused', '09:00:00', { progress: 0.5, 'played-segments': '0[.]30[,]20[.]50' }),
      video('paused', '10:00:00', { progress: 0.4, 'played-segments': '10[.]50' }),
      video('paused', '11:00:00', { progress: 0.4, 'played-segments': '60[.]100' }),
    ];
    for (const told of [said, said.toReversed()]) {
      expect(satisfiedAt(learnerAfter(told, { units: units(0.9) }))).toBe(at('11:00:00'));
      expect(satisfiedAt(learnerAfter(told, { units: units(0.95) }))).toBeNull();
    }
  });
  it('a player that tells its length and no segments is believed what it says of progress', () => {
    const said = [video('paused', '09:00:00', { time: 95, progress: 0.95 })];
    expect(satisfiedAt(learnerAfter(said, { units: units(0.9) }))).toBe(at('09:00:00'));
  });
  it('segments past the end count up to the end; a broken or open one counts nothing', () => {
    const said = (segments: string) => [
      video('paused', '09:00:00', { progress: 0, 'played-segments': segments }),
    ];
    const reaches = (segments: string, share: number) =>
      satisfiedAt(learnerAfter(said(segments), { units: units(share) })) !== null;
    expect([reaches('50[.]1000', 0.5), reaches('50[.]1000', 0.51)]).toEqual([true, false]);
    expect([reaches('0[.]', 0.01), reaches('9[.]3', 0.01), reaches('a[.]b[,]0[.]1', 0.01)]).toEqual([
      false,
      false,
      true,
    ]);
  });
  it('`completed` without a result completes; repeated, the first one dates it', () => {
    const { result: _, ...bare } = video(COMPLETED, '09:30:00');
    expect(hear(bare)).toMatchObject({ meaning: 'completed', completion: true, act: true });
    const again = [
      video(COMPLETED, '11:00:00', { progress: 1 }, { completion: true }),
      bare,
      video(COMPLETED, '10:00:00', { progress: 1 }, { completion: true }),
    ];
    expect(satisfiedAt(learnerAfter(again, { units: units() }))).toBe(at('09:30:00'));
  });
});

describe('row “Rise / Storyline”', () => {
  const RISE = 'http://8NOIDUGzX72zEkKuLYJI2RB9oMyGsCz_rise';
  /** The course is the parent of its lessons, and of itself. */
  const articulate = (verb: string, time: string, result: Result = {}, object = RISE): Statement => ({
    actor: learner,
    verb: { id: `${ADL}/verbs/${verb}`, display: { en: verb } },
    object: {
      objectType: 'Activity',
      id: object,
      definition: {
        name: { und: 'Cadrer' },
        type: `${ADL}/activities/${object === RISE ? 'course' : 'module'}`,
      },
    },
    result,
    context: {
      registration: '5f4dcc3b-5aa7-11ee-8c99-0242ac120002',
      contextActivities: {
        parent: [{ objectType: 'Activity', id: RISE }],
        grouping: [{ objectType: 'Activity', id: RISE }],
      },
    },
    version: '1.0.0',
    timestamp: `${DAY}T${time}.123+00:00`,
  });
  const overall = (value: number) => ({
    extensions: { 'http://w3id.org/xapi/cmi5/result/extensions/progress': value },
  });
  const units = [{ id: RISE }];

  it('the course that is its own parent is the unit itself', () => {
    expect(factOf(articulate('attempted', '09:00:00', { completion: false }), { units })).toMatchObject({
      meaning: 'started',
      units: [{ unit: RISE, bearing: 'self' }],
    });
  });
  it('a lesson is only an act below the course, though it is completed', () => {
    const lesson = articulate('completed', '09:10:00', { completion: true }, `${RISE}/lesson-2`);
    expect(factOf(lesson, { units })?.units).toEqual([{ unit: RISE, bearing: 'below' }]);
    expect(satisfiedAt(learnerAfter([lesson], { units }))).toBeNull();
  });
  it('`progressed` tells the overall progress in whole per cent: 1 is one per cent', () => {
    expect(
      [1, 13, 100].map((value) => hear(articulate('progressed', '09:00:00', overall(value))).progress),
    ).toEqual([0.01, 0.13, 1]);
    const by = (value: number) =>
      satisfiedAt(
        learnerAfter([articulate('progressed', '09:00:00', overall(value))], {
          units: [{ id: RISE, minProgress: 0.8 }],
        }),
      );
    expect([by(1), by(80)]).toEqual([null, `${DAY}T09:00:00.123Z`]);
  });
  it('`attempted` with result, `passed`, `failed`, `completed` say what they say', () => {
    const passed = { completion: true, success: true, score: { scaled: 0.8, raw: 80, max: 100 } };
    expect(hear(articulate('passed', '09:00:00', passed))).toMatchObject({
      meaning: 'passed',
      completion: true,
      success: true,
      score: 0.8,
    });
    const said = [
      articulate('attempted', '09:00:00', { completion: false, duration: 'PT0S' }),
      articulate('failed', '09:30:00', { completion: true, success: false, score: { scaled: 0.4 } }),
      articulate('passed', '10:00:00', passed),
    ];
    const by = (satisfiedBy: 'Completed' | 'Passed') =>
      satisfiedAt(learnerAfter(said, { units: [{ id: RISE, satisfiedBy }] }));
    expect([by('Completed'), by('Passed')]).toEqual([`${DAY}T09:30:00.123Z`, `${DAY}T10:00:00.123Z`]);
  });
});

describe('row “H5P”', () => {
  const ROOT = 'https://moodle.example.org/xapi/activity/391';
  const SUB = `${ROOT}?subContentId=28f1ef2c-8f2b-4a0a-9f3e-2f9b6a4b8a8f`;
  const h5p = (verb: string, object: string, result?: Result): Statement => ({
    actor: learner,
    verb: { id: `${ADL}/verbs/${verb}`, display: { 'en-US': verb } },
    object: {
      objectType: 'Activity',
      id: object,
      definition: {
        type: `${ADL}/activities/cmi.interaction`,
        extensions: { 'http://h5p.org/x-api/h5p-local-content-id': 391 },
      },
    },
    ...(result === undefined ? {} : { result }),
    context: {
      contextActivities: {
        ...(object === ROOT ? {} : { parent: [{ id: ROOT, objectType: 'Activity' as const }] }),
        category: [{ id: 'http://h5p.org/libraries/H5P.QuestionSet-1.20', objectType: 'Activity' }],
      },
    },
    timestamp: `${DAY}T09:00:00Z`,
  });
  const right = { score: { min: 0, max: 2, raw: 2, scaled: 1 }, completion: true, success: true };

  it('a sub-content is only an act below the root, however complete', () => {
    const said = h5p('answered', SUB, right);
    expect(factOf(said, { units: [{ id: ROOT }] })).toMatchObject({
      act: true,
      units: [{ unit: ROOT, bearing: 'below' }],
    });
    const { units, state } = learnerAfter([said], {
      units: [{ id: ROOT, satisfiedBy: 'CompletedOrPassed' }],
    });
    expect([units[0]?.satisfiedAt, units[0]?.reached, state]).toEqual([null, true, 'active']);
  });
  it('the root’s `completed` and `answered` count for the unit; `attempted` starts it', () => {
    expect(hear(h5p('attempted', ROOT))).toMatchObject({ meaning: 'started', completion: null });
    for (const verb of ['completed', 'answered'])
      expect(
        satisfiedAt(
          learnerAfter([h5p(verb, ROOT, right)], {
            units: [{ id: ROOT, satisfiedBy: 'CompletedAndPassed', minScore: 0.9 }],
          }),
        ),
      ).toBe(at('09:00:00'));
  });
  it('an anonymous visitor is a session id: an actor of its own, and no learner of the cohort', () => {
    const account = { homePage: 'https://moodle.example.org', name: '2f9c41b8-1d9b-4b0e-a3a0-6f4365f96753' };
    const anonymous = { ...h5p('completed', ROOT, right), actor: { account } };
    expect(hear(anonymous).actor).toContain('2f9c41b8');
    const learned = learnerAfter([h5p('attempted', ROOT), anonymous], { units: [{ id: ROOT }] });
    expect([learned.acts.length, satisfiedAt(learned)]).toEqual([1, null]);
  });
});
