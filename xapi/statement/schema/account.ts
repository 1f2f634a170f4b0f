import type { Dialect } from './dialect.ts';
import { iri } from './iri.ts';
import { strict, text } from './parts.ts';

/** A home page (IRL) and a name on it (1.0.3 Data 2.4.2.4). */
export function account(dialect: Dialect) {
  return strict(dialect, 'account', { homePage: iri(dialect, 'account'), name: text(dialect, 'account') });
}
