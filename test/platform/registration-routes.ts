import express, { Router } from 'express';
import { z } from 'zod';
import type { LmsState } from './lms-state.ts';
import { frameFor } from './page-routes.ts';
import { openidConfiguration, register, registrationUrl } from './registration.ts';
import { toolsPage } from './registration-page.tsx';
import { queryText } from './request-text.ts';

const json = z.record(z.string(), z.unknown());

/** Dynamic registration: the platform's configuration, where a tool registers, and the page where it begins. */
export function registrationRoutes(state: LmsState): Router {
  const router = Router();
  const { configurationPath, registrationPath } = state.profile;
  router.get(configurationPath, (request, response) => {
    // Canvas tells only whom it invited.
    if (state.options.profile === 'canvas' && request.headers.authorization === undefined)
      response.status(401).json({ error: 'Access token missing' });
    else response.json(openidConfiguration(state));
  });
  router.post(registrationPath, express.json(), async (request, response) => {
    const body = json.safeParse(request.body);
    const answer = await register(state, request.headers.authorization, body.data ?? {});
    response.status(answer.status);
    if (typeof answer.body === 'string') response.type('text/html').send(answer.body);
    else response.json(answer.body);
  });
  router.get('/admin/tools', async (request, response) => {
    const frame = frameFor(state, undefined);
    const tool = queryText(request, 'tool');
    const address = tool === undefined || !URL.canParse(tool) ? null : await registrationUrl(state, tool);
    response.send(toolsPage(frame, [...state.registered.values()], address));
  });
  return router;
}
