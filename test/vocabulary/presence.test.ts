import { describe, expect, it } from 'vitest';
import type { Statement } from '../../xapi/statement/types.ts';
import type { LearningEvent } from '../../xapi/vocabulary/event.ts';
import { readStatement } from '../../xapi/vocabulary/read-statement.ts';
import { cohortOf, enrolled, figuresOf, type Told } from '../support/scene.ts';

const SITE = 'https://moodle.example';
const MODULE = `${SITE}/mod/bigbluebuttonbn/view.php?id=15`;
const CLASSROOM = 'https://w3id.org/xapi/virtual-classroom';
const learner = { objectType: 'Agent', account: { homePage: SITE, name: '7' } } as const;

function read(statement: Statement, standings = false, own = false): LearningEvent {
  const timestamp = Date.parse(statement.timestamp ?? '');
  const event = readStatement({ id: 's', statement, timestamp, stored: timestamp, standings, own });
  if (event === null) throw new Error('nobody’s progress');
  return event;
}

/** As mod_bigbluebuttonbn's events come from logstore_xapi: the module as a meeting, the course as grouping. */
function bigBlueButton(verb: string, timestamp: string): Statement {
  return {
    actor: { ...learner, name: 'Somebody' },
    verb: { id: `http://activitystrea.ms/schema/1.0/${verb}`, display: { fr: verb } },
    object: {
      id: MODULE,
      definition: { type: 'http://adlnet.gov/expapi/activities/meeting', name: { fr: 'Classe virtuelle' } },
    },
    timestamp,
    context: {
      platform: 'Moodle',
      language: 'fr',
      extensions: {
        'http://lrs.learninglocker.net/define/extensions/info': {
          [SITE]: 'Moodle',
          event_name: `\\mod_bigbluebuttonbn\\event\\meeting_${verb === 'join' ? 'joined' : 'left'}`,
          event_function: `\\src\\transformer\\events\\mod_bigbluebuttonbn\\meeting_${verb === 'join' ? 'joined' : 'left'}`,
        },
      },
      contextActivities: {
        grouping: [
          { id: SITE, definition: { type: 'http://id.tincanapi.com/activitytype/lms' } },
          {
            id: `${SITE}/course/view.php?id=2`,
            definition: { type: 'https://w3id.org/xapi/cmi5/activitytype/course' },
          },
        ],
        category: [
          { id: 'http://moodle.org', definition: { type: 'http://id.tincanapi.com/activitytype/source' } },
        ],
      },
    },
  };
}

/** As statements of the virtual classroom profile come: the meeting as object, the profile as category. */
function classroom(verb: string, timestamp: string, more: Partial<Statement> = {}): Statement {
  return {
    actor: learner,
    verb: { id: verb },
    object: {
      id: MODULE,
      definition: { type: `${CLASSROOM}/activity-types/virtual-classroom`, name: { en: 'xAPI 101' } },
    },
    timestamp,
    context: {
      registration: '4eb0e063-669b-479a-86b3-f9be9ac88a1d',
      contextActivities: {
        category: [{ id: CLASSROOM, definition: { type: 'http://adlnet.gov/expapi/activities/profile' } }],
      },
      extensions: {
        'https://w3id.org/xapi/cmi5/context/extensions/sessionid': 'd2e5e5f8-1d1f-4a58-8b76-0c9b0b0e4d3a',
        [`${CLASSROOM}/extensions/planned-duration`]: 'PT2H',
      },
    },
    ...more,
  };
}

const definition = cohortOf({
  kind: 'blended',
  units: [
    {
      id: MODULE,
      modality: 'virtual-class',
      satisfiedBy: 'Attended',
      startsAt: '2026-01-08T14:00:00Z',
      endsAt: '2026-01-08T16:00:00Z',
    },
  ],
});
const identity = { org: 'o', actor: `account|${SITE}|7`, learnerId: 'ana', recordedAt: 0 };

function presence(statements: readonly Statement[], standings = false) {
  const told = statements.map((statement): Told => {
    const at = Date.parse(statement.timestamp ?? '');
    return { statement, at, stored: at, voidedAt: null, standings };
  });
  const asOf = Date.parse('2026-01-10T00:00:00Z');
  const scene = { definition, enrolments: [enrolled()], identities: [identity], told, asOf };
  return figuresOf(scene).learners[0]?.sessions[0];
}

describe('BigBlueButton as logstore_xapi tells it', () => {
  it('joins and leaves are intervals', () => {
    const statements = [
      bigBlueButton('join', '2026-01-08T13:50:00+00:00'),
      bigBlueButton('leave', '2026-01-08T14:30:00+00:00'),
      bigBlueButton('join', '2026-01-08T14:40:00+00:00'),
      bigBlueButton('leave', '2026-01-08T16:10:00+00:00'),
    ];
    expect(presence(statements)).toMatchObject({ status: 'attended', minutes: 110 });
    expect(statements.map((each) => read(each))).toMatchObject([
      { meaning: 'joined', act: true },
      { meaning: 'left', act: true },
      { meaning: 'joined', act: true },
      { meaning: 'left', act: true },
    ]);
  });
  it('a leave that is missing ends with the session', () => {
    expect(presence([bigBlueButton('join', '2026-01-08T15:00:00+00:00')])).toMatchObject({
      status: 'absent',
      minutes: 60,
    });
  });
});

