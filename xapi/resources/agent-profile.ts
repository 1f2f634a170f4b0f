import type { Router } from 'express';
import { readOwner } from './agent-parameter.ts';
import { type DocumentResourceDeps, documentResource, profilePut } from './document-resource.ts';
import { parameter, readParameters } from './read-parameters.ts';

/** The agent profile resource (xAPI 1.0.3 Communication 2.6). */
export function agentProfileResource(deps: DocumentResourceDeps): Router {
  return documentResource(deps, {
    scope: 'profile',
    idParameter: 'profileId',
    removesMany: false,
    uncheckedPut: profilePut,
    read: (query, version) => {
      const { agent, profileId, since } = readParameters(
        {
          agent: parameter.text,
          profileId: parameter.id.optional(),
          since: parameter.instant(version).optional(),
        },
        query,
      );
      return {
        context: {
          kind: 'agent-profile',
          activity: '',
          agent: readOwner(agent, version),
          registration: '',
        },
        id: profileId,
        since,
      };
    },
  });
}
