import type { Router } from 'express';
import type { CompareCohorts } from '../../cohorts/compare-cohorts.ts';
import type { Gate } from './authorise.ts';
import { parseInstants } from './instants.ts';
import { badParameter, onlyParameters } from './parameters.ts';

/** Cohorts compared in one request. */
export const MOST_COMPARED = 20;
/** The furthest day: beyond any cohort, within what calendars hold. */
const LAST_DAY = 36_500;

/** Cohorts at equal age (metrics.md "Funnel, pace, comparison"): `?cohort=a&cohort=b&day=60`. */
export function addComparison(router: Router, { authorised, caller }: Gate, compare: CompareCohorts): void {
  router.get('/comparison', authorised('read'), async (request, response) => {
    onlyParameters(request.query, 'cohort', 'day', 'knownAt');
    const { cohort, day, ...rest } = request.query;
    const asked = { day: parseDay(day), knownAt: parseInstants(rest).knownAt };
    response.json(await compare(caller(request).org, parseCohorts(cohort), asked));
  });
}

/** Ids of cohorts, each once. Throws `invalid-request`. */
export function parseCohorts(value: unknown): readonly string[] {
  const given: readonly unknown[] = Array.isArray(value) ? value : [value];
  const ids = given.filter((id) => typeof id === 'string' && id !== '').map(String);
  if (ids.length !== given.length || ids.length < 2 || ids.length > MOST_COMPARED)
    throw badParameter('cohort', `must be given 2 to ${MOST_COMPARED} times, an id each`);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined) throw badParameter('cohort', `names ${twice} twice`);
  return ids;
}

/** A day number; null when not given. Throws `invalid-request`. */
export function parseDay(value: unknown): number | null {
  if (value === undefined || value === '') return null;
  const day = typeof value === 'string' && /^\d{1,5}$/.test(value) ? Number(value) : Number.NaN;
  if (!(day <= LAST_DAY)) throw badParameter('day', `must be a whole number from 0 to ${LAST_DAY}`);
  return day;
}
