import type { Statement } from '../../xapi/statement/types.ts';
import type { DemoUser } from '../platform/demo-types.ts';

const INFO = 'http://lrs.learninglocker.net/define/extensions/info';

/** Statements as Moodle's logstore_xapi 4.9 writes them: the shapes are those recorded from a real Moodle. */
export interface MoodleCourse {
  readonly lms: string;
  readonly courseId: string;
  readonly courseTitle: string;
  /** Names of modules, by their ids. */
  readonly names?: ReadonlyMap<string, string>;
}

type Types = 'page' | 'quiz' | 'meeting' | 'course' | 'attempt';
const TYPES: Readonly<Record<Types, string>> = {
  page: 'https://w3id.org/xapi/acrossx/activities/page',
  quiz: 'http://adlnet.gov/expapi/activities/assessment',
  meeting: 'http://adlnet.gov/expapi/activities/meeting',
  course: 'https://w3id.org/xapi/cmi5/activitytype/course',
  attempt: 'http://adlnet.gov/expapi/activities/attempt',
};

interface Told {
  readonly user: DemoUser;
  /** ms since the epoch. */
  readonly at: number;
  readonly verb: string;
  readonly event: string;
  readonly object: string;
  readonly type: Types;
  readonly parents?: readonly string[];
  readonly result?: Statement['result'];
}

function tell(course: MoodleCourse, told: Told): Statement {
  const courseActivity = {
    id: `${course.lms}/course/view.php?id=${course.courseId}`,
    definition: { type: TYPES.course },
  };
  return {
    actor: { name: told.user.name, account: { homePage: course.lms, name: told.user.id } },
    verb: { id: told.verb },
    object: {
      objectType: 'Activity',
      id: told.object,
      definition: { type: TYPES[told.type], ...nameOf(course, told) },
    },
    ...(told.result === undefined ? {} : { result: told.result }),
    context: {
      platform: 'Moodle',
      language: 'fr',
      extensions: { [INFO]: { event_name: told.event } },
      contextActivities: {
        parent: [
          ...(told.parents ?? []).map((id) => ({ id })),
          ...(told.type === 'course' ? [] : [courseActivity]),
        ],
        category: [{ id: course.lms }],
      },
    },
    timestamp: new Date(told.at).toISOString(),
  };
}

function nameOf(
  { names }: MoodleCourse,
  { object }: Told,
): { readonly name?: Readonly<Record<string, string>> } {
  const name = names?.get(object);
  return name === undefined ? {} : { name: { fr: name } };
}

/** The course page was looked at: a visit, no act. */
export function courseViewed(course: MoodleCourse, user: DemoUser, at: number): Statement {
  return tell(course, {
    user,
    at,
    verb: 'http://id.tincanapi.com/verb/viewed',
    event: '\\core\\event\\course_viewed',
    object: `${course.lms}/course/view.php?id=${course.courseId}`,
    type: 'course',
  });
}

/** A module was opened. */
export function moduleViewed(course: MoodleCourse, user: DemoUser, unit: string, at: number): Statement {
  const type = unit.includes('/quiz/') ? 'quiz' : 'page';
  return tell(course, {
    user,
    at,
    verb: 'http://id.tincanapi.com/verb/viewed',
    event: `\\mod_${type}\\event\\course_module_viewed`,
    object: unit,
    type,
  });
}

/** Moodle concludes that a module is completed, a few seconds after the act that did it. */
export function moduleCompleted(course: MoodleCourse, user: DemoUser, unit: string, at: number): Statement {
  return tell(course, {
    user,
    at,
    verb: 'http://adlnet.gov/expapi/verbs/completed',
    event: '\\core\\event\\course_module_completion_updated',
    object: unit,
    type: unit.includes('/quiz/') ? 'quiz' : 'page',
    result: { completion: true },
  });
}

/** An attempt at a quiz was handed in: `points` of 20. */
export function quizAttempted(
  course: MoodleCourse,
  user: DemoUser,
  quiz: { readonly unit: string; readonly attempt: number; readonly points: number },
  at: number,
): Statement {
  return tell(course, {
    user,
    at,
    verb: 'http://adlnet.gov/expapi/verbs/completed',
    event: '\\mod_quiz\\event\\attempt_submitted',
    object: `${course.lms}/mod/quiz/attempt.php?attempt=${quiz.attempt}`,
    type: 'attempt',
    parents: [quiz.unit],
    result: {
      score: { raw: quiz.points, min: 0, max: 20, scaled: (2 * quiz.points) / 20 - 1 },
      completion: true,
      success: true,
      duration: 'PT14M',
    },
  });
}

/** A virtual class was joined, and left. */
export function meetingAttended(
  course: MoodleCourse,
  user: DemoUser,
  meeting: { readonly unit: string; readonly from: number; readonly to: number },
): readonly Statement[] {
  const at = (verb: string, event: string, instant: number) =>
    tell(course, { user, at: instant, verb, event, object: meeting.unit, type: 'meeting' });
  return [
    at('http://activitystrea.ms/join', '\\mod_bigbluebuttonbn\\event\\meeting_joined', meeting.from),
    at('http://activitystrea.ms/leave', '\\mod_bigbluebuttonbn\\event\\meeting_left', meeting.to),
  ];
}

/** A day together was attended, as the trainer's register says. */
export function dayAttended(course: MoodleCourse, user: DemoUser, unit: string, at: number): Statement {
  return {
    actor: { name: user.name, account: { homePage: course.lms, name: user.id } },
    verb: { id: 'http://adlnet.gov/expapi/verbs/attended' },
    object: { id: unit, definition: { type: TYPES.meeting } },
    timestamp: new Date(at).toISOString(),
  };
}
