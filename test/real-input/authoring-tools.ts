/** Statements in the shapes that common tools send, written for these tests: what they have in common is no SHOULD kept. */

type Loose = Record<string, unknown>;

const account = { homePage: 'https://moodle.example.org', name: '17' };
const learner = { objectType: 'Agent', account, name: 'Inès Roy' };
const verb = (name: string, display?: Loose) => ({
  id: `http://adlnet.gov/expapi/verbs/${name}`,
  ...(display ? { display } : {}),
});
const REGISTRATION = '5F4DCC3B-5AA7-11EE-8C99-0242AC120002';

const h5p = {
  'a multiple choice of H5P': {
    actor: { objectType: 'Agent', name: '', mbox: 'mailto:ines.roy+spoc@example.org' },
    verb: verb('answered', { 'en-US': 'answered' }),
    object: {
      id: 'https://moodle.example.org/xapi/activity/391?subContentId=28f1ef2c-8f2b-4a0a-9f3e-2f9b6a4b8a8f',
      objectType: 'Activity',
      definition: {
        extensions: {
          'http://h5p.org/x-api/h5p-local-content-id': 391,
          'http://h5p.org/x-api/h5p-subContentId': '28f1ef2c-8f2b-4a0a-9f3e-2f9b6a4b8a8f',
        },
        name: { 'en-US': 'Quelles sont les étapes ?\n' },
        description: { 'en-US': '<p>Quelles sont les étapes&nbsp;?</p>\n' },
        type: 'http://adlnet.gov/expapi/activities/cmi.interaction',
        interactionType: 'choice',
        correctResponsesPattern: ['0[,]2'],
        choices: [
          { id: '0', description: { 'en-US': 'Cadrer\n' } },
          { id: '2', description: { 'en-US': 'Livrer\n' } },
        ],
      },
    },
    context: {
      contextActivities: {
        parent: [{ id: 'https://moodle.example.org/xapi/activity/391', objectType: 'Activity' }],
        // One object where 1.0.3 wants an array to be sent, and an array to be given back.
        category: { id: 'http://h5p.org/libraries/H5P.MultiChoice-1.16', objectType: 'Activity' },
      },
      extensions: { 'http://id.tincanapi.com/extension/ending-point': 1 },
    },
    result: {
      score: { min: 0, max: 2, raw: 1, scaled: 0.5 },
      completion: true,
      success: false,
      duration: 'PT5.4230000001S',
      response: '0[,]1',
    },
  },
  'a fill-in of H5P with several right answers': {
    actor: { account },
    verb: verb('answered'),
    object: {
      id: 'https://moodle.example.org/xapi/activity/392',
      definition: {
        type: 'http://adlnet.gov/expapi/activities/cmi.interaction',
        interactionType: 'fill-in',
        correctResponsesPattern: ['{case_matters=false}Paris[,]{case_matters=false}Lyon'],
        extensions: {
          'https://h5p.org/x-api/alternatives': [['Paris', 'Lutèce'], ['Lyon']],
          'https://h5p.org/x-api/case-sensitivity': false,
        },
      },
    },
    result: { response: 'paris[,]', score: { raw: 0, min: 0, max: 2, scaled: 0 }, duration: 'PT0S' },
  },
  'an interactive video of H5P': {
    actor: learner,
    verb: { id: 'http://adlnet.gov/expapi/verbs/interacted', display: {} },
    object: { id: 'https://moodle.example.org/xapi/activity/393', definition: {} },
    context: {
      contextActivities: {},
      extensions: { 'http://id.tincanapi.com/extension/ending-point': 'PT12S' },
    },
  },
};

const articulate = {
  'a slide of Storyline': {
    id: 'B3C7A5F2-2A7C-11EF-9C8A-0242AC120002',
    actor: learner,
    verb: verb('experienced', { 'en-US': 'experienced' }),
    object: {
      objectType: 'Activity',
      id: 'http://6BYLhJjDyTe_course_id/6k2VYwYbqfl',
      definition: {
        name: { und: 'Introduction' },
        description: { und: 'Introduction' },
        type: 'http://adlnet.gov/expapi/activities/module',
      },
    },
    context: {
      registration: REGISTRATION,
      contextActivities: {
        parent: [{ id: 'http://6BYLhJjDyTe_course_id', objectType: 'Activity' }],
        grouping: [],
      },
    },
    version: '1.0.0',
    timestamp: '2026-09-20T10:00:00.1234567+02:00',
  },
  'a question of Storyline': {
    actor: learner,
    verb: verb('answered', { und: 'answered' }),
    object: {
      id: 'http://6BYLhJjDyTe_course_id/5vZ_question',
      definition: {
        name: { und: 'Choisissez…' },
        type: 'http://adlnet.gov/expapi/activities/cmi.interaction',
        interactionType: 'matching',
        correctResponsesPattern: ['source_1[.]target_2[,]source_2[.]target_1'],
        source: [{ id: 'source_1', description: { und: 'A' } }, { id: 'source_2' }],
        target: [{ id: 'target_1', description: {} }, { id: 'target_2' }],
      },
    },
    result: {
      success: true,
      response: 'source_1[.]target_2',
      duration: 'PT00H00M07.30S',
      score: { raw: 10, scaled: 1, min: 0, max: 10 },
    },
    context: { registration: REGISTRATION, language: 'fr-FR', platform: '', revision: '' },
  },
  'the end of a lesson of Rise': {
    actor: learner,
    verb: verb('passed', { en: 'passed' }),
    object: { id: 'http://bG9jYWw_rise', definition: { name: { und: 'Cadrer un projet' } } },
    result: {
      completion: true,
      success: true,
      score: { scaled: 0.8, raw: 80, max: 100 },
      duration: 'PT1H0M0.5S',
    },
    context: { registration: REGISTRATION, extensions: {} },
    timestamp: '2026-09-20T10:00:00',
  },
};

