import type { Clause, Dialect } from './dialect.ts';
import { textOf } from './parts.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** True for a UUID in standard string form, whatever its variant (1.0.3 Data 4.4 only recommends variant 2). */
export function isUuid(value: string): boolean {
  return UUID.test(value);
}

/** A UUID in standard string form (1.0.3 Data 4.4). */
export function uuid(dialect: Dialect, clause: Clause) {
  return textOf(dialect, clause, 'a UUID in standard string form', isUuid);
}
