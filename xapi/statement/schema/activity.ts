import { z } from 'zod';
import type { Dialect } from './dialect.ts';
import { extensions } from './extensions.ts';
import { INTERACTION_KEYS, interactionShape } from './interaction.ts';
import { iri } from './iri.ts';
import { languageMap } from './language-map.ts';
import { constant, strict } from './parts.ts';

const definition = (dialect: Dialect) => {
  const untyped = dialect.cite('activity', 'is required when the activity is an interaction');
  return strict(dialect, 'activity', {
    name: languageMap(dialect).optional(),
    description: languageMap(dialect).optional(),
    type: iri(dialect, 'activity').optional(),
    moreInfo: iri(dialect, 'activity').optional(),
    extensions: extensions(dialect).optional(),
    ...interactionShape(dialect),
  }).check((payload) => {
    const input = payload.value;
    if (input.interactionType !== undefined) return;
    if (INTERACTION_KEYS.every((key) => input[key] === undefined)) return;
    payload.issues.push({ code: 'custom', path: ['interactionType'], input, message: untyped });
  });
};

/** What can be done or experienced, with an IRI as its id (1.0.3 Data 2.4.4.1). */
export function activity(dialect: Dialect) {
  return strict(dialect, 'activity', {
    objectType: constant(dialect, 'activity', 'Activity').optional(),
    id: iri(dialect, 'activity'),
    definition: definition(dialect).optional(),
  });
}

/** One activity, or a list of them (1.0.3 Data 2.4.6.2). */
export function activityOrList(dialect: Dialect) {
  const message = dialect.cite('contextActivities', 'must be an activity or an array of activities');
  const one = activity(dialect);
  return z.union([z.array(one), one], { error: message });
}
