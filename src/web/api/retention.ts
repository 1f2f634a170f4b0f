import type { Router } from 'express';
import type { Figures } from '../../cohorts/figures.ts';
import { type RetentionAsked, USUAL_RETENTION } from '../../metrics/retention.ts';
import { CLOCKS, POPULATIONS } from '../../metrics/types.ts';
import type { Gate } from './authorise.ts';
import { INSTANTS, parseInstants } from './instants.ts';
import { oneOf, onlyParameters } from './parameters.ts';

/** Which retention a query asks for; `cohort` and `started` unless said. Throws `invalid-request` naming the parameter. */
export function parseRetention(query: Readonly<Record<string, unknown>>): RetentionAsked {
  return {
    clock: oneOf(CLOCKS, 'clock', query.clock) ?? USUAL_RETENTION.clock,
    population: oneOf(POPULATIONS, 'population', query.population) ?? USUAL_RETENTION.population,
  };
}

/** Who stays and who completes, day by day (metrics.md "Retention"). */
export function addRetention(router: Router, { authorised, caller }: Gate, figures: Figures): void {
  router.get('/cohorts/:id/retention', authorised('read'), async (request, response) => {
    onlyParameters(request.query, ...INSTANTS, 'clock', 'population');
    const asked = parseRetention(request.query);
    const instants = parseInstants(request.query);
    const found = await figures.of(caller(request).org, String(request.params.id), instants);
    response.json(found.retention(asked));
  });
}
