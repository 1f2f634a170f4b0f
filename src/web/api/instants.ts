import { AssiduError } from '../../base/errors.ts';
import type { Instants } from '../../cohorts/figures.ts';

/** `asOf` and `knownAt` of a query: ISO 8601 instants with a zone. Throws `invalid-request` naming the parameter. */
export function parseInstants(query: Readonly<Record<string, unknown>>): Instants {
  return { asOf: instant('asOf', query.asOf), knownAt: instant('knownAt', query.knownAt) };
}

/** An ISO 8601 instant with a zone -> ms; null when not given. */
export function instant(path: string, value: unknown): number | null {
  if (value === undefined || value === '') return null;
  const message = 'must be a date and time with a zone, such as 2026-11-22T12:00:00Z';
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}.*(Z|[+-]\d{2}:?\d{2})$/.test(value))
    throw new AssiduError('invalid-request', `${path}: ${message}`, { problems: [{ path, message }] });
  const parsed = Date.parse(value);
  if (Number.isNaN(parsed))
    throw new AssiduError('invalid-request', `${path}: ${message}`, { problems: [{ path, message }] });
  return parsed;
}
