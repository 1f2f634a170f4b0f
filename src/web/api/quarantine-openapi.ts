import { QUARANTINE_STATES } from './quarantine.ts';

type Answers = (description: string) => object;

/** The part of the description that is about quarantine and flagged statements; `paging` are the parameters of lists. */
export function quarantinePaths(paging: readonly object[], answers: Answers, failing: object) {
  const id = { name: 'id', in: 'path', required: true, schema: { type: 'string' } };
  return {
    '/quarantine': {
      get: {
        summary: 'Statements that were not stored while others of their request were, oldest first',
        parameters: [
          { name: 'state', in: 'query', schema: { enum: QUARANTINE_STATES, default: 'open' } },
          { name: 'key', in: 'query', schema: { type: 'string' }, description: 'Only what this key sent' },
          ...paging,
        ],
        responses: answers('A page of entries, with what is wrong with each, without their texts'),
      },
    },
    '/quarantine/{id}': {
      parameters: [id],
      get: { summary: 'An entry with its text', responses: answers('The entry; `text` is what was sent') },
      delete: {
        summary: 'Discard an entry; it stays, as resolved',
        responses: { 204: { description: 'Discarded' }, ...failing },
      },
    },
    '/quarantine/{id}/replay': {
      parameters: [id],
      post: {
        summary: 'Judge an entry again and store it, as it is or corrected',
        requestBody: {
          required: false,
          description: 'The corrected statement, which gets the authority of the key that sends it',
          content: { 'application/json': { schema: { type: 'object' } } },
        },
        responses: answers('The id it was stored under; what is still wrong is answered as a problem'),
      },
    },
    '/flagged-statements': {
      get: {
        summary: 'Statements whose timestamp lies over 24 h after their storing, or before 2000',
        parameters: paging,
        responses: answers('A page of id, timestamp, stored, flag (future or past), verb and actor'),
      },
    },
  };
}
