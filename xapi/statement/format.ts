import { languageRanges, oneLanguage } from './accept-language.ts';
import type {
  Activity,
  ActivityDefinition,
  ActivityOrList,
  Actor,
  Agent,
  Context,
  ContextActivities,
  Group,
  InteractionComponent,
  LanguageMap,
  Statement,
  StatementObject,
  SubStatement,
  Verb,
} from './types.ts';

/** The `format` parameter of GET /statements (1.0.3 Communication 2.1.3). */
export type StatementFormat = 'exact' | 'ids' | 'canonical';

/** Canonical definitions of activities, by id. */
export type KnownDefinitions = ReadonlyMap<string, ActivityDefinition>;

/** What a format does to each part of a statement that it touches. */
interface Rewriter {
  readonly agent: (agent: Agent) => Agent;
  readonly group: (group: Group) => Group;
  readonly verb: (verb: Verb) => Verb;
  readonly activity: (activity: Activity) => Activity;
}

const same = <Value>(value: Value): Value => value;

/** `{ key: change(value) }`, or nothing when there is no value. */
const changed = <Key extends string, Value, Changed>(
  key: Key,
  value: Value | undefined,
  change: (value: Value) => Changed,
): { readonly [Name in Key]?: Changed } => {
  const result: { [Name in Key]?: Changed } = {};
  if (value !== undefined) result[key] = change(value);
  return result;
};

const EXACT: Rewriter = { agent: same, group: same, verb: same, activity: same };

const identifiers = ({ name: _name, ...rest }: Agent): Agent => rest;

const IDS: Rewriter = {
  agent: identifiers,
  group: ({ name: _name, member, ...rest }) => {
    const identified = rest.mbox ?? rest.mbox_sha1sum ?? rest.openid ?? rest.account;
    return identified === undefined
      ? { ...rest, ...changed('member', member, (all) => all.map(identifiers)) }
      : rest;
  },
  verb: ({ id }) => ({ id }),
  activity: ({ id }) => ({ id }),
};

const canonical = (acceptLanguage: string | undefined, known: KnownDefinitions): Rewriter => {
  const ranges = languageRanges(acceptLanguage);
  const pick = (map: LanguageMap): LanguageMap => oneLanguage(map, ranges);
  const components = (items: readonly InteractionComponent[]): readonly InteractionComponent[] =>
    items.map((item) => ({ ...item, ...changed('description', item.description, pick) }));
  const definition = (of: ActivityDefinition): ActivityDefinition => ({
    ...of,
    ...changed('name', of.name, pick),
    ...changed('description', of.description, pick),
    ...changed('choices', of.choices, components),
    ...changed('scale', of.scale, components),
    ...changed('source', of.source, components),
    ...changed('target', of.target, components),
    ...changed('steps', of.steps, components),
  });
  return {
    agent: same,
    group: same,
    verb: (verb) => ({ ...verb, ...changed('display', verb.display, pick) }),
    activity: (activity) => ({
      ...activity,
      ...changed('definition', known.get(activity.id) ?? activity.definition, definition),
    }),
  };
};

const actorIn = (actor: Actor, rewrite: Rewriter): Actor =>
  actor.objectType === 'Group' ? rewrite.group(actor) : rewrite.agent(actor);

const activitiesIn = (activities: ContextActivities, rewrite: Rewriter): ContextActivities => {
  // A single activity is always returned as an array of one (1.0.3 Data 2.4.6.2).
  const all = (value: ActivityOrList): readonly Activity[] =>
    ('id' in value ? [value] : value).map(rewrite.activity);
  return {
    ...changed('parent', activities.parent, all),
    ...changed('grouping', activities.grouping, all),
    ...changed('category', activities.category, all),
    ...changed('other', activities.other, all),
  };
};

const contextIn = (context: Context, rewrite: Rewriter): Context => ({
  ...context,
  ...changed('instructor', context.instructor, (actor) => actorIn(actor, rewrite)),
  ...changed('team', context.team, rewrite.group),
  ...changed('contextActivities', context.contextActivities, (all) => activitiesIn(all, rewrite)),
  ...changed('contextAgents', context.contextAgents, (all) =>
    all.map((entry) => ({ ...entry, agent: rewrite.agent(entry.agent) })),
  ),
  ...changed('contextGroups', context.contextGroups, (all) =>
    all.map((entry) => ({ ...entry, group: rewrite.group(entry.group) })),
  ),
});

const objectIn = (object: StatementObject, rewrite: Rewriter): StatementObject =>
  object.objectType === 'SubStatement' ? subStatementIn(object, rewrite) : plainObjectIn(object, rewrite);

const plainObjectIn = (
  object: Exclude<StatementObject, SubStatement>,
  rewrite: Rewriter,
): Exclude<StatementObject, SubStatement> => {
  if (object.objectType === 'StatementRef') return object;
  if (object.objectType === 'Group') return rewrite.group(object);
  if (object.objectType === 'Agent') return { ...rewrite.agent(object), objectType: 'Agent' };
  return rewrite.activity(object);
};

const subStatementIn = (statement: SubStatement, rewrite: Rewriter): SubStatement => ({
  ...statement,
  actor: actorIn(statement.actor, rewrite),
  verb: rewrite.verb(statement.verb),
  object: plainObjectIn(statement.object, rewrite),
  ...changed('context', statement.context, (context) => contextIn(context, rewrite)),
});

const rewriterOf = (
  format: StatementFormat,
  acceptLanguage: string | undefined,
  known: KnownDefinitions,
): Rewriter => {
  if (format === 'ids') return IDS;
  return format === 'canonical' ? canonical(acceptLanguage, known) : EXACT;
};

/**
 * A statement as GET /statements returns it (1.0.3 Communication 2.1.3): `exact` as it was received, `ids` with
 * only what identifies agents, groups, verbs and activities, `canonical` with the definitions that the LRS knows of
 * activities (the statement's own where it knows none) and one language in each language map of verbs and activities,
 * chosen by Accept-Language. In each of them a single context activity becomes an array.
 */
export function formatStatement(
  statement: Statement,
  format: StatementFormat,
  acceptLanguage: string | undefined,
  known: KnownDefinitions = new Map(),
): Statement {
  const rewrite = rewriterOf(format, acceptLanguage, known);
  return {
    ...statement,
    actor: actorIn(statement.actor, rewrite),
    verb: rewrite.verb(statement.verb),
    object: objectIn(statement.object, rewrite),
    ...changed('context', statement.context, (context) => contextIn(context, rewrite)),
    ...changed('authority', statement.authority, (actor) => actorIn(actor, rewrite)),
  };
}
