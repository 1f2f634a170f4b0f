import type { Dialect } from './dialect.ts';
import { isIri } from './iri.ts';
import { mapOf } from './parts.ts';

/** IRIs to any JSON value, null included; a statement is never refused for those values (1.0.3 Data 4.1). */
export function extensions(dialect: Dialect) {
  const badKey = dialect.cite('extensions', 'the key must be an IRI with a scheme');
  return mapOf<unknown>(dialect, 'extensions', (key) => (isIri(key) ? null : badKey));
}
