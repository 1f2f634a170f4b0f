import type { Dialect } from './dialect.ts';
import { constant, strict } from './parts.ts';
import { uuid } from './uuid.ts';

/** The id of another statement (1.0.3 Data 2.4.4.3). */
export function statementRef(dialect: Dialect) {
  return strict(dialect, 'statementObject', {
    objectType: constant(dialect, 'statementObject', 'StatementRef'),
    id: uuid(dialect, 'statementObject'),
  });
}
