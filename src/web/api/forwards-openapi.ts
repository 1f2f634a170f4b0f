import { z } from 'zod';
import { targetSchema } from '../../../xapi/forwarding/targets.ts';
import { replaySchema } from './forwards.ts';

type Answers = (description: string) => object;

/** The part of the description that is about forwarding; `paging` are the parameters of lists. */
export function forwardPaths(paging: readonly object[], answers: Answers, failing: object) {
  const id = { name: 'id', in: 'path', required: true, schema: { type: 'string' } };
  const body = (required: boolean, schema: z.ZodType) => ({
    required,
    content: {
      'application/json': { schema: z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) },
    },
  });
  return {
    '/forwards': {
      get: {
        summary: 'Other LRSs that statements are sent on to, oldest first',
        parameters: paging,
        responses: answers('A page of them, with how far each has come'),
      },
      post: {
        summary: 'Send statements on to another LRS; its password is never answered',
        requestBody: body(true, targetSchema),
        responses: {
          201: { description: 'It begins at once', content: { 'application/json': {} } },
          ...failing,
        },
      },
    },
    '/forwards/{id}': {
      parameters: [id],
      get: { summary: 'One of them', responses: answers('It, with how far it has come') },
      delete: {
        summary: 'Send nothing more to it; its dead letters are given up',
        responses: { 204: { description: 'Removed' }, ...failing },
      },
    },
    '/forwards/{id}/pause': {
      parameters: [id],
      post: {
        summary: 'Send nothing until it is resumed',
        responses: { 204: { description: 'Paused' }, ...failing },
      },
    },
    '/forwards/{id}/resume': {
      parameters: [id],
      post: {
        summary: 'Go on where it was paused; one that waits after a failure tries at once',
        responses: { 204: { description: 'Resumed' }, ...failing },
      },
    },
    '/forwards/{id}/dead-letters': {
      parameters: [id],
      get: {
        summary: 'Statements that it refused for what they are, in their order',
        parameters: paging,
        responses: answers('A page of them, with status and reason'),
      },
    },
    '/forwards/{id}/dead-letters/replay': {
      parameters: [id],
      post: {
        summary: 'Send one again, or up to 100 after `after`',
        requestBody: body(false, replaySchema),
        responses: answers('How many were taken and refused; `next` is where to go on'),
      },
    },
  };
}
