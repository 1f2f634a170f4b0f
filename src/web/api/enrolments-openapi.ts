import { z } from 'zod';
import { correctionSchema } from '../../cohorts/correct-enrolments.ts';
import { linkSchema, ruleSchema } from './identities.ts';

type Answers = (description: string) => object;

const actorParameter = (required: boolean) => ({
  name: 'actor',
  in: 'query',
  required,
  schema: { type: 'string' },
  description: 'xAPI agent as JSON',
});
const pathId = (name: string) => ({ name, in: 'path', required: true, schema: { type: 'string' } });
const body = (schema: object) => ({ required: true, content: { 'application/json': { schema } } });
const schemaOf = (schema: z.ZodType) => z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
const instant = { type: 'string', format: 'date-time' };

/** The part of the description that is about enrolments and identities. */
export function enrolmentPaths(
  instants: readonly object[],
  paging: readonly object[],
  answers: Answers,
  failing: object,
) {
  const [, knownAt] = instants;
  const gone = (description: string) => ({ 204: { description }, ...failing });
  return {
    '/cohorts/{id}/enrolments': {
      parameters: [pathId('id')],
      get: {
        summary: 'Enrolments that hold, excluded ones too, in the order of their beginning',
        parameters: [...instants, ...paging],
        responses: answers('A page of enrolments, with what told of them'),
      },
      post: {
        summary: 'Record enrolments; telling the same again changes nothing',
        requestBody: body({
          type: 'array',
          items: {
            type: 'object',
            required: ['actor'],
            properties: {
              actor: { type: 'object', description: 'xAPI agent' },
              enrolledAt: instant,
              endedAt: instant,
              reason: { enum: ['withdrawn', 'removed', 'transferred', 'excluded'] },
              suspensions: {
                type: 'array',
                items: { type: 'object', required: ['from'], properties: { from: instant, to: instant } },
              },
            },
          },
        }),
        responses: answers('How many were recorded, how many said nothing new'),
      },
    },
    '/cohorts/{id}/enrolments/history': {
      parameters: [pathId('id')],
      get: {
        summary: 'All that was recorded of somebody’s enrolments, in the order it became known',
        parameters: [actorParameter(true), ...(knownAt ? [knownAt] : []), ...paging],
        responses: answers('A page of changes, statements, voids and links'),
      },
    },
    '/cohorts/{id}/enrolments/{enrolment}': {
      parameters: [pathId('id'), pathId('enrolment')],
      patch: {
        summary: 'Set an enrolment right; `reason: null` takes an exclusion back',
        requestBody: body(schemaOf(correctionSchema)),
        responses: answers('Whether it was changed'),
      },
      delete: { summary: 'It was recorded by mistake: it counts nowhere', responses: gone('Undone') },
    },
    '/identities': {
      get: {
        summary: 'Links between identifiers that hold; with `actor` the person behind one',
        parameters: [actorParameter(false), ...paging],
        responses: answers('A page of links, or one person with all identifiers'),
      },
      post: {
        summary: 'Two identifiers are one person; with `linked: false` they are not',
        requestBody: body(schemaOf(linkSchema)),
        responses: answers('The id of the pair, and whether anything changed (201 when newly linked)'),
      },
    },
    '/identities/{id}': {
      parameters: [pathId('id')],
      delete: { summary: 'Take a link back', responses: gone('Unlinked') },
    },
    '/identities/rules/email': {
      get: { summary: 'Whether people are linked by e-mail address', responses: answers('The rule') },
      put: {
        summary: 'Link people of several platforms by e-mail address, or do not any more',
        requestBody: body(schemaOf(ruleSchema)),
        responses: answers('The rule'),
      },
    },
  };
}
