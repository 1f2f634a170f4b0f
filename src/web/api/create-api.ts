import express, { type Request, type RequestHandler, Router } from 'express';
import { type Authenticator, hasScope } from '../../../xapi/credentials.ts';
import { AssiduError } from '../../base/errors.ts';
import type { Cohort, Definitions } from '../../cohorts/definitions.ts';
import { type Enrolments, parseEnrolments } from '../../cohorts/enrolments.ts';
import type { Feed } from '../../cohorts/feed.ts';
import type { Figures } from '../../cohorts/figures.ts';
import { ALERTS, type LearnerRow, STATES } from '../../metrics/types.ts';
import { INSTANTS, parseInstants } from './instants.ts';
import { openapi } from './openapi.ts';
import { PAGING, pageOf } from './paging.ts';
import { oneOf, onlyParameters } from './parameters.ts';

export interface ApiDeps {
  readonly authenticator: Authenticator;
  readonly definitions: Definitions;
  readonly enrolments: Enrolments;
  readonly figures: Figures;
  readonly feed: Feed;
}

interface Caller {
  readonly org: string;
  readonly name: string;
}

/** The JSON API for analysts (design.md "HTTP"), to be mounted at /api/v1; keys are those of the LRS. */
export function createApi({ authenticator, definitions, enrolments, figures, feed }: ApiDeps): Router {
  const router = Router();
  const json = express.json({
    limit: '20mb',
    strict: false,
    type: ['application/json', 'application/*+json'],
  });
  const callers = new WeakMap<Request, Caller>();

  /** Reading needs `cohorts`, `all` or `all/read`; changing what is configured or who is enrolled needs `cohorts`. */
  const authorised =
    (right: 'read' | 'write'): RequestHandler =>
    async (request, _response, next) => {
      const key = await authenticator.authenticate(request.get('Authorization'));
      const enough =
        right === 'write' ? hasScope(key, 'cohorts') : hasScope(key, 'cohorts', 'all', 'all/read');
      if (!enough)
        throw new AssiduError(
          'forbidden',
          `this key lacks the scope cohorts${right === 'read' ? ' or all/read' : ''}`,
        );
      callers.set(request, { org: key.org, name: key.name });
      next();
    };
  const caller = (request: Request): Caller => {
    const found = callers.get(request);
    if (!found) throw new AssiduError('internal', 'a request was not authorised');
    return found;
  };
  const idOf = (request: Request): string => String(request.params.id);
  const show = (request: Request): Promise<Cohort> =>
    definitions.show(caller(request).org, idOf(request), null);
  const answer = ({ definition, version, recordedAt }: Cohort) => ({
    ...definition,
    version,
    recordedAt: new Date(recordedAt).toISOString(),
  });

  router.get('/openapi.json', (_request, response) => {
    response.json(openapi);
  });
  router.get('/cohorts', authorised('read'), async (request, response) => {
    onlyParameters(request.query, ...PAGING);
    const list = await definitions.list(caller(request).org);
    response.json(pageOf(request, response, list, ({ id }) => id).map(answer));
  });
  router.get('/cohorts/:id', authorised('read'), async (request, response) => {
    response.json(answer(await show(request)));
  });
  router.put('/cohorts/:id', authorised('write'), json, async (request, response) => {
    const { org, name } = caller(request);
    const input = withoutAdded(bodyOf(request));
    const { cohort, outcome } = await definitions.apply(org, input, name, idOf(request));
    feed.wake();
    response.status(outcome === 'created' ? 201 : 200).json(answer(cohort));
  });
  router.delete('/cohorts/:id', authorised('write'), async (request, response) => {
    await definitions.remove(caller(request).org, idOf(request), caller(request).name);
    response.status(204).end();
  });
  router.post('/cohorts/:id/enrolments', authorised('write'), json, async (request, response) => {
    const cohort = await show(request);
    response.json(await enrolments.record(cohort, parseEnrolments(bodyOf(request)), 'api'));
  });
  router.get('/cohorts/:id/metrics', authorised('read'), async (request, response) => {
    onlyParameters(request.query, ...INSTANTS);
    const { metrics } = await figures.of(caller(request).org, idOf(request), parseInstants(request.query));
    response.json(metrics);
  });
  router.get('/cohorts/:id/learners', authorised('read'), async (request, response) => {
    onlyParameters(request.query, ...INSTANTS, ...PAGING, 'state', 'alert');
    const state = oneOf(STATES, 'state', request.query.state);
    const alert = oneOf(ALERTS, 'alert', request.query.alert);
    const { metrics, rows } = await figures.of(
      caller(request).org,
      idOf(request),
      parseInstants(request.query),
    );
    const matching = rows.filter(
      (row) => (state === null || row.state === state) && (alert === null || row.alerts.includes(alert)),
    );
    const { asOf } = metrics;
    response.json(pageOf(request, response, matching, keyOfRow, { asOf }));
  });
  return router;
}

/** Rows come in the order of enrolment. */
function keyOfRow({ enrolledAt, enrolmentId }: LearnerRow): string {
  return `${enrolledAt} ${enrolmentId}`;
}

/** What GET adds to a definition may come back with PUT; it is nobody's to change. */
function withoutAdded(body: unknown): unknown {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return body;
  return Object.fromEntries(
    Object.entries(body).filter(([name]) => name !== 'version' && name !== 'recordedAt'),
  );
}

/** The parsed body. Throws `invalid-request` when it was not JSON. */
function bodyOf(request: Request): unknown {
  if (request.body === undefined)
    throw new AssiduError('invalid-request', 'the body must be application/json', {
      problems: [{ path: 'Content-Type', message: 'must be application/json' }],
    });
  return request.body;
}
