import type { Activity, Agent, Result, Statement } from '../../xapi/statement/types.ts';

export const SITE = 'https://moodle.example.org';
export const COURSE = `${SITE}/course/view.php?id=2`;
export const EDLM = 'https://xapi.edlm/profiles/edlm-lms/concepts';
export const ADL = 'http://adlnet.gov/expapi';
const DAY = '2026-11-23';
export const at = (time: string) => `${DAY}T${time}.000Z`;

export const user = (id: string): Agent => ({ name: 'Somebody', account: { homePage: SITE, name: id } });
export const module = (kind: string, id: number) => `${SITE}/mod/${kind}/view.php?id=${id}`;
export const [PAGE, QUIZ, SCORM] = [module('page', 1), module('quiz', 7), module('scorm', 9)];
export const activity = (id: string, type: string): Activity => ({
  id,
  definition: { type, name: { fr: 'Titre' } },
});
export const course = activity(COURSE, 'https://w3id.org/xapi/cmi5/activitytype/course');
export const section = activity(
  `${SITE}/course/section.php?id=3`,
  'http://id.tincanapi.com/activitytype/section',
);

export interface Saying {
  readonly event: string;
  readonly time: string;
  readonly result?: Result;
  readonly parents?: readonly Activity[];
  readonly instructor?: string;
  readonly session?: string;
}

/** As logstore_xapi 4.9.0 sends it: no id, no objectType, the login session as registration, its event as extension. */
export function logstore(verb: string, object: Activity, saying: Saying): Statement {
  const { event, time, result, parents, instructor } = saying;
  return {
    actor: user('4'),
    verb: { id: verb, display: { en: verb.split('/').at(-1) ?? '' } },
    object,
    ...(result === undefined ? {} : { result }),
    context: {
      registration: saying.session ?? '4bd5e0cf-4a96-5d6b-a9ea-bb2e7ab10be5',
      ...(instructor === undefined ? {} : { instructor: user(instructor) }),
      language: 'fr',
      extensions: {
        'http://lrs.learninglocker.net/define/extensions/info': {
          [SITE]: '4.1.10',
          event_name: event,
          event_function: event.replace('\\event\\', '\\'),
        },
      },
      contextActivities: {
        ...(parents === undefined ? {} : { parent: parents }),
        category: [activity(SITE, 'http://id.tincanapi.com/activitytype/lms')],
      },
    },
    timestamp: `${DAY}T${time}+00:00`,
  };
}

export const page = activity(PAGE, 'https://w3id.org/xapi/acrossx/activities/page');
export const quiz = activity(QUIZ, `${ADL}/activities/assessment`);
export const completion = (state: 0 | 1 | 2 | 3, time: string, object = page) =>
  logstore(state === 0 ? `${EDLM}/verbs/uncompleted` : `${ADL}/verbs/completed`, object, {
    event: '\\core\\event\\course_module_completion_updated',
    time,
    parents: [section, course],
    ...(state === 0 ? {} : { result: { completion: true, ...(state > 1 ? { success: state === 2 } : {}) } }),
  });
export const viewed = (object: Activity, event: string, time = '09:00:00') =>
  logstore('http://id.tincanapi.com/verb/viewed', object, { event, time, parents: [section, course] });
