import type { Router } from 'express';
import { z } from 'zod';
import { isUuid } from '../../../xapi/statement/schema/uuid.ts';
import type { Services } from '../../services.ts';
import type { Gate } from './authorise.ts';
import { bodyOf, jsonBody, readBody } from './json-body.ts';
import { PAGING, pageFrom, pageOf } from './paging.ts';
import { badParameter, onlyParameters } from './parameters.ts';

/** Body of POST …/dead-letters/replay. */
export const replaySchema = z.strictObject({
  statementId: z.string().refine(isUuid, 'must be a UUID').optional(),
  after: z.int().min(0).optional(),
});

/** Forwarding to other LRSs (docs/forwarding.md). It sends every statement of the organisation: that takes `all`. */
export function addForwards(
  router: Router,
  { authorised, caller }: Gate,
  forwards: Services['forwards'],
): void {
  const idOf = ({ params }: { readonly params: { readonly id?: unknown } }): string => String(params.id);

  router.get('/forwards', authorised('all'), async (request, response) => {
    onlyParameters(request.query, ...PAGING);
    const list = await forwards.list(caller(request).org);
    response.json(pageOf(request, response, list, ({ createdAt, id }) => `${createdAt} ${id}`));
  });
  router.post('/forwards', authorised('all'), jsonBody, async (request, response) => {
    onlyParameters(request.query);
    const rules = { allowHttp: false, allowLocal: 'if-we-are' } as const;
    const added = await forwards.add(caller(request).org, bodyOf(request), rules);
    forwards.wake();
    response.status(201).location(`${request.baseUrl}/forwards/${added.id}`).json(added);
  });
  router.get('/forwards/:id', authorised('all'), async (request, response) => {
    onlyParameters(request.query);
    response.json(await forwards.show(caller(request).org, idOf(request)));
  });
  router.delete('/forwards/:id', authorised('all'), async (request, response) => {
    onlyParameters(request.query);
    await forwards.remove(caller(request).org, idOf(request));
    response.status(204).end();
  });
  router.post('/forwards/:id/pause', authorised('all'), async (request, response) => {
    await forwards.setPaused(caller(request).org, idOf(request), true);
    response.status(204).end();
  });
  router.post('/forwards/:id/resume', authorised('all'), async (request, response) => {
    await forwards.setPaused(caller(request).org, idOf(request), false);
    forwards.wake();
    response.status(204).end();
  });
  router.get('/forwards/:id/dead-letters', authorised('all'), async (request, response) => {
    onlyParameters(request.query, ...PAGING);
    const { org } = caller(request);
    const page = await pageFrom(
      request,
      response,
      (after, limit) => forwards.deadLetters(org, idOf(request), positionOf(after), limit),
      ({ seq }) => String(seq),
    );
    response.json(
      page.map(({ statementId, status, reason, at }) => ({
        statementId,
        status,
        reason,
        at: new Date(at).toISOString(),
      })),
    );
  });
  router.post('/forwards/:id/dead-letters/replay', authorised('all'), jsonBody, async (request, response) => {
    onlyParameters(request.query);
    const { statementId, after } =
      request.body === undefined ? {} : readBody(request, replaySchema, 'a replay');
    const which = statementId === undefined ? { after: after ?? 0 } : { statementId };
    response.json(await forwards.replay(caller(request).org, idOf(request), which));
  });
}

function positionOf(cursor: string | null): number {
  if (cursor === null) return 0;
  if (!/^\d{1,15}$/.test(cursor)) throw badParameter('cursor', 'is not one that this list gave');
  return Number(cursor);
}
