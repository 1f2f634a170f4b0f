import { type RequestHandler, Router } from 'express';
import type { ProfileStore } from '../../src/storage/ports/profile-store.ts';
import { checkAgent } from '../bound-key.ts';
import { requireScope } from '../credentials.ts';
import { etagOf } from '../documents/etag.ts';
import { readAgent } from './agent-parameter.ts';
import { parameter, readParameters } from './read-parameters.ts';
import { sendJson, xapiRequest } from './request.ts';

/** The agents resource (xAPI 1.0.3 Communication 2.4): the Person of an agent, with the names it was given. */
export function agentsResource(profiles: ProfileStore): Router {
  const get: RequestHandler = async (request, response) => {
    const { key, version } = xapiRequest(request);
    requireScope(key, 'all', 'all/read', 'statements/read', 'profile');
    const parameters = readParameters({ agent: parameter.text }, request.query);
    const { agent, key: actor } = readAgent(parameters.agent, version);
    checkAgent(key, actor);
    const known = await profiles.names(key.org, actor);
    const names = [...new Set(agent.name === undefined ? known : [agent.name, ...known])];
    const { mbox, mbox_sha1sum, openid, account } = agent;
    const person = JSON.stringify({
      objectType: 'Person',
      ...(names.length > 0 ? { name: names } : {}),
      ...(mbox === undefined ? {} : { mbox: [mbox] }),
      ...(mbox_sha1sum === undefined ? {} : { mbox_sha1sum: [mbox_sha1sum] }),
      ...(openid === undefined ? {} : { openid: [openid] }),
      ...(account === undefined ? {} : { account: [account] }),
    });
    response.set('ETag', etagOf(person));
    sendJson(response, person);
  };
  const router = Router();
  router.route('/').get(get);
  return router;
}
