import { describe, expect, it } from 'vitest';
import type { Activity, Statement } from '../../xapi/statement/types.ts';
import { factOf, hear, learnerAfter, satisfiedAt } from './hearing.ts';
import { activity, logstore, module, course as moodleCourse, section } from './logstore.ts';

const ADL = 'http://adlnet.gov/expapi';
const CLASSROOM = 'https://w3id.org/xapi/virtual-classroom';
const DAY = '2026-11-23';
const learner = { objectType: 'Agent', account: { homePage: 'https://lms.example.org', name: '7' } } as const;
const session = (id: string) => ({
  kind: 'blended' as const,
  units: [
    {
      id,
      modality: 'virtual-class' as const,
      satisfiedBy: 'Attended' as const,
      startsAt: `${DAY}T14:00:00Z`,
      endsAt: `${DAY}T16:00:00Z`,
    },
  ],
});

describe('row “logstore_xapi, BigBlueButton”', () => {
  const MEETING = module('bigbluebuttonbn', 15);
  const moved = (verb: 'join' | 'leave', time: string) =>
    logstore(`http://activitystrea.ms/schema/1.0/${verb}`, activity(MEETING, `${ADL}/activities/meeting`), {
      event: `\\mod_bigbluebuttonbn\\event\\meeting_${verb === 'join' ? 'joined' : 'left'}`,
      time,
      parents: [section, moodleCourse],
    });
  it('joins and leaves are intervals; a leave that is missing ends with the slot', () => {
    const said = [moved('join', '13:55:00'), moved('leave', '14:40:00'), moved('join', '14:50:00')];
    expect(learnerAfter(said, session(MEETING)).sessions[0]).toMatchObject({
      status: 'attended',
      minutes: 110,
    });
  });
  it('a leave without a join is no presence', () => {
    expect(learnerAfter([moved('leave', '15:00:00')], session(MEETING)).sessions[0]).toMatchObject({
      status: 'absent',
      minutes: 0,
    });
  });
});

describe('row “join / leave collision”', () => {
  const types = [
    [`${ADL}/activities/meeting`, 'joined', 'left'],
    ['http://id.tincanapi.com/activitytype/webinar', 'joined', 'left'],
    ['https://xapi.edlm/profiles/edlm-lms/concepts/activity-types/group', 'none', 'none'],
    ['http://activitystrea.ms/schema/1.0/group', 'none', 'none'],
    ['https://w3id.org/xapi/cmi5/activitytype/course', 'enrolled', 'withdrew'],
  ] as const;
  it.each(types)('on %s', (type, join, leave) => {
    const said = (verb: string): Statement => ({
      actor: learner,
      verb: { id: verb },
      object: { id: 'https://lms.example.org/x/1', definition: { type } },
      timestamp: `${DAY}T14:00:00Z`,
    });
    for (const home of ['http://activitystrea.ms', 'http://activitystrea.ms/schema/1.0']) {
      expect(hear(said(`${home}/join`), { standings: true }).meaning).toBe(join);
      expect(hear(said(`${home}/leave`), { standings: true }).meaning).toBe(leave);
      // Nobody is enrolled by a content key.
      const { meaning, act } = hear(said(`${home}/join`));
      expect([meaning, act]).toEqual(join === 'joined' ? ['joined', true] : ['none', false]);
    }
  });
});

describe('row “virtual classroom profile”', () => {
  const ROOM = 'https://bbb.example.org/rooms/e59490e1';
  const said = (verb: string, time: string, object?: Activity): Statement => ({
    actor: learner,
    verb: { id: verb },
    object: object ?? { id: ROOM, definition: { type: `${CLASSROOM}/activity-types/virtual-classroom` } },
    context: {
      contextActivities: {
        ...(object === undefined ? {} : { parent: [{ id: ROOM }] }),
        category: [{ id: CLASSROOM }],
      },
      extensions: {
        'http://id.tincanapi.com/extension/planned-duration': 'PT2H',
        [`${CLASSROOM}/extensions/session-id`]: 'd2e5e5f8',
      },
    },
    timestamp: `${DAY}T${time}Z`,
  });
  const poll = { id: `${ROOM}/polls/1`, definition: { type: `${ADL}/activities/cmi.interaction` } };
  const all = [
    said(`${ADL}/verbs/initialized`, '13:50:00'),
    said('http://activitystrea.ms/join', '14:00:00'),
    said(`${CLASSROOM}/verbs/raised-hand`, '14:10:00'),
    said(`${ADL}/verbs/answered`, '14:20:00', poll),
    said('http://activitystrea.ms/join', '14:30:00'),
    said('http://activitystrea.ms/leave', '15:40:00'),
    said(`${ADL}/verbs/terminated`, '16:05:00'),
  ];
  it('presence is the union of intervals: not opening, ending, hands or polls', () => {
    expect(all.map((each) => hear(each).meaning)).toEqual([
      'started',
      'joined',
      'interacted',
      'interacted',
      'joined',
      'left',
      'interacted',
    ]);
    expect(learnerAfter(all, session(ROOM)).sessions[0]).toMatchObject({ status: 'attended', minutes: 100 });
    const others = all.filter(({ verb }) => !/join|leave/.test(verb.id));
    const learned = learnerAfter(others, session(ROOM));
    expect([learned.sessions[0]?.minutes, learned.acts.length]).toEqual([0, 4]);
  });
});

