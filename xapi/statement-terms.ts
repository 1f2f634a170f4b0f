import type { SaidDefinition, SaidName } from '../src/storage/ports/profile-store.ts';
import type { IndexedTerm } from '../src/storage/ports/statement-store.ts';
import { actorKey } from './statement/ifi.ts';
import { activitiesAround, contextActors, mentionedActors, withMembers } from './statement/mentions.ts';
import { createSaidDefinitions } from './statement/said-definitions.ts';
import type {
  Activity,
  Actor,
  Agent,
  Context,
  ContextActivities,
  Statement,
  StatementObject,
  SubStatement,
} from './statement/types.ts';

/** What activities around a statement add to what is known by it. */
interface Around {
  readonly activities: readonly string[];
  readonly definitions: readonly SaidDefinition[];
}

const NOTHING: Around = { activities: [], definitions: [] };
const saidDefinition = createSaidDefinitions();
/** Parts that were met before are the same objects (statement/familiar). */
const around = new WeakMap<ContextActivities, Around>();

/** Whom a statement names: its actor and its object directly, others as related (1.0.3 Communication 2.1.3). */
export function agentsOf(statement: Statement, authority: Agent): readonly IndexedTerm[] {
  const { object, context } = statement;
  const direct = [...keysOf(statement.actor), ...(isActor(object) ? keysOf(object) : [])];
  const related = [...keysOf(authority), ...keysWithin(context)];
  if (object.objectType === 'SubStatement')
    related.push(
      ...keysOf(object.actor),
      ...(isActor(object.object) ? keysOf(object.object) : []),
      ...keysWithin(object.context),
    );
  return terms(direct, related);
}

/** Which activities a statement names: its object directly, others as related (1.0.3 Communication 2.1.3). */
export function activitiesOf(statement: Statement): readonly IndexedTerm[] {
  const { object, context } = statement;
  const direct = isActivity(object) ? [object.id] : [];
  const related = [...aroundOf(context).activities];
  if (object.objectType === 'SubStatement') {
    if (isActivity(object.object)) related.push(object.object.id);
    related.push(...aroundOf(object.context).activities);
  }
  return terms(direct, related);
}

/** What a statement says of activities. */
export function definitionsOf(statement: Statement | SubStatement): readonly SaidDefinition[] {
  const { object, context } = statement;
  const said = isActivity(object) ? saidDefinition(object) : null;
  return [
    ...(said === null ? [] : [said]),
    ...(object.objectType === 'SubStatement' ? definitionsOf(object) : []),
    ...aroundOf(context).definitions,
  ];
}

/** What a statement calls those whom it names. */
export function namesOf(statement: Statement): readonly SaidName[] {
  const names: SaidName[] = [];
  for (const mentioned of mentionedActors(statement)) {
    const actor = mentioned.name === undefined ? null : actorKey(mentioned);
    if (actor !== null && mentioned.name !== undefined) names.push({ actor, name: mentioned.name });
  }
  return names;
}

/** An actor and, of a group, its members: all match the `agent` parameter. */
function keysOf(actor: Actor | undefined): readonly string[] {
  return keys(withMembers(actor));
}

function keysWithin(context: Context | undefined): readonly string[] {
  return keys(contextActors(context));
}

function keys(actors: readonly Actor[]): readonly string[] {
  return actors.map(actorKey).filter((key) => key !== null);
}

function isActor(object: StatementObject): object is Actor & { readonly objectType: 'Agent' | 'Group' } {
  return object.objectType === 'Agent' || object.objectType === 'Group';
}

function isActivity(object: StatementObject): object is Activity {
  return object.objectType === undefined || object.objectType === 'Activity';
}

function aroundOf(context: Context | undefined): Around {
  const named = context?.contextActivities;
  if (named === undefined) return NOTHING;
  const known = around.get(named);
  if (known !== undefined) return known;
  const activities = activitiesAround(named);
  const found = {
    activities: activities.map(({ id }) => id),
    definitions: activities.map(saidDefinition).filter((said) => said !== null),
  };
  around.set(named, found);
  return found;
}

function terms(direct: readonly string[], related: readonly string[]): readonly IndexedTerm[] {
  const found = new Map<string, IndexedTerm>();
  for (const term of direct) found.set(term, { term, related: false });
  for (const term of related) if (!found.has(term)) found.set(term, { term, related: true });
  return [...found.values()];
}
