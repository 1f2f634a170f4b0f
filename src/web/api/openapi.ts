import { z } from 'zod';
import { cohortDefinitionSchema } from '../../../config/cohort-definition.ts';
import { ALERTS, STATES } from '../../metrics/types.ts';
import { attendancePaths } from './attendance-openapi.ts';
import { contentKeySchema } from './content-keys.ts';
import { enrolmentPaths } from './enrolments-openapi.ts';
import { forwardPaths } from './forwards-openapi.ts';
import { frozenPaths } from './frozen-openapi.ts';
import { grantPaths } from './grants-openapi.ts';
import { portfolioPaths } from './portfolio-openapi.ts';
import { quarantinePaths } from './quarantine-openapi.ts';
import { retentionPaths } from './retention-openapi.ts';
import { rosterPaths } from './roster-openapi.ts';

const instantParameters = ['asOf', 'knownAt'].map((name) => ({
  name,
  in: 'query',
  schema: { type: 'string', format: 'date-time' },
}));
const idParameter = { name: 'id', in: 'path', required: true, schema: { type: 'string' } };
const paging = [
  { name: 'limit', in: 'query', schema: { type: 'integer', minimum: 1, maximum: 1000, default: 100 } },
  { name: 'cursor', in: 'query', schema: { type: 'string' }, description: 'Opaque; see the Link header.' },
];
const problem = {
  type: 'object',
  required: ['type', 'title', 'status'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    reference: { type: 'string', description: 'Finds what failed in the log' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['path', 'message'],
        properties: { path: { type: 'string' }, message: { type: 'string' } },
      },
    },
  },
};
const failing = {
  default: {
    description: 'A problem (RFC 9457), naming the fields at fault',
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  },
};
const answers = (description: string) => ({
  200: { description, content: { 'application/json': {} } },
  ...failing,
});
const body = (schema: object) => ({ required: true, content: { 'application/json': { schema } } });

/** OpenAPI 3.1 description of /api/v1. */
export const openapi = {
  openapi: '3.1.0',
  info: {
    title: 'Assidu',
    version: '1',
    description: 'Cohorts, enrolments and figures. What each figure means: docs/metrics.md.',
  },
  servers: [{ url: '/api/v1' }],
  security: [{ key: [] }],
  components: {
    securitySchemes: { key: { type: 'http', scheme: 'basic' } },
    schemas: { Problem: problem },
  },
  paths: {
    '/openapi.json': {
      get: { summary: 'This description', security: [], responses: answers('OpenAPI 3.1') },
    },
    '/content-keys': {
      post: {
        summary: 'A short-lived key for content in a browser, bound to one learner (docs/keys.md)',
        requestBody: body(z.toJSONSchema(contentKeySchema, { io: 'input', unrepresentable: 'any' })),
        responses: {
          201: {
            description: 'The key, its secret (told only now) and when it expires',
            content: { 'application/json': {} },
          },
          ...failing,
        },
      },
    },
    ...enrolmentPaths(instantParameters, paging, answers, failing),
    ...forwardPaths(paging, answers, failing),
    ...frozenPaths(paging, answers),
    ...grantPaths(paging, answers, failing),
    ...portfolioPaths(failing),
    ...quarantinePaths(paging, answers, failing),
    ...rosterPaths(answers),
    ...attendancePaths(paging, answers, body),
    ...retentionPaths(instantParameters, answers),
    '/cohorts': {
      get: {
        summary: 'Cohorts of the organisation',
        parameters: paging,
        responses: answers('A page of cohorts'),
      },
    },
    '/cohorts/{id}': {
      parameters: [idParameter],
      get: { summary: 'A cohort', responses: answers('The definition, with version and recordedAt') },
      put: {
        summary: 'Create or change a cohort',
        requestBody: body(z.toJSONSchema(cohortDefinitionSchema, { io: 'input', unrepresentable: 'any' })),
        responses: {
          ...answers('Changed, or the same as before'),
          201: { description: 'Created', content: { 'application/json': {} } },
        },
      },
      delete: {
        summary: 'Remove a cohort; its statements stay',
        responses: { 204: { description: 'Removed' }, ...failing },
      },
    },
    '/cohorts/{id}/metrics': {
      parameters: [idParameter],
      get: { summary: 'Figures', parameters: instantParameters, responses: answers('The figures') },
    },
    '/cohorts/{id}/learners': {
      parameters: [idParameter],
      get: {
        summary: 'One row an enrolment',
        parameters: [
          ...instantParameters,
          { name: 'state', in: 'query', schema: { enum: STATES } },
          { name: 'alert', in: 'query', schema: { enum: ALERTS } },
          ...paging,
        ],
        responses: {
          200: {
            description: 'A page of rows; as CSV all of them, a column each unit and session',
            content: { 'application/json': {}, 'text/csv': {} },
          },
          ...failing,
        },
      },
    },
  },
};
