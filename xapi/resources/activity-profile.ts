import type { Router } from 'express';
import { type DocumentResourceDeps, documentResource, profilePut } from './document-resource.ts';
import { parameter, readParameters } from './read-parameters.ts';

/** The activity profile resource (xAPI 1.0.3 Communication 2.7). */
export function activityProfileResource(deps: DocumentResourceDeps): Router {
  return documentResource(deps, {
    scope: 'profile',
    idParameter: 'profileId',
    removesMany: false,
    uncheckedPut: profilePut,
    read: (query, version) => {
      const { activityId, profileId, since } = readParameters(
        {
          activityId: parameter.iri,
          profileId: parameter.id.optional(),
          since: parameter.instant(version).optional(),
        },
        query,
      );
      return {
        context: { kind: 'activity-profile', activity: activityId, agent: '', registration: '' },
        id: profileId,
        since,
      };
    },
  });
}
