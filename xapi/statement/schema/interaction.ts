import { z } from 'zod';
import type { Dialect } from './dialect.ts';
import { languageMap } from './language-map.ts';
import { list, strict, text, typeError } from './parts.ts';

const TYPES = [
  'true-false',
  'choice',
  'fill-in',
  'long-fill-in',
  'matching',
  'performance',
  'sequencing',
  'likert',
  'numeric',
  'other',
] as const;

/** The properties that only an interaction has, beside its type. */
export const INTERACTION_KEYS = [
  'correctResponsesPattern',
  'choices',
  'scale',
  'source',
  'target',
  'steps',
] as const;

/** Components whose ids differ from one another (1.0.3 Data 2.4.4.1, Interaction Components). */
const components = (dialect: Dialect) => {
  const repeated = dialect.cite('activity', 'the ids of interaction components must differ');
  const component = strict(dialect, 'activity', {
    id: text(dialect, 'activity'),
    description: languageMap(dialect).optional(),
  });
  return list(dialect, 'activity', component).check((payload) => {
    const seen = new Set<string>();
    for (const [index, { id }] of payload.value.entries()) {
      if (seen.has(id))
        payload.issues.push({ code: 'custom', path: [index, 'id'], input: id, message: repeated });
      seen.add(id);
    }
  });
};

/**
 * The type of an interaction, its expected answers and its component lists (1.0.3 Data 2.4.4.1). Which list goes
 * with which type, and the form of the answers, are left alone: the clause only allows an LRS to look at them.
 */
export function interactionShape(dialect: Dialect) {
  const items = components(dialect).optional();
  const wanted = `one of ${TYPES.join(', ')}`;
  return {
    interactionType: z.enum(TYPES, { error: typeError(dialect, 'activity', wanted) }).optional(),
    correctResponsesPattern: list(dialect, 'activity', text(dialect, 'activity')).optional(),
    choices: items,
    scale: items,
    source: items,
    target: items,
    steps: items,
  };
}
