import type { CohortDefinition } from '../../config/cohort-definition.ts';
import type { Actor, Result, Statement } from '../../xapi/statement/types.ts';
import type { Told } from '../support/scene.ts';

/** What one statement tells about one cohort. Times are ms. */
export interface Telling {
  readonly actor: string;
  readonly at: number;
  readonly stored: number;
  readonly meaning: string;
  /** The learner did something. */
  readonly act: boolean;
  /** An LMS concluded it. */
  readonly lms: boolean;
  readonly object: string;
  /** The object is an attempt or a submission. */
  readonly attempt: boolean;
  readonly parents: readonly string[];
  readonly around: readonly string[];
  readonly completion: boolean | null;
  readonly success: boolean | null;
  readonly score: number | null;
  readonly progress: number | null;
  readonly segments: readonly (readonly [number, number])[];
  readonly length: number | null;
  /** Of a register entry. */
  readonly minutes: number | null;
  /** Equal for the same event told twice. */
  readonly event: string;
}

const MEANINGS: Readonly<Record<string, string>> = {
  attempted: 'started',
  initialized: 'started',
  completed: 'completed',
  passed: 'passed',
  failed: 'failed',
  scored: 'scored',
  progressed: 'progressed',
  attended: 'attended',
  'urn:assidu:verb:absent': 'absent',
  'urn:assidu:verb:excused': 'excused',
  launched: 'visited',
  uncompleted: 'uncompleted',
  waived: 'waived',
};
const ACTS = 'started interacted progressed scored completed passed failed joined left attended'.split(' ');
const ONLY_FOR_WHO_MAY = 'attended absent excused waived enrolled withdrew suspended resumed'.split(' ');
const MODULE_OR_COURSE_COMPLETED = /course_module_completion_updated$|event.course_completed$/;

/** The cohort's places: its units; its courses and itself. */
export function placesOf(definition: CohortDefinition): {
  readonly units: string[];
  readonly whole: string[];
} {
  return {
    units: definition.units.map(({ id }) => id),
    whole: [
      ...definition.contexts.flatMap(({ activity }) => (activity === undefined ? [] : [activity])),
      `urn:assidu:cohort:o:${definition.id}`,
    ],
  };
}

/** vocabulary.md, a statement at a time; null when it is no evidence of the cohort. */
export function read(
  definition: CohortDefinition,
  { statement, at, stored, standings }: Told,
): Telling | null {
  const { object, result } = statement;
  if ('objectType' in object && object.objectType !== undefined && object.objectType !== 'Activity')
    return null;
  if (!('id' in object)) return null;
  const type = 'definition' in object ? (object.definition?.type ?? '') : '';
  const activities = statement.context?.contextActivities;
  const parents = idsIn(activities?.parent);
  const around = idsIn(activities?.grouping);
  const { units, whole } = placesOf(definition);
  if (![object.id, ...parents, ...around].some((id) => units.includes(id) || whole.includes(id))) return null;

  const moodle = moodleEvent(statement);
  const lms = moodle !== null && MODULE_OR_COURSE_COMPLETED.test(moodle);
  const meaning = meaningOf({ statement, object: object.id, type, units, whole, lms, standings });
  const silent = meaning === 'none';
  const { instructor } = statement.context ?? {};
  const byAnother =
    instructor !== undefined && keyOf(instructor) !== keyOf(statement.actor) && meaning !== 'attended';
  const minutes = meaning === 'attended' ? minutesIn(result) : null;
  const completion =
    meaning === 'uncompleted'
      ? false
      : !silent && (meaning === 'completed' || result?.completion === true)
        ? true
        : null;
  const success =
    meaning === 'passed'
      ? true
      : meaning === 'failed'
        ? false
        : silent || (moodle !== null && !lms)
          ? null
          : (result?.success ?? null);
  const video = videoIn(result);
  return {
    actor: keyOf(statement.actor),
    at,
    stored,
    meaning,
    act:
      ACTS.includes(meaning) &&
      !lms &&
      !byAnother &&
      !(moodle !== null && meaning === 'scored') &&
      minutes !== 0,
    lms,
    object: object.id,
    attempt: /\/(attempt|submission)$/.test(type),
    parents,
    around,
    completion,
    success,
    score: silent ? null : scoreIn(result),
    progress: silent ? null : progressIn(result),
    segments: silent ? [] : video.segments,
    length: silent ? null : video.length,
    minutes,
    event: JSON.stringify([keyOf(statement.actor), meaning, object.id, at, sorted(result ?? null)]),
  };
}

