import { actorKey } from '../statement/ifi.ts';
import type { Activity, ActivityOrList, Statement } from '../statement/types.ts';
import { entryOf } from './entry.ts';
import { ACTS, type LearningEvent, type Meaning, type ObjectKind, STANDINGS } from './event.ts';
import { isDistrustedScorm, isMoodleConclusion, isMoodleView, moodleEvent } from './moodle-logstore.ts';
import { objectKindOf } from './object-kind.ts';
import { isOpenEdx, isOpenEdxGrade } from './open-edx.ts';
import { canonical, normalisedScore, playedOf, progressOf } from './result.ts';
import { isView, meaningOfVerb } from './verbs.ts';

/** A statement and what its keeping adds. Times in ms since the epoch. */
export interface StatementToRead {
  readonly id: string;
  readonly statement: Statement;
  readonly timestamp: number;
  readonly stored: number;
  /** Whether its writer may change standings (vocabulary.md "Who may say it"). */
  readonly standings: boolean;
  /** Written by this product itself: what it tells of the recorder holds. */
  readonly own?: boolean;
}

/**
 * Statement -> event, by verb, object type, context and result (vocabulary.md). Null when it can be nobody's progress:
 * an object that is no activity, an actor without identifier. Never an error: unknown sources are `interacted`.
 */
export function readStatement(kept: StatementToRead): LearningEvent | null {
  const { statement } = kept;
  const { object, result, context } = statement;
  const actor = actorKey(statement.actor);
  if (actor === null || !isActivity(object)) return null;

  const objectKind = objectKindOf(object.definition?.type);
  const moodle = moodleEvent(statement);
  const said = meaningOfVerb(statement.verb.id, {
    objectId: object.id,
    objectType: object.definition?.type,
    objectKind,
    moodleEvent: moodle,
    openEdx: isOpenEdx(statement),
  });
  const meaning = refine(STANDINGS.has(said) && !kept.standings ? 'none' : said, statement, moodle);
  const derived =
    isMoodleConclusion(moodle) || meaning === 'satisfied' || isOpenEdxGrade(statement, objectKind);
  const entry = entryOf(meaning, kept);
  const byAnother =
    meaning !== 'attended' &&
    context?.instructor !== undefined &&
    actorKey(context.instructor) !== actor &&
    !isMoodleView(moodle);
  return {
    statementId: kept.id,
    actor,
    at: kept.timestamp,
    stored: kept.stored,
    meaning,
    act:
      ACTS.has(meaning) &&
      !derived &&
      !byAnother &&
      !(moodle !== null && meaning === 'scored') &&
      entry?.minutes !== 0,
    view: isView(statement.verb.id),
    derived,
    object: object.id,
    objectKind,
    parents: idsOf(context?.contextActivities?.parent),
    groupings: idsOf(context?.contextActivities?.grouping),
    completion: completionOf(meaning, statement, objectKind, moodle),
    success: successOf(meaning, statement, moodle),
    score: meaning === 'none' ? null : normalisedScore(result),
    progress: meaning === 'none' ? null : progressOf(result),
    played: meaning === 'none' ? null : playedOf(result, context),
    ...(entry === undefined ? {} : { entry }),
    result: result === undefined ? '' : canonical(result),
  };
}

function isActivity(object: Statement['object']): object is Activity {
  return object.objectType === undefined || object.objectType === 'Activity';
}

function idsOf(list: ActivityOrList | undefined): readonly string[] {
  if (list === undefined) return [];
  return 'id' in list ? [list.id] : list.map(({ id }) => id);
}

/**
 * What the result makes of the verb's meaning: `attempted` with completion true is completed, `completed` with completion
 * false is only an act. Moodle marks a module failed as completed without success and itself counts it incomplete.
 */
function refine(meaning: Meaning, { result }: Statement, moodle: string | null): Meaning {
  if (meaning === 'completed') {
    if (isMoodleConclusion(moodle) && result?.success === false) return 'uncompleted';
    return result?.completion === false ? 'interacted' : 'completed';
  }
  // The attendance recipe of Jisc says "attended" of who did not come, with completion false.
  if (meaning === 'attended' && result?.completion === false) return 'absent';
  if (meaning === 'started' && result?.completion === true) return 'completed';
  if ((meaning === 'interacted' || meaning === 'started') && progressOf(result) !== null) return 'progressed';
  return meaning;
}

/** `completed`, and result.completion true on any verb that is heard at all (metrics.md "Completed"). */
function completionOf(
  meaning: Meaning,
  { result }: Statement,
  objectKind: ObjectKind,
  moodle: string | null,
): boolean | null {
  if (meaning === 'uncompleted') return false;
  // cmi5 9.3.9: the LMS says so of a course when everything in it is done.
  if (meaning === 'satisfied' && objectKind === 'course') return true;
  if (meaning === 'none' || isDistrustedScorm(moodle)) return null;
  return meaning === 'completed' || result?.completion === true ? true : null;
}

/** Success as stated; logstore_xapi says true without a pass mark, so only Moodle's own conclusion is heard there. */
function successOf(meaning: Meaning, { result }: Statement, moodle: string | null): boolean | null {
  if (meaning === 'passed') return true;
  if (meaning === 'failed') return false;
  if (meaning === 'none' || (moodle !== null && !isMoodleConclusion(moodle))) return null;
  return result?.success ?? null;
}
