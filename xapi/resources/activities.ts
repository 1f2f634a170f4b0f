import { type RequestHandler, Router } from 'express';
import type { ProfileStore } from '../../src/storage/ports/profile-store.ts';
import { requireScope } from '../credentials.ts';
import { etagOf } from '../documents/etag.ts';
import { parameter, readParameters } from './read-parameters.ts';
import { sendJson, xapiRequest } from './request.ts';

/** The activities resource (xAPI 1.0.3 Communication 2.5): an activity with its canonical definition, if it has one. */
export function activitiesResource(profiles: ProfileStore): Router {
  const get: RequestHandler = async (request, response) => {
    const { key } = xapiRequest(request);
    requireScope(key, 'all', 'all/read', 'statements/read', 'define', 'profile');
    const { activityId } = readParameters({ activityId: parameter.iri }, request.query);
    const [known] = await profiles.definitions(key.org, [activityId]);
    const definition = known ? `,"definition":${known.definition}` : '';
    const activity = `{"objectType":"Activity","id":${JSON.stringify(activityId)}${definition}}`;
    response.set('ETag', etagOf(activity));
    sendJson(response, activity);
  };
  const router = Router();
  router.route('/').get(get);
  return router;
}
