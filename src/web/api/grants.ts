import type { Router } from 'express';
import { type Grants, grantSchema } from '../../cohorts/grants.ts';
import type { Gate } from './authorise.ts';
import { jsonBody, readBody } from './json-body.ts';
import { PAGING, pageOf } from './paging.ts';
import { onlyParameters } from './parameters.ts';

/** Roles given by hand (docs/roles.md). They open cohorts to people: that takes `all`. */
export function addGrants(router: Router, { authorised, caller }: Gate, grants: Grants): void {
  router.get('/grants', authorised('all'), async (request, response) => {
    onlyParameters(request.query, ...PAGING);
    const list = await grants.list(caller(request).org);
    response.json(pageOf(request, response, list, ({ grantedAt, id }) => `${grantedAt} ${id}`));
  });
  router.post('/grants', authorised('all'), jsonBody, async (request, response) => {
    onlyParameters(request.query);
    const { org, name } = caller(request);
    const added = await grants.add(org, readBody(request, grantSchema, 'a grant'), `key ${name}`);
    response.status(201).json(added);
  });
  router.delete('/grants/:id', authorised('all'), async (request, response) => {
    onlyParameters(request.query);
    const { org, name } = caller(request);
    await grants.remove(org, String(request.params.id), `key ${name}`);
    response.status(204).end();
  });
}
