import type { Router } from 'express';
import { z } from 'zod';
import { CONTENT_KEY_LIFETIME, type ContentKeys } from '../../../xapi/content-keys.ts';
import { identifyAgent } from '../../../xapi/resources/agent-parameter.ts';
import { isUuid } from '../../../xapi/statement/schema/uuid.ts';
import type { Gate } from './authorise.ts';
import { jsonBody, readBody } from './json-body.ts';

const MINUTE = 60_000;

/** Body of POST /content-keys. */
export const contentKeySchema = z.strictObject({
  actor: z.record(z.string(), z.unknown()),
  registration: z.string().refine(isUuid, 'must be a UUID').optional(),
  lifetimeMinutes: z
    .int()
    .min(1)
    .max(CONTENT_KEY_LIFETIME.longest / MINUTE)
    .optional(),
  name: z.string().min(1).max(200).optional(),
});

/** Keys for content in a browser. They are handed out by whoever may write as anyone: that takes the scope `all`. */
export function addContentKeys(router: Router, { authorised, caller }: Gate, contentKeys: ContentKeys): void {
  router.post('/content-keys', authorised('all'), jsonBody, async (request, response) => {
    const asked = readBody(request, contentKeySchema, 'a key for content');
    const { expiresAt, ...credentials } = await contentKeys.issue({
      org: caller(request).org,
      actor: identifyAgent(asked.actor, 'actor', '2.0.0').key,
      name: asked.name ?? 'content',
      registration: asked.registration ?? null,
      lifetime: asked.lifetimeMinutes === undefined ? undefined : asked.lifetimeMinutes * MINUTE,
    });
    response
      .status(201)
      .set('Cache-Control', 'no-store')
      .json({ ...credentials, expiresAt: new Date(expiresAt).toISOString() });
  });
}
