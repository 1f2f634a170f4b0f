import type { CohortDefinition } from '../../config/cohort-definition.ts';
import type { LearningEvent } from '../../xapi/vocabulary/event.ts';
import type { Bearing, Fact } from './fact.ts';

/** Where a cohort's evidence comes from, ready to be looked up. */
export interface Places {
  readonly units: ReadonlySet<string>;
  readonly contexts: ReadonlySet<string>;
}

/** The activity that stands for a cohort in what this product says of it. */
export function cohortActivity(org: string, cohortId: string): string {
  return `urn:assidu:cohort:${encodeURIComponent(org)}:${cohortId}`;
}

/** The activity ids that make a statement evidence for this cohort (metrics.md "evidence"). */
export function placesOf(org: string, definition: CohortDefinition): Places {
  return {
    units: new Set(definition.units.map(({ id }) => id)),
    contexts: new Set([
      cohortActivity(org, definition.id),
      ...definition.contexts.flatMap(({ activity }) => (activity === undefined ? [] : [activity])),
    ]),
  };
}

/**
 * Event -> fact of a cohort; null when it is no evidence there: neither its object nor a parent or grouping is a unit
 * or a context of the cohort. The window of the enrolment is applied later, when figures are asked for.
 */
export function place(event: LearningEvent, places: Places): Fact | null {
  const units: { unit: string; bearing: Bearing }[] = [];
  const known = (id: string) => places.units.has(id) || places.contexts.has(id);
  if (places.units.has(event.object)) units.push({ unit: event.object, bearing: 'self' });
  const attempt = event.objectKind === 'attempt' || event.objectKind === 'submission';
  for (const parent of event.parents)
    if (places.units.has(parent) && parent !== event.object)
      units.push({ unit: parent, bearing: attempt ? 'attempt' : 'below' });
  for (const grouping of event.groupings)
    if (places.units.has(grouping) && !units.some(({ unit }) => unit === grouping))
      units.push({ unit: grouping, bearing: 'below' });
  if (![event.object, ...event.parents, ...event.groupings].some(known)) return null;
  return {
    statementId: event.statementId,
    actor: event.actor,
    at: event.at,
    stored: event.stored,
    meaning: event.meaning,
    act: event.act,
    derived: event.derived,
    units,
    course: places.contexts.has(event.object),
    completion: event.completion,
    success: event.success,
    score: event.score,
    progress: event.progress,
    played: event.played,
    sameness: [event.actor, event.meaning, event.object, event.at, event.result].join('\n'),
  };
}
