import type { Activity, ActivityOrList, LanguageMap, Statement } from '../../xapi/statement/types.ts';
import type { LearningEvent, Meaning } from '../../xapi/vocabulary/event.ts';
import { objectKindOf } from '../../xapi/vocabulary/object-kind.ts';

/** How far somebody got with an activity, the furthest first. */
export const REACHES = ['passed', 'attended', 'completed', 'tried', 'opened'] as const;
export type Reach = (typeof REACHES)[number];

/** An activity of a course as statements tell of it. Times in ms. */
export interface SeenActivity {
  readonly id: string;
  /** Type IRI; null where none is told. */
  readonly type: string | null;
  /** What the newest statement that names it calls it. */
  readonly name: LanguageMap | null;
  /** Each person by the furthest they got. */
  readonly reached: ReadonlyMap<string, Reach>;
  /** Somebody was given a score. */
  readonly scored: boolean;
  readonly firstUse: number;
  /** When people joined and left. */
  readonly joined: readonly number[];
  readonly left: readonly number[];
}

interface Building {
  type: string | null;
  name: LanguageMap | null;
  readonly reached: Map<string, Reach>;
  scored: boolean;
  firstUse: number;
  readonly joined: number[];
  readonly left: number[];
}

const NOTHING_DONE: ReadonlySet<Meaning> = new Set<Meaning>(['none', 'uncompleted', 'visited']);

/** Places that hold activities, and what happens within one: no units by themselves. */
const NO_UNIT =
  /[/:#](course|section|lms|site|group|cohort|profile|user|attempt|submission|feedback|review|cmi\.interaction|question|interaction|webpage|cohorts|link-launch|system)$/i;

/** Gathers what statements of some courses tell of their activities. */
export function createActivitySight(contexts: ReadonlySet<string>): {
  add(statement: Statement, event: LearningEvent): void;
  activities(): readonly SeenActivity[];
} {
  const seen = new Map<string, Building>();
  return {
    add: (statement, event) => {
      const activity = unitOf(statement, contexts);
      // A visit, such as to this tool's own activity, makes no unit (vocabulary.md "viewed").
      if (activity === null || NOTHING_DONE.has(event.meaning)) return;
      const held = seen.get(activity.id) ?? newActivity(event.at);
      seen.set(activity.id, held);
      held.type ??= activity.type;
      held.name ??= activity.name;
      held.firstUse = Math.min(held.firstUse, event.at);
      if (event.score !== null) held.scored = true;
      const reach = reachOf(event, activity.id);
      const before = held.reached.get(event.actor);
      if (before === undefined || REACHES.indexOf(reach) < REACHES.indexOf(before))
        held.reached.set(event.actor, reach);
      if (event.meaning === 'joined') held.joined.push(event.at);
      if (event.meaning === 'left') held.left.push(event.at);
    },
    activities: () =>
      [...seen]
        .map(([id, rest]) => ({ id, ...rest }))
        .sort((a, b) => a.firstUse - b.firstUse || (a.id < b.id ? -1 : 1)),
  };
}

function newActivity(at: number): Building {
  return { type: null, name: null, reached: new Map(), scored: false, firstUse: at, joined: [], left: [] };
}

interface Named {
  readonly id: string;
  readonly type: string | null;
  readonly name: LanguageMap | null;
}

/** The activity that a statement is about: the outermost that is none of a course's containers. */
function unitOf({ object, context }: Statement, contexts: ReadonlySet<string>): Named | null {
  const above = listOf(context?.contextActivities?.parent).filter((each) => mayBeUnit(each, contexts));
  const outermost = above.at(-1);
  if (outermost !== undefined) return outermost;
  if (object.objectType !== undefined && object.objectType !== 'Activity') return null;
  const own = named(object);
  return mayBeUnit(own, contexts) ? own : null;
}

function mayBeUnit({ id, type }: Named, contexts: ReadonlySet<string>): boolean {
  if (contexts.has(id) || id.startsWith('urn:assidu:') || /\/course\/(view|section)\.php\b/.test(id))
    return false;
  if (type === null) return true;
  return objectKindOf(type) === 'other' && !NO_UNIT.test(type);
}

function named({ id, definition }: Activity): Named {
  return { id, type: definition?.type ?? null, name: definition?.name ?? null };
}

function listOf(list: ActivityOrList | undefined): readonly Named[] {
  if (list === undefined) return [];
  return 'id' in list ? [named(list)] : list.map(named);
}

function reachOf({ meaning, success, completion, score, object }: LearningEvent, activity: string): Reach {
  if (meaning === 'passed' || success === true) return 'passed';
  if (meaning === 'attended' || meaning === 'joined') return 'attended';
  if (completion === true && object === activity) return 'completed';
  return completion === true || score !== null || meaning === 'failed' ? 'tried' : 'opened';
}