const others = {
  'a cmi5 unit that was completed': {
    actor: { objectType: 'Agent', account },
    verb: verb('completed', { und: 'completed' }),
    object: { id: 'https://example.org/au/1', objectType: 'Activity' },
    result: {
      completion: true,
      duration: 'P0Y0M0DT0H12M30S',
      extensions: { 'https://w3id.org/xapi/cmi5/result/extensions/progress': 100 },
    },
    context: {
      registration: REGISTRATION.toLowerCase(),
      contextActivities: {
        category: [
          { id: 'https://w3id.org/xapi/cmi5/context/categories/cmi5' },
          { id: 'https://w3id.org/xapi/cmi5/context/categories/moveon' },
        ],
        grouping: [{ id: 'https://example.org/publisher/au/1' }],
      },
      extensions: {
        'https://w3id.org/xapi/cmi5/context/extensions/sessionid': '4da2f5b1',
        'https://w3id.org/xapi/cmi5/context/extensions/launchmode': 'Normal',
        'https://w3id.org/xapi/cmi5/context/extensions/moveon': 'CompletedOrPassed',
      },
    },
  },
  'a video that is watched': {
    actor: { mbox_sha1sum: 'ABCDEF0123456789ABCDEF0123456789ABCDEF01' },
    verb: { id: 'https://w3id.org/xapi/video/verbs/played' },
    object: {
      id: 'https://video.example.org/watch?v=a[b]&list=[]',
      definition: { type: 'https://w3id.org/xapi/video/activity-type/video' },
    },
    result: {
      extensions: {
        'https://w3id.org/xapi/video/extensions/time': 0,
        'https://w3id.org/xapi/video/extensions/played-segments': '0[.]10.5[,]12[.]20',
        'https://w3id.org/xapi/video/extensions/progress': 0.3,
        'custom:x.y.z': { 'dots.in.keys': { $set: null } },
      },
    },
    context: {
      contextActivities: { category: [{ id: 'https://w3id.org/xapi/video' }], other: [] },
      language: 'fr',
    },
  },
  'a virtual class that was joined': {
    actor: {
      objectType: 'Group',
      name: 'Promo 9',
      member: [{ mbox: 'mailto:ines@example.org', name: 'Inès' }, { openid: 'https://id.example.org/ines' }],
    },
    verb: { id: 'http://activitystrea.ms/join', display: { 'x-unknown': 'joined', 'zh-Hant-TW': '加入' } },
    object: {
      id: 'urn:bbb:meeting:9c1f',
      definition: { type: 'http://adlnet.gov/expapi/activities/meeting', moreInfo: 'urn:x' },
    },
    context: {
      team: { objectType: 'Group', account: { homePage: 'https://example.org', name: '' } },
      instructor: learner,
      statement: { objectType: 'StatementRef', id: REGISTRATION },
    },
    timestamp: '20260920T100000+0200',
  },
  'a quiz of iSpring': {
    actor: { name: 'Inès', mbox: 'mailto:ines@example.org' },
    verb: verb('failed', { 'en-us': 'failed' }),
    object: {
      id: 'https://example.org/quiz/é/1',
      definition: {
        type: 'http://adlnet.gov/expapi/activities/assessment',
        interactionType: 'sequencing',
        choices: [{ id: 'choix un', description: { 'fr-fr': '' } }, { id: '' }],
        correctResponsesPattern: [],
      },
    },
    result: {
      score: { scaled: 0, raw: 0, min: 0, max: 1e3 },
      success: false,
      response: '',
      duration: 'P1DT2H',
    },
  },
};

export const SHAPES: Readonly<Record<string, Loose>> = { ...h5p, ...articulate, ...others };
