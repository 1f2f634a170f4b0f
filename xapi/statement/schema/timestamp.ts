import type { Clause, Dialect } from './dialect.ts';
import { instantOf } from './instant.ts';
import { textOf } from './parts.ts';

/** An instant, see `instantOf` (1.0.3 Data 4.5; RFC 3339 in 2.0). */
export function timestamp(dialect: Dialect, clause: Clause) {
  const format = dialect.version === '1.0.3' ? 'an ISO 8601 date and time' : 'an RFC 3339 date and time';
  return textOf(
    dialect,
    clause,
    `${format}, and not with the offset -00:00`,
    (value) => instantOf(value, dialect.version) !== null,
  );
}
