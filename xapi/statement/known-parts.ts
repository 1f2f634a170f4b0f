import { sameJson } from './same-json.ts';
import { VOIDED } from './schema/verb.ts';

/** How many parts are remembered: some 10 MB at the most. */
const MOST = 5_000;
/** How many values one may have, and how long what it is known by may be. */
const LARGEST = 50;
const LONGEST = 500;

/** What stands for a part that needs no second look. */
const VALID = {
  activity: { id: 'urn:x' },
  actor: { mbox: 'mailto:x@example.org' },
  verb: { id: 'urn:x' },
} as const;
type Kind = keyof typeof VALID;
const LISTS = ['parent', 'grouping', 'category', 'other'] as const;

type Json = Record<string, unknown>;

/** A statement to be looked at, and its parts that were not known. */
export interface Abridged {
  readonly value: unknown;
  readonly strangers: readonly Stranger[];
}

interface Stranger {
  readonly key: string;
  readonly part: Json;
}

/**
 * Remembers valid parts of statements - actor, verb, activities - as they were last said. The statements of a course name
 * the same few again and again, word for word: what was found valid once is not looked at a second time, and takes the
 * place of its equals, so that whoever comes later sees at once that it is the same.
 */
export interface KnownParts {
  /** The value with known parts replaced by the shortest valid ones; in the value itself, by those known. */
  abridge(value: unknown): Abridged;
  /** Remembers the parts of a statement that was found valid. */
  note(strangers: readonly Stranger[]): void;
}

export function createKnownParts(): KnownParts {
  const last = new Map<string, Json>();

  /** The part known to be the same; else null, and it is a stranger. */
  const find = (kind: Kind, part: unknown, strangers: Stranger[]): Json | null => {
    if (!isObject(part)) return null;
    const name = NAME_OF[kind](part);
    if (typeof name !== 'string' || name.length > LONGEST) return null;
    const key = `${kind} ${name}`;
    const known = last.get(key);
    if (known !== undefined && sameJson(known, part)) return known;
    strangers.push({ key, part });
    return null;
  };

  /** Abridges the member of an object, or the item of a list, that is a part of this kind. */
  const abridgeAt = (
    holder: Json | unknown[],
    at: string | number,
    kind: Kind,
    strangers: Stranger[],
  ): unknown => {
    const part: unknown = Reflect.get(holder, at);
    const known = find(kind, part, strangers);
    if (known === null) return part;
    Reflect.set(holder, at, known);
    return VALID[kind];
  };

  const abridgeContext = (context: unknown, strangers: Stranger[]): unknown => {
    if (!isObject(context) || !isObject(context.contextActivities)) return context;
    const { contextActivities } = context;
    const activities: Json = { ...contextActivities };
    for (const kind of LISTS) {
      if (!Object.hasOwn(contextActivities, kind)) continue;
      const listed = contextActivities[kind];
      activities[kind] = Array.isArray(listed)
        ? listed.map((_item, index) => abridgeAt(listed, index, 'activity', strangers))
        : abridgeAt(contextActivities, kind, 'activity', strangers);
    }
    return { ...context, contextActivities: activities };
  };

  return {
    abridge: (value) => {
      if (!isObject(value)) return { value, strangers: [] };
      const strangers: Stranger[] = [];
      const abridged: Json = { ...value };
      for (const [member, kind] of MEMBERS)
        if (Object.hasOwn(value, member)) abridged[member] = abridgeAt(value, member, kind, strangers);
      if (Object.hasOwn(value, 'context')) abridged.context = abridgeContext(value.context, strangers);
      return { value: abridged, strangers };
    },
    note: (strangers) => {
      for (const { key, part } of strangers) {
        if (sizeOf(part) > LARGEST) continue;
        if (last.size >= MOST) last.clear();
        last.set(key, part);
      }
    },
  };
}

const MEMBERS = [
  ['actor', 'actor'],
  ['verb', 'verb'],
  ['object', 'activity'],
] as const;

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What parts are known by; nothing for those that more depends on than that they are valid themselves. */
const NAME_OF: Readonly<Record<Kind, (part: Json) => unknown>> = {
  activity: ({ id, objectType }) => (objectType === undefined || objectType === 'Activity' ? id : undefined),
  actor: ({ account, mbox, member }) =>
    member !== undefined ? undefined : isObject(account) ? account.name : mbox,
  // What is voided must be a statement (xAPI 1.0.3 Data 2.3.2).
  verb: ({ id }) => (id === VOIDED ? undefined : id),
};

/** How many values there are in a JSON value. */
function sizeOf(value: unknown): number {
  if (typeof value === 'string') return 1 + value.length / 100;
  if (typeof value !== 'object' || value === null) return 1;
  return Object.values(value).reduce((sum: number, each) => sum + sizeOf(each), 1);
}
