import type { Dialect } from './dialect.ts';
import { iri } from './iri.ts';
import { languageMap } from './language-map.ts';
import { strict } from './parts.ts';

/** The verb that voids another statement (1.0.3 Data 2.3.2). */
export const VOIDED = 'http://adlnet.gov/expapi/verbs/voided';

/** An IRI and how to show it (1.0.3 Data 2.4.3). */
export function verb(dialect: Dialect) {
  return strict(dialect, 'verb', { id: iri(dialect, 'verb'), display: languageMap(dialect).optional() });
}
