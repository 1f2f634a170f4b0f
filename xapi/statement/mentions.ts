import type {
  Activity,
  ActivityOrList,
  Actor,
  Context,
  ContextActivities,
  Statement,
  SubStatement,
} from './types.ts';

/** Every activity that a statement tells something about: its object, its context's, and those of a substatement. */
export function mentionedActivities(statement: Statement | SubStatement): readonly Activity[] {
  const { object, context } = statement;
  const around = activitiesAround(context?.contextActivities);
  if (object.objectType === 'SubStatement') return [...mentionedActivities(object), ...around];
  if (object.objectType === undefined || object.objectType === 'Activity') return [object, ...around];
  return around;
}

/** Every agent and group that a statement names, members included; its authority is not one of them. */
export function mentionedActors(statement: Statement | SubStatement): readonly Actor[] {
  const { actor, object, context } = statement;
  const found = [...withMembers(actor), ...contextActors(context)];
  if (object.objectType === 'Agent' || object.objectType === 'Group') found.push(...withMembers(object));
  if (object.objectType === 'SubStatement') found.push(...mentionedActors(object));
  return found;
}

/** The activities that a context names (1.0.3 Data 2.4.6.2), those of its parents first. */
export function activitiesAround(named: ContextActivities | undefined): readonly Activity[] {
  const { parent, grouping, category, other } = named ?? {};
  return [...listed(parent), ...listed(grouping), ...listed(category), ...listed(other)];
}

/** The agents and groups that a context names, members included. */
export function contextActors(context: Context | undefined): readonly Actor[] {
  if (context === undefined) return [];
  return [
    ...withMembers(context.instructor),
    ...withMembers(context.team),
    ...(context.contextAgents ?? []).flatMap(({ agent }) => withMembers(agent)),
    ...(context.contextGroups ?? []).flatMap(({ group }) => withMembers(group)),
  ];
}

/** An agent or a group, and of a group its members. */
export function withMembers(actor: Actor | undefined): readonly Actor[] {
  if (actor === undefined) return [];
  return 'member' in actor ? [actor, ...(actor.member ?? [])] : [actor];
}

function listed(activities: ActivityOrList | undefined): readonly Activity[] {
  if (activities === undefined) return [];
  return 'id' in activities ? [activities] : activities;
}
