import { activityOrList } from './activity.ts';
import { actor, agent, group } from './actor.ts';
import type { Dialect } from './dialect.ts';
import { extensions } from './extensions.ts';
import { iri } from './iri.ts';
import { languageTag } from './language-map.ts';
import { constant, list, strict, text } from './parts.ts';
import { statementRef } from './statement-ref.ts';
import { uuid } from './uuid.ts';

const contextActivities = (dialect: Dialect) => {
  const activities = activityOrList(dialect).optional();
  return strict(dialect, 'contextActivities', {
    parent: activities,
    grouping: activities,
    category: activities,
    other: activities,
  });
};

/** The roles of a context agent or group: at least one IRI when given (2.0). */
const relevantTypes = (dialect: Dialect) =>
  list(dialect, 'context', iri(dialect, 'context'))
    .min(1, { error: dialect.cite('context', 'must not be empty') })
    .optional();

/** The lists of context agents and groups that came with 2.0. */
const contextActors = (dialect: Dialect) => {
  const contextAgent = strict(dialect, 'context', {
    objectType: constant(dialect, 'context', 'contextAgent'),
    agent: agent(dialect),
    relevantTypes: relevantTypes(dialect),
  });
  const contextGroup = strict(dialect, 'context', {
    objectType: constant(dialect, 'context', 'contextGroup'),
    group: group(dialect),
    relevantTypes: relevantTypes(dialect),
  });
  return {
    contextAgents: list(dialect, 'context', contextAgent).optional(),
    contextGroups: list(dialect, 'context', contextGroup).optional(),
  };
};

const sharedShape = (dialect: Dialect) => ({
  registration: uuid(dialect, 'context').optional(),
  instructor: actor(dialect).optional(),
  team: group(dialect).optional(),
  contextActivities: contextActivities(dialect).optional(),
  revision: text(dialect, 'context').optional(),
  platform: text(dialect, 'context').optional(),
  language: languageTag(dialect).optional(),
  statement: statementRef(dialect).optional(),
  extensions: extensions(dialect).optional(),
});

/** 1.0.3 Data 2.4.6, with the context agents and groups of 2.0 in that version only. */
export function context(dialect: Dialect) {
  const added = dialect.version === '1.0.3' ? {} : contextActors(dialect);
  return strict(dialect, 'context', { ...sharedShape(dialect), ...added });
}
