import type { SaidDefinition, SaidName } from '../src/storage/ports/profile-store.ts';
import type { IndexedTerm, NewStatement } from '../src/storage/ports/statement-store.ts';
import type { AcceptedStatement } from './statement/accepted.ts';
import { wrapContextActivities } from './statement/context-activities.ts';
import { actorKey } from './statement/ifi.ts';
import { mentionedActivities, mentionedActors } from './statement/mentions.ts';
import { appendMembers, withoutMembers } from './statement/raw-json.ts';
import { createSaidDefinitions } from './statement/said-definitions.ts';
import { instantOf } from './statement/schema/instant.ts';
import type {
  Activity,
  ActivityOrList,
  Actor,
  Agent,
  Context,
  Statement,
  StatementObject,
  XapiVersion,
} from './statement/types.ts';

const VOIDED = 'http://adlnet.gov/expapi/verbs/voided';
/** What the LRS alone says of a statement, whatever was sent (xAPI 1.0.3 Data 2.4.8, 2.4.9). */
const SET_BY_THE_LRS: ReadonlySet<string> = new Set(['stored', 'authority']);
/** `version` of a statement that has none (xAPI 1.0.3 Data 2.4.10; IEEE 9274.1.1 4.2.5.10). */
const DEFAULT_VERSION: Readonly<Record<XapiVersion, string>> = { '1.0.3': '1.0.0', '2.0.0': '2.0.0' };
const saidDefinition = createSaidDefinitions();
/** Authorities as JSON: all statements of a request have the same one. */
const texts = new WeakMap<Agent, string>();

function textOf(authority: Agent): string {
  const known = texts.get(authority) ?? JSON.stringify(authority);
  texts.set(authority, known);
  return known;
}

/**
 * A valid statement -> what the store keeps: its own bytes with id, version and authority added, and the terms by
 * which it will be found (xAPI 1.0.3 Communication 2.1.3). `id` is used when the statement has none.
 */
export function indexStatement(
  { raw, statement }: AcceptedStatement,
  given: { readonly id: string; readonly authority: Agent; readonly version: XapiVersion },
): NewStatement {
  const id = statement.id ?? given.id;
  const { object } = statement;
  const refersTo = object.objectType === 'StatementRef' ? object.id.toLowerCase() : null;
  const added: (readonly [string, string])[] = [];
  if (statement.id === undefined) added.push(['id', JSON.stringify(id)]);
  if (statement.version === undefined) added.push(['version', `"${DEFAULT_VERSION[given.version]}"`]);
  added.push(['authority', textOf(given.authority)]);
  const wrapped = wrapContextActivities(raw, statement);
  const own =
    statement.stored === undefined && statement.authority === undefined
      ? wrapped
      : withoutMembers(wrapped, SET_BY_THE_LRS);
  return {
    id: id.toLowerCase(),
    text: appendMembers(own.trim(), added),
    timestamp: statement.timestamp === undefined ? null : instantOf(statement.timestamp, given.version),
    verb: statement.verb.id,
    registration: statement.context?.registration?.toLowerCase() ?? null,
    voids: statement.verb.id === VOIDED ? refersTo : null,
    refersTo,
    agents: agentsOf(statement, given.authority),
    activities: activitiesOf(statement),
    definitions: definitionsOf(statement),
    names: namesOf(statement),
  };
}

/** An actor and, of a group, its members: all match the `agent` parameter. */
function keysOf(actor: Actor | undefined): readonly string[] {
  if (actor === undefined) return [];
  const members = 'member' in actor ? (actor.member ?? []) : [];
  return [actor, ...members].map(actorKey).filter((key) => key !== null);
}

function isActor(object: StatementObject): object is Actor & { readonly objectType: 'Agent' | 'Group' } {
  return object.objectType === 'Agent' || object.objectType === 'Group';
}

function isActivity(object: StatementObject): object is Activity {
  return object.objectType === undefined || object.objectType === 'Activity';
}

function contextAgents(context: Context | undefined): readonly string[] {
  return [
    ...keysOf(context?.instructor),
    ...keysOf(context?.team),
    ...(context?.contextAgents ?? []).flatMap(({ agent }) => keysOf(agent)),
    ...(context?.contextGroups ?? []).flatMap(({ group }) => keysOf(group)),
  ];
}

function agentsOf(statement: Statement, authority: Agent): readonly IndexedTerm[] {
  const { object } = statement;
  const direct = [...keysOf(statement.actor), ...(isActor(object) ? keysOf(object) : [])];
  const related = [...keysOf(authority), ...contextAgents(statement.context)];
  if (object.objectType === 'SubStatement')
    related.push(
      ...keysOf(object.actor),
      ...(isActor(object.object) ? keysOf(object.object) : []),
      ...contextAgents(object.context),
    );
  return terms(direct, related);
}

function listed(activities: ActivityOrList | undefined): readonly string[] {
  if (activities === undefined) return [];
  return 'id' in activities ? [activities.id] : activities.map(({ id }) => id);
}

function contextActivities(context: Context | undefined): readonly string[] {
  const { parent, grouping, category, other } = context?.contextActivities ?? {};
  return [...listed(parent), ...listed(grouping), ...listed(category), ...listed(other)];
}

function activitiesOf(statement: Statement): readonly IndexedTerm[] {
  const { object } = statement;
  const direct = isActivity(object) ? [object.id] : [];
  const related = [...contextActivities(statement.context)];
  if (object.objectType === 'SubStatement') {
    if (isActivity(object.object)) related.push(object.object.id);
    related.push(...contextActivities(object.context));
  }
  return terms(direct, related);
}

function definitionsOf(statement: Statement): readonly SaidDefinition[] {
  return mentionedActivities(statement)
    .map(saidDefinition)
    .filter((said) => said !== null);
}

function namesOf(statement: Statement): readonly SaidName[] {
  return mentionedActors(statement).flatMap((mentioned) => {
    const actor = actorKey(mentioned);
    return actor === null || mentioned.name === undefined ? [] : [{ actor, name: mentioned.name }];
  });
}

function terms(direct: readonly string[], related: readonly string[]): readonly IndexedTerm[] {
  const first = new Set(direct);
  const others = new Set(related.filter((term) => !first.has(term)));
  return [
    ...[...first].map((term) => ({ term, related: false })),
    ...[...others].map((term) => ({ term, related: true })),
  ];
}
