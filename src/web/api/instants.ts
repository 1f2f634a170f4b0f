import { z } from 'zod';
import type { Instants } from '../../cohorts/figures.ts';
import { badParameter } from './parameters.ts';

/** Query parameters of figures. */
export const INSTANTS = ['asOf', 'knownAt'] as const;

const isoInstant = z.iso.datetime({ offset: true });

/** Figures by the week have a line for each: nobody asks for those of centuries. */
const LAST = Date.UTC(2100, 0, 1);

/** `asOf` and `knownAt` of a query: ISO 8601 instants with a zone. Throws `invalid-request` naming the parameter. */
export function parseInstants(query: Readonly<Record<string, unknown>>): Instants {
  return { asOf: instant('asOf', query.asOf), knownAt: instant('knownAt', query.knownAt) };
}

/** An ISO 8601 instant with a zone -> ms; null when not given. */
function instant(path: string, value: unknown): number | null {
  if (value === undefined || value === '') return null;
  const parsed = isoInstant.safeParse(value);
  if (!parsed.success)
    throw badParameter(path, 'must be a date and time with a zone, such as 2026-11-22T12:00:00Z');
  const at = Date.parse(parsed.data);
  if (at >= LAST) throw badParameter(path, 'must be before the year 2100');
  return at;
}
