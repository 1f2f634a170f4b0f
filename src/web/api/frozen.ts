import type { Router } from 'express';
import type { Definitions } from '../../cohorts/definitions.ts';
import type { Services } from '../../services.ts';
import type { Gate } from './authorise.ts';
import { PAGING, pageOf } from './paging.ts';
import { onlyParameters } from './parameters.ts';

export interface FrozenDeps {
  readonly definitions: Definitions;
  readonly erasures: Services['erasures'];
}

/**
 * The figures of a cohort as they were just before each erasure that changed them: what was published before can be
 * explained by them, and by nothing else any more (metrics.md "Aggregates frozen at an erasure").
 */
export function addFrozen(router: Router, { authorised, caller }: Gate, deps: FrozenDeps): void {
  router.get('/cohorts/:id/frozen', authorised('read'), async (request, response) => {
    onlyParameters(request.query, ...PAGING);
    const { org } = caller(request);
    const { id } = await deps.definitions.show(org, String(request.params.id), null);
    const frozen = (await deps.erasures.frozen(org, id)).map(({ erasureId, recordedAt, metrics }) => ({
      reason: 'erasure' as const,
      erasureId,
      recordedAt,
      metrics,
    }));
    response.json(pageOf(request, response, frozen, (each) => `${each.recordedAt} ${each.erasureId}`));
  });
}
