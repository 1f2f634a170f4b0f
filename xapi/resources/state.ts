import type { Router } from 'express';
import { readOwner } from './agent-parameter.ts';
import { type DocumentResourceDeps, documentResource } from './document-resource.ts';
import { parameter, readParameters } from './read-parameters.ts';

/**
 * The state resource (xAPI 1.0.3 Communication 2.3). Without a stateId, GET lists and DELETE removes what belongs to an
 * activity and an agent, under any registration unless one is named.
 */
export function stateResource(deps: DocumentResourceDeps): Router {
  return documentResource(deps, {
    scope: 'state',
    idParameter: 'stateId',
    removesMany: true,
    // 1.0.3 Communication 3.1 spares states the precondition; IEEE 9274.1.1 4.1.4 does not.
    uncheckedPut: (version) => (version === '1.0.3' ? 'replaces' : 'creates'),
    read: (query, version) => {
      const { activityId, agent, registration, stateId, since } = readParameters(
        {
          activityId: parameter.iri,
          agent: parameter.text,
          registration: parameter.registration.optional(),
          stateId: parameter.id.optional(),
          since: parameter.instant(version).optional(),
        },
        query,
      );
      return {
        context: {
          kind: 'state',
          activity: activityId,
          agent: readOwner(agent, version),
          registration: registration ?? null,
        },
        id: stateId,
        since,
      };
    },
  });
}