describe('row “Open edX (Ralph, event-routing)”', () => {
  const HOME = 'http://localhost:18000';
  const COURSE = `${HOME}/course/course-v1:edX+DemoX+Demo_Course`;
  const block = (kind: string) => `${HOME}/xblock/block-v1:edX+DemoX+Demo_Course+type@${kind}+block@3fc5461f`;
  const course = { id: COURSE, definition: { type: `${ADL}/activities/course` } };
  /** As event-routing-backends 1.1.1 sends it; Ralph leaves out the version of the transformer. */
  const edx = (
    verb: string,
    object: Activity,
    result?: Statement['result'],
    source: 'event-routing' | 'ralph' = 'event-routing',
  ): Statement => ({
    actor: { objectType: 'Agent', account: { homePage: HOME, name: '32e08e30-f8ae-4ce2-94a8-c2bfe38a70cb' } },
    verb: { id: verb },
    object,
    ...(result === undefined ? {} : { result }),
    version: '1.0.3',
    timestamp: '2026-11-23T20:16:25.500832+00:00',
    context: {
      ...(object.id === COURSE ? {} : { contextActivities: { parent: [course] } }),
      extensions: {
        'https://w3id.org/xapi/openedx/extensions/session-id': '056aca2a1c6b76742b283e73d3424453',
        ...(source === 'ralph'
          ? {}
          : {
              'https://w3id.org/xapi/openedx/extension/transformer-version': 'event-routing-backends@1.1.1',
            }),
      },
    },
  });
  const contexts = [{ platform: HOME, course: 'edX+DemoX', activity: COURSE }];

  it.each(['event-routing', 'ralph'] as const)(
    '%s: registered is enrolled, unregistered withdrew',
    (source) => {
      const registered = edx(`${ADL}/verbs/registered`, course, undefined, source);
      const left = edx('http://id.tincanapi.com/verb/unregistered', course, undefined, source);
      expect(hear(registered, { standings: true })).toMatchObject({ meaning: 'enrolled', act: false });
      expect(hear(left, { standings: true })).toMatchObject({ meaning: 'withdrew', act: false });
      expect([hear(registered).meaning, hear(left).meaning]).toEqual(['none', 'none']);
      const of = (standings: boolean) =>
        learnerAfter([left], { contexts, units: [{ id: block('problem') }] }, { standings }).state;
      expect([of(true), of(false)]).toEqual(['withdrawn', 'notStarted']);
    },
  );
  it('the completion of a block completes that unit, in per cent', () => {
    const id = block('problem');
    const resource = { id, definition: { type: 'http://id.tincanapi.com/activitytype/resource' } };
    const progress = 'https://w3id.org/xapi/cmi5/result/extensions/progress';
    const done = edx(`${ADL}/verbs/progressed`, resource, {
      completion: true,
      extensions: { [progress]: 100 },
    });
    const none = edx(`${ADL}/verbs/progressed`, resource, {
      completion: false,
      extensions: { [progress]: 0 },
    });
    expect(hear(done)).toMatchObject({ meaning: 'progressed', completion: true, progress: 1 });
    expect(hear(none)).toMatchObject({ meaning: 'progressed', completion: null, progress: 0 });
    expect(satisfiedAt(learnerAfter([done], { contexts, units: [{ id }] }))).toBe('2026-11-23T20:16:25.500Z');
  });
  it('a problem that was submitted is an attempt on that unit, an act in the course', () => {
    const id = block('problem');
    const said = edx(
      `${ADL}/verbs/attempted`,
      { id, definition: { type: `${ADL}/activities/question` } },
      { score: { max: 4, min: 0, raw: 3, scaled: 0.75 }, success: true },
    );
    expect(hear(said)).toMatchObject({ meaning: 'started', act: true, success: true, score: 0.75 });
    expect(factOf(said, { contexts, units: [{ id: block('video') }] })).toMatchObject({
      act: true,
      units: [],
    });
  });
  it('a video ends with `completed` or `terminated`; the length alone tells no progress', () => {
    const id = block('video');
    const clip = { id, definition: { type: 'https://w3id.org/xapi/video/activity-type/video' } };
    const time = { 'https://w3id.org/xapi/video/extensions/time': 195 };
    expect(hear(edx(`${ADL}/verbs/completed`, clip, { completion: true, extensions: time }))).toMatchObject({
      meaning: 'completed',
      completion: true,
      progress: null,
    });
    expect(hear(edx(`${ADL}/verbs/terminated`, clip, { extensions: time }))).toMatchObject({
      meaning: 'interacted',
      completion: null,
    });
  });
  it('the course’s grade and its passing are worked out by the LMS: nobody came back because of them', () => {
    const earned = edx('http://id.tincanapi.com/verb/earned', course, {
      score: { scaled: 1, raw: 1, min: 0, max: 1 },
    });
    for (const said of [earned, edx(`${ADL}/verbs/passed`, course), edx(`${ADL}/verbs/failed`, course)])
      expect(hear(said)).toMatchObject({ derived: true, act: false, completion: null });
    expect(hear(earned)).toMatchObject({ meaning: 'scored', score: 1 });
    const elsewhere = { ...earned, context: {} };
    expect(hear(elsewhere)).toMatchObject({ meaning: 'interacted', act: true });
  });
});
