import type { CohortDefinition } from '../../config/cohort-definition.ts';
import type { LearningEvent, Meaning } from '../../xapi/vocabulary/event.ts';
import type { Bearing, Fact } from './fact.ts';

/** Where a cohort's evidence comes from, ready to be looked up. */
export interface Places {
  readonly units: ReadonlySet<string>;
  /** The courses of the LMS, and the activity that stands for the cohort itself. */
  readonly contexts: ReadonlySet<string>;
  readonly courses: ReadonlySet<string>;
}

/** The activity that stands for a cohort in what this product says of it. */
export function cohortActivity(org: string, cohortId: string): string {
  return `urn:assidu:cohort:${encodeURIComponent(org)}:${cohortId}`;
}

/** The activity ids that make a statement evidence for this cohort (metrics.md "evidence"). */
export function placesOf(org: string, definition: CohortDefinition): Places {
  const courses = definition.contexts.flatMap(({ activity }) => (activity === undefined ? [] : [activity]));
  return {
    units: new Set(definition.units.map(({ id }) => id)),
    contexts: new Set([cohortActivity(org, definition.id), ...courses]),
    courses: new Set(courses),
  };
}

/**
 * Event -> fact of a cohort; null when it is no evidence there: neither its object nor a parent or grouping is a unit
 * or a context of the cohort. The window of the enrolment is applied later, when figures are asked for.
 */
export function place(event: LearningEvent, places: Places): Fact | null {
  const known = (id: string) => places.units.has(id) || places.contexts.has(id);
  if (!known(event.object) && !event.parents.some(known) && !event.groupings.some(known)) return null;
  const meaning = meaningHere(event, places);
  return {
    statementId: event.statementId,
    actor: event.actor,
    at: event.at,
    stored: event.stored,
    meaning,
    act: event.act || (meaning === 'started' && event.meaning === 'visited'),
    derived: event.derived,
    units: bearings(event, places),
    course: places.courses.has(event.object),
    ...(places.contexts.has(event.object) ? { whole: true } : {}),
    completion: event.completion,
    success: event.success,
    score: event.score,
    progress: event.progress,
    played: event.played,
    ...(event.entry === undefined ? {} : { entry: event.entry }),
    sameness: [event.actor, meaning, event.object, event.at, event.result].join('\n'),
  };
}

/** Looking at a course is a visit, at a unit a start, at anything else in the course an act (vocabulary.md "viewed"). */
function meaningHere({ view, meaning, object }: LearningEvent, places: Places): Meaning {
  if (!view || (meaning !== 'visited' && meaning !== 'started')) return meaning;
  if (places.contexts.has(object)) return 'visited';
  if (places.units.has(object)) return 'started';
  return meaning === 'visited' ? 'visited' : 'interacted';
}

/** How the event bears on each unit it names; an activity that is its own parent is the activity itself. */
function bearings(event: LearningEvent, places: Places): Fact['units'] {
  const units = new Map<string, Bearing>();
  const add = (unit: string, bearing: Bearing) => {
    if (places.units.has(unit) && !units.has(unit)) units.set(unit, bearing);
  };
  const below = event.objectKind === 'attempt' || event.objectKind === 'submission' ? 'attempt' : 'below';
  add(event.object, 'self');
  for (const parent of event.parents) add(parent, below);
  for (const grouping of event.groupings) add(grouping, 'below');
  return [...units].map(([unit, bearing]) => ({ unit, bearing }));
}
