import type { Router } from 'express';
import type { Services } from '../../services.ts';
import type { Gate } from './authorise.ts';
import { onlyParameters } from './parameters.ts';

type Record = Awaited<ReturnType<Services['rosters']['synchronise']>>;

/** Rosters of cohorts (docs/roster-and-grades.md). */
export function addRoster(router: Router, { authorised, caller }: Gate, rosters: Services['rosters']): void {
  const idOf = ({ params }: { readonly params: { readonly id?: unknown } }): string => String(params.id);

  router.get('/cohorts/:id/roster', authorised('read'), async (request, response) => {
    onlyParameters(request.query);
    const { last, held } = await rosters.show(caller(request).org, idOf(request));
    response.json({
      last: last === null ? null : shown(last),
      held: held === null ? null : { ...held, since: new Date(held.since).toISOString() },
    });
  });
  router.post('/cohorts/:id/roster/sync', authorised('write'), async (request, response) => {
    onlyParameters(request.query);
    response.json(shown(await rosters.synchronise(caller(request).org, idOf(request))));
  });
  router.post('/cohorts/:id/roster/confirm', authorised('write'), async (request, response) => {
    onlyParameters(request.query);
    response.json(shown(await rosters.confirm(caller(request).org, idOf(request))));
  });
}

function shown({ org: _org, at, ...record }: Record) {
  return { at: new Date(at).toISOString(), ...record };
}
