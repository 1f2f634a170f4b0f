import { z } from 'zod';
import { grantSchema } from '../../cohorts/grants.ts';

type Answers = (description: string) => object;

/** The part of the description that is about roles given by hand; `paging` are the parameters of lists. */
export function grantPaths(paging: readonly object[], answers: Answers, failing: object) {
  const schema = z.toJSONSchema(grantSchema, { io: 'input', unrepresentable: 'any' });
  return {
    '/grants': {
      get: {
        summary: 'Roles given by hand that were not taken back, oldest first',
        parameters: paging,
        responses: answers('A page of them; `inForce` is false once one has expired'),
      },
      post: {
        summary: 'Give somebody a role, which counts instead of what the platform says, at once',
        requestBody: { required: true, content: { 'application/json': { schema } } },
        responses: {
          201: { description: 'It counts from now on', content: { 'application/json': {} } },
          ...failing,
        },
      },
    },
    '/grants/{id}': {
      parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
      delete: {
        summary: 'Take a role back, at once',
        responses: { 204: { description: 'Taken back' }, ...failing },
      },
    },
  };
}
