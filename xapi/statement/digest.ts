import { createHash } from 'node:crypto';
import { comparableDuration } from './schema/duration.ts';
import { instantOf } from './schema/instant.ts';
import type {
  Activity,
  ActivityOrList,
  Actor,
  Attachment,
  Context,
  ContextActivities,
  LanguageMap,
  Result,
  Statement,
  StatementObject,
  StatementRef,
  SubStatement,
} from './types.ts';

type Json = { readonly [key: string]: unknown };

const isJsonObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * One text per JSON value: keys sorted, undefined members left out, numbers by value. A string is preceded by its
 * length, so that nothing in it needs an escape.
 */
const canonicalText = (value: unknown): string => {
  if (typeof value === 'string') return `${value.length}"${value}`;
  if (Array.isArray(value)) return `[${value.map(canonicalText).join(',')}]`;
  if (!isJsonObject(value)) return String(value);
  let text = '{';
  for (const key of Object.keys(value).sort()) {
    const member = value[key];
    if (member !== undefined) text += `${key.length}"${key}${canonicalText(member)},`;
  }
  return `${text}}`;
};

const lower = (value: string | undefined): string | undefined => value?.toLowerCase();

/** The domain of an address ignores case, what stands before it does not. */
const comparableMbox = (mbox: string | undefined): string | undefined => {
  if (mbox === undefined) return undefined;
  const at = mbox.lastIndexOf('@');
  return at < 0 ? mbox : mbox.slice(0, at) + mbox.slice(at).toLowerCase();
};

const comparableActor = (actor: Actor): Json => ({
  ...actor,
  mbox: comparableMbox(actor.mbox),
  mbox_sha1sum: lower(actor.mbox_sha1sum),
  member:
    'member' in actor
      ? actor.member?.map((member) => canonicalText(comparableActor(member))).sort()
      : undefined,
});

/** The definition is not part of the statement. */
const comparableActivity = (activity: Activity): Json => ({
  objectType: activity.objectType,
  id: activity.id,
});

const comparableActivities = (value: ActivityOrList | undefined): readonly Json[] | undefined => {
  if (value === undefined) return undefined;
  return 'id' in value ? [comparableActivity(value)] : value.map(comparableActivity);
};

const comparableContextActivities = (activities: ContextActivities): Json => ({
  parent: comparableActivities(activities.parent),
  grouping: comparableActivities(activities.grouping),
  category: comparableActivities(activities.category),
  other: comparableActivities(activities.other),
});

const comparableRef = (ref: StatementRef): Json => ({ ...ref, id: lower(ref.id) });

const comparableLanguages = (map: LanguageMap | undefined): Json | undefined =>
  map && Object.fromEntries(Object.entries(map).map(([tag, text]) => [tag.toLowerCase(), text]));

const comparableAttachment = (attachment: Attachment): Json => ({
  ...attachment,
  sha2: lower(attachment.sha2),
  display: comparableLanguages(attachment.display),
  description: comparableLanguages(attachment.description),
});

const comparableContext = (context: Context): Json => ({
  ...context,
  registration: lower(context.registration),
  language: lower(context.language),
  instructor: context.instructor && comparableActor(context.instructor),
  team: context.team && comparableActor(context.team),
  statement: context.statement && comparableRef(context.statement),
  contextActivities: context.contextActivities && comparableContextActivities(context.contextActivities),
  contextAgents: context.contextAgents?.map((entry) => ({ ...entry, agent: comparableActor(entry.agent) })),
  contextGroups: context.contextGroups?.map((entry) => ({ ...entry, group: comparableActor(entry.group) })),
});

const comparableResult = (result: Result): Json => ({
  ...result,
  duration: result.duration && comparableDuration(result.duration),
});

const comparableObject = (object: StatementObject): Json => {
  if (object.objectType === 'SubStatement')
    return { objectType: object.objectType, ...comparableBody(object) };
  if (object.objectType === 'StatementRef') return comparableRef(object);
  if (object.objectType === 'Agent' || object.objectType === 'Group') return comparableActor(object);
  return comparableActivity(object);
};

const comparableBody = (statement: Statement | SubStatement): Json => ({
  actor: comparableActor(statement.actor),
  verb: statement.verb.id,
  object: comparableObject(statement.object),
  result: statement.result && comparableResult(statement.result),
  context: statement.context && comparableContext(statement.context),
  timestamp: statement.timestamp && (instantOf(statement.timestamp) ?? statement.timestamp),
  attachments: statement.attachments?.map(comparableAttachment),
});

// UTF-16, because UTF-8 would turn every lone surrogate into the same replacement character.
const sha256 = (value: Json): string =>
  createHash('sha256').update(canonicalText(value), 'utf16le').digest('hex');

/**
 * SHA-256 in hex of what makes a statement itself (1.0.3 Data 2.3.1, Statement Comparison). Left out: `id`,
 * `authority`, `stored`, `version`, verb displays, activity definitions, attached data. Without influence: the
 * order of keys and of group members, a single context activity or an array of one, the case of UUIDs, language
 * tags, hashes and e-mail domains, how a timestamp writes its instant (to the millisecond) and a duration's digits
 * beyond 0.01 s. A statement without timestamp differs from one that has it: see `sameStatement`.
 */
export function statementDigest(statement: Statement): string {
  return sha256(comparableBody(statement));
}

/**
 * True when an LRS that keeps one of the two may take the other for the same statement: equal digests, or a
 * timestamp on one side only, which the LRS may have assigned (1.0.3 Data 2.3.1 and 2.4.7). Ids are not compared.
 */
export function sameStatement(left: Statement, right: Statement): boolean {
  if ((left.timestamp === undefined) === (right.timestamp === undefined)) {
    return statementDigest(left) === statementDigest(right);
  }
  const untimed = (statement: Statement) => sha256({ ...comparableBody(statement), timestamp: undefined });
  return untimed(left) === untimed(right);
}
