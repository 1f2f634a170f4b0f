import { mentionedActivities } from './mentions.ts';
import { sameJson } from './same-json.ts';
import type { Activity, Statement } from './types.ts';

/** How many activities are remembered: some 5 MB at the most. */
const MOST = 2_000;
/** How many values the definition of one may have. */
const LARGEST = 50;

/** Stands for an activity that needs no second look. */
const VALID: Activity = { id: 'urn:x' };

/**
 * Remembers valid activities as they were last said. The statements of a course name the same few again and again, word
 * for word: what was found valid once is not looked at a second time.
 */
export interface KnownActivities {
  /** The value with known activities of its object and context activities replaced by the shortest valid one. */
  abridge(value: unknown): unknown;
  /** Remembers the activities of a valid statement. */
  note(statement: Statement): void;
}

type Json = Readonly<Record<string, unknown>>;

export function createKnownActivities(): KnownActivities {
  const last = new Map<string, Activity>();

  const isKnown = (value: unknown): boolean => {
    if (!isObject(value) || typeof value.id !== 'string') return false;
    const known = last.get(value.id);
    return known !== undefined && sameJson(known, value);
  };
  const abridgeOne = (value: unknown): unknown => (isKnown(value) ? VALID : value);
  const abridgeList = (value: unknown): unknown =>
    Array.isArray(value) ? value.map(abridgeOne) : abridgeOne(value);
  const abridgeContext = (context: unknown): unknown => {
    if (!isObject(context) || !isObject(context.contextActivities)) return context;
    const activities: Record<string, unknown> = { ...context.contextActivities };
    for (const [key, value] of Object.entries(context.contextActivities))
      if (KINDS.has(key)) activities[key] = abridgeList(value);
    return { ...context, contextActivities: activities };
  };

  return {
    abridge: (value) => {
      if (!isObject(value)) return value;
      const { object, context } = value;
      return {
        ...value,
        ...(object === undefined ? {} : { object: abridgeOne(object) }),
        ...(context === undefined ? {} : { context: abridgeContext(context) }),
      };
    },
    note: (statement) => {
      for (const activity of mentionedActivities(statement)) {
        if (last.get(activity.id) === activity || isKnown(activity)) continue;
        if (activity.id.length > 500 || sizeOf(activity) > LARGEST) continue;
        if (last.size >= MOST) last.clear();
        last.set(activity.id, activity);
      }
    },
  };
}

const KINDS = new Set(['parent', 'grouping', 'category', 'other']);

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** How many values there are in a JSON value. */
function sizeOf(value: unknown): number {
  if (typeof value === 'string') return 1 + value.length / 100;
  if (typeof value !== 'object' || value === null) return 1;
  return Object.values(value).reduce((sum: number, each) => sum + sizeOf(each), 1);
}