interface Said {
  readonly statement: Statement;
  readonly object: string;
  readonly type: string;
  readonly units: readonly string[];
  readonly whole: readonly string[];
  readonly lms: boolean;
  readonly standings: boolean;
}

function meaningOf({ statement, object, type, units, whole, lms, standings }: Said): string {
  const { verb, result } = statement;
  const name = verb.id.startsWith('urn:') ? verb.id : (verb.id.split('/').at(-1) ?? '');
  const course = /\/course$/.test(type);
  let meaning = MEANINGS[name] ?? 'interacted';
  if (name === 'viewed')
    meaning = units.includes(object)
      ? 'started'
      : whole.includes(object) || course
        ? 'visited'
        : 'interacted';
  if (name === 'join') meaning = course ? 'enrolled' : 'joined';
  if (name === 'leave') meaning = course ? 'withdrew' : 'left';
  if (name === 'enrolled' || name === 'suspended' || name === 'resumed') meaning = course ? name : 'none';
  if (ONLY_FOR_WHO_MAY.includes(meaning) && !standings) return 'none';
  if (meaning === 'completed' && lms && result?.success === false) return 'uncompleted';
  if (meaning === 'completed' && result?.completion === false) return 'interacted';
  if (meaning === 'attended' && result?.completion === false) return 'absent';
  if (meaning === 'started' && result?.completion === true) return 'completed';
  if ((meaning === 'started' || meaning === 'interacted') && progressIn(result) !== null) return 'progressed';
  return meaning;
}

/** A name for an actor: one text an identifier. */
export function keyOf(actor: Actor): string {
  if (actor.account) return `account|${actor.account.homePage}|${actor.account.name}`;
  if (actor.mbox) return `mbox|${actor.mbox}`;
  return `mbox_sha1sum|${actor.mbox_sha1sum ?? ''}`;
}

function idsIn(list: unknown): string[] {
  return (Array.isArray(list) ? list : list === undefined ? [] : [list]).map(
    (each: { id: string }) => each.id,
  );
}

function moodleEvent(statement: Statement): string | null {
  const info = JSON.stringify(statement.context?.extensions ?? {});
  const found = /"event_name":("[^"]*")/.exec(info)?.[1];
  return found === undefined ? null : String(JSON.parse(found));
}

function scoreIn(result: Result | undefined): number | null {
  const score = result?.score;
  if (score?.raw !== undefined && score.min !== undefined && score.max !== undefined)
    return (score.raw - score.min) / (score.max - score.min);
  return score?.scaled ?? null;
}

function progressIn(result: Result | undefined): number | null {
  const [found] = Object.entries(result?.extensions ?? {}).filter(([key]) => key.endsWith('/progress'));
  if (found === undefined || typeof found[1] !== 'number') return null;
  const [key, value] = found;
  // cmi5 counts per cent, the video profile shares; of others what is more than 1 is per cent.
  const perCent = key.includes('/cmi5/') || (!key.includes('/video/') && value > 1);
  return perCent ? value / 100 : value;
}

function videoIn(result: Result | undefined): { segments: [number, number][]; length: number | null } {
  const video = 'https://w3id.org/xapi/video/extensions';
  const text = result?.extensions?.[`${video}/played-segments`];
  const length = result?.extensions?.[`${video}/length`];
  const segments =
    typeof text === 'string'
      ? text.split('[,]').map((part): [number, number] => {
          const [from = 0, to = 0] = part.split('[.]').map(Number);
          return [from, to];
        })
      : [];
  return { segments, length: typeof length === 'number' ? length : null };
}

/** Only whole minutes and hours are generated. */
function minutesIn(result: Result | undefined): number | null {
  const parts = /^PT(?:(\d+)H)?(?:(\d+)M)?$/.exec(result?.duration ?? '');
  return parts ? 60 * Number(parts[1] ?? 0) + Number(parts[2] ?? 0) : null;
}

function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  return Object.entries(value)
    .map(([key, each]) => [key, sorted(each)])
    .sort((a, b) => (String(a[0]) < String(b[0]) ? -1 : 1));
}
