import type { Request, Router } from 'express';
import { agentOfKey } from '../../../xapi/statement/ifi.ts';
import type { Cohort, Definitions } from '../../cohorts/definitions.ts';
import { parseWaivers, parseWaiverTargets, type Waiver, type Waivers } from '../../cohorts/waivers.ts';
import { recorderOf } from './attendance.ts';
import type { Gate } from './authorise.ts';
import { bodyOf, jsonBody } from './json-body.ts';
import { PAGING, pageOf } from './paging.ts';
import { onlyParameters } from './parameters.ts';

interface WaiverDeps {
  readonly definitions: Pick<Definitions, 'show'>;
  readonly waivers: Waivers;
}

/** Waivers (docs/attendance.md). */
export function addWaivers(router: Router, gate: Gate, { definitions, waivers }: WaiverDeps): void {
  const { authorised, caller } = gate;
  const cohortOf = (request: Request): Promise<Cohort> =>
    definitions.show(caller(request).org, String(request.params.id), null);

  router.get('/cohorts/:id/waivers', authorised('read'), async (request, response) => {
    onlyParameters(request.query, ...PAGING);
    const cohort = await cohortOf(request);
    const order = new Map(cohort.definition.units.map(({ id }, index) => [id, index]));
    const keyOf = ({ unit, learnerId }: Waiver) =>
      `${String(order.get(unit) ?? 0).padStart(4, '0')} ${learnerId}`;
    response.json(pageOf(request, response, await waivers.entries(cohort), keyOf).map(shown));
  });
  router.post('/cohorts/:id/waivers', authorised('write'), jsonBody, async (request, response) => {
    onlyParameters(request.query);
    const entries = parseWaivers(bodyOf(request));
    response.json(await waivers.record(await cohortOf(request), entries, recorderOf(gate, request)));
  });
  router.delete('/cohorts/:id/waivers', authorised('write'), jsonBody, async (request, response) => {
    onlyParameters(request.query);
    const entries = parseWaiverTargets(bodyOf(request));
    response.json(await waivers.record(await cohortOf(request), entries, recorderOf(gate, request)));
  });
}

function shown({ actor, unit, reason, at, recordedAt, recorder }: Waiver) {
  return {
    actor: agentOfKey(actor),
    unit,
    reason,
    from: new Date(at).toISOString(),
    recordedAt: new Date(recordedAt).toISOString(),
    recordedBy: recorder,
  };
}