describe('the virtual classroom profile', () => {
  const JOIN = 'http://activitystrea.ms/join';
  const LEAVE = 'http://activitystrea.ms/leave';
  it('joins and leaves are intervals; opening, ending and raising hands are no presence', () => {
    const opened = classroom('http://adlnet.gov/expapi/verbs/initialized', '2026-01-08T13:55:00Z');
    const ended = classroom('http://adlnet.gov/expapi/verbs/terminated', '2026-01-08T16:00:00Z', {
      result: { duration: 'PT2H5M' },
    });
    const hand = classroom(`${CLASSROOM}/verbs/reacted`, '2026-01-08T15:10:00Z');
    const poll = classroom('http://adlnet.gov/expapi/verbs/answered', '2026-01-08T15:20:00Z');
    expect([opened, ended, hand, poll].map((each) => read(each).meaning)).toEqual([
      'started',
      'interacted',
      'interacted',
      'interacted',
    ]);
    expect(presence([opened, ended, hand, poll])).toMatchObject({ status: 'absent', minutes: 0 });
    expect(
      presence([
        opened,
        classroom(JOIN, '2026-01-08T14:00:00Z'),
        hand,
        classroom(LEAVE, '2026-01-08T15:40:00Z'),
        ended,
      ]),
    ).toMatchObject({ status: 'attended', minutes: 100 });
  });
  it('two devices at once count once', () => {
    const two = [
      classroom(JOIN, '2026-01-08T14:00:00Z'),
      classroom(JOIN, '2026-01-08T14:10:00Z'),
      classroom(LEAVE, '2026-01-08T14:30:00Z'),
    ];
    expect(presence(two)).toMatchObject({ minutes: 30 });
  });
});

describe('join and leave mean what their object says', () => {
  const types = [
    ['http://adlnet.gov/expapi/activities/meeting', 'joined', 'left'],
    [`${CLASSROOM}/activity-types/virtual-classroom`, 'joined', 'left'],
    ['http://activitystrea.ms/schema/1.0/event', 'joined', 'left'],
    ['http://activitystrea.ms/schema/1.0/group', 'none', 'none'],
    ['https://xapi.edlm/profiles/edlm-lms/concepts/activity-types/group', 'none', 'none'],
    ['https://w3id.org/xapi/cmi5/activitytype/course', 'enrolled', 'withdrew'],
    ['http://adlnet.gov/expapi/activities/course', 'enrolled', 'withdrew'],
  ] as const;
  it.each(types)('%s', (type, join, leave) => {
    for (const home of ['http://activitystrea.ms', 'http://activitystrea.ms/schema/1.0'])
      for (const [verb, meaning] of [
        [`${home}/join`, join],
        [`${home}/leave`, leave],
      ] as const) {
        const said = classroom(verb, '2026-01-08T14:00:00Z', {
          object: { id: 'urn:x', definition: { type } },
        });
        expect(read(said, true).meaning).toBe(meaning);
      }
  });
});

describe('what a register says', () => {
  const attended = (more: Partial<Statement> = {}) =>
    classroom('http://adlnet.gov/expapi/verbs/attended', '2026-01-08T16:00:00Z', more);
  it('attended is an act although somebody else recorded it; absent and excused are none', () => {
    const instructor = { mbox: 'mailto:trainer@example.org' };
    expect(read(attended({ context: { instructor } }), true)).toMatchObject({
      meaning: 'attended',
      act: true,
    });
    for (const status of ['absent', 'excused'])
      expect(read(classroom(`urn:assidu:verb:${status}`, '2026-01-08T16:00:00Z'), true)).toMatchObject({
        meaning: status,
        act: false,
        entry: { minutes: null },
      });
  });
  it('counts only from who may change standings', () => {
    for (const verb of [
      'urn:assidu:verb:absent',
      'urn:assidu:verb:excused',
      'http://adlnet.gov/expapi/verbs/attended',
    ])
      expect(read(classroom(verb, '2026-01-08T16:00:00Z'))).toMatchObject({ meaning: 'none', act: false });
  });
  it.each([
    ['PT1H30M', 90],
    ['PT5400S', 90],
    ['P1D', 1440],
    ['P1W', 10_080],
    ['PT0,5H', 30],
    ['P1M', null],
  ])('minutes are read from a duration of %s', (duration, minutes) => {
    expect(read(attended({ result: { duration } }), true).entry?.minutes).toBe(minutes);
  });
  it('minutes are read from an extension too', () => {
    const result = { extensions: { 'https://lms.example/attendance/minutes': 45 } };
    expect(read(attended({ result }), true).entry?.minutes).toBe(45);
  });
  it('“attended” with completion false is the absence of Jisc’s attendance recipe', () => {
    expect(read(attended({ result: { completion: false } }), true)).toMatchObject({
      meaning: 'absent',
      act: false,
    });
    expect(presence([attended({ result: { completion: true } })], true)).toMatchObject({
      status: 'attended',
    });
  });
  it('who recorded it is believed in our own statements; of others it is their authority', () => {
    const authority = {
      objectType: 'Agent',
      account: { homePage: SITE, name: 'key' },
      name: 'A plugin',
    } as const;
    const recorded = { way: 'register', id: 'account|x|7', name: 'A trainer' };
    const said = attended({ authority, context: { extensions: { 'urn:assidu:recorded': recorded } } });
    expect(read(said, true, true).entry?.recorder).toEqual(recorded);
    expect(read(said, true).entry?.recorder).toEqual({
      way: 'statement',
      id: `account|${SITE}|key`,
      name: 'A plugin',
    });
  });
});
