import { type Request, Router } from 'express';
import type { ContentKeys } from '../../../xapi/content-keys.ts';
import type { Authenticator } from '../../../xapi/credentials.ts';
import type { Quarantine } from '../../../xapi/quarantine.ts';
import type { Cohort, Definitions } from '../../cohorts/definitions.ts';
import type { Feed } from '../../cohorts/feed.ts';
import type { Figures } from '../../cohorts/figures.ts';
import { learnersTable } from '../../export/learners-table.ts';
import { ALERTS, type LearnerRow, STATES } from '../../metrics/types.ts';
import type { Services } from '../../services.ts';
import { addAttendance } from './attendance.ts';
import { createGate } from './authorise.ts';
import { addComparison } from './comparison.ts';
import { addContentKeys } from './content-keys.ts';
import { addEnrolments } from './enrolments.ts';
import { addFlaggedStatements, type Flagged } from './flagged-statements.ts';
import { addForwards } from './forwards.ts';
import { addFrozen } from './frozen.ts';
import { addGrants } from './grants.ts';
import { addIdentities } from './identities.ts';
import { INSTANTS, parseInstants } from './instants.ts';
import { bodyOf, jsonBody } from './json-body.ts';
import { openapi } from './openapi.ts';
import { PAGING, pageOf } from './paging.ts';
import { oneOf, onlyParameters } from './parameters.ts';
import { addPortfolio } from './portfolio.ts';
import { addQuarantine } from './quarantine.ts';
import { addRetention } from './retention.ts';
import { addRoster } from './roster.ts';
import { sendCsv } from './send-csv.ts';
import { addWaivers } from './waivers.ts';

export interface ApiDeps {
  readonly authenticator: Authenticator;
  readonly contentKeys: ContentKeys;
  readonly definitions: Definitions;
  readonly enrolments: Services['enrolments'];
  readonly corrections: Services['corrections'];
  readonly identities: Services['identities'];
  readonly attendance: Services['attendance'];
  readonly waivers: Services['waivers'];
  readonly figures: Figures;
  readonly compare: Services['compare'];
  readonly portfolio: Services['portfolio'];
  readonly feed: Feed;
  readonly forwards: Services['forwards'];
  readonly erasures: Services['erasures'];
  readonly grants: Services['grants'];
  readonly quarantine: Quarantine;
  readonly rosters: Services['rosters'];
  readonly flagged: Flagged;
}

/** The JSON API for analysts (design.md "HTTP"), to be mounted at /api/v1; keys are those of the LRS. */
export function createApi({
  authenticator,
  contentKeys,
  definitions,
  enrolments,
  corrections,
  identities,
  attendance,
  waivers,
  figures,
  compare,
  portfolio,
  feed,
  forwards,
  erasures,
  grants,
  quarantine,
  rosters,
  flagged,
}: ApiDeps): Router {
  const router = Router();
  const gate = createGate(authenticator);
  const { authorised, caller } = gate;
  const idOf = (request: Request): string => String(request.params.id);
  const show = (request: Request): Promise<Cohort> =>
    definitions.show(caller(request).org, idOf(request), null);
  const answer = ({ definition, version, recordedAt }: Cohort) => ({
    ...definition,
    version,
    recordedAt: new Date(recordedAt).toISOString(),
  });

  router.get('/openapi.json', (request, response) => {
    const [url] = request.originalUrl.split('/openapi.json');
    response.json({ ...openapi, servers: [{ url }] });
  });
  router.get('/cohorts', authorised('read'), async (request, response) => {
    onlyParameters(request.query, ...PAGING);
    const list = await definitions.list(caller(request).org);
    response.json(pageOf(request, response, list, ({ id }) => id).map(answer));
  });
  router.get('/cohorts/:id', authorised('read'), async (request, response) => {
    response.json(answer(await show(request)));
  });
  router.put('/cohorts/:id', authorised('write'), jsonBody, async (request, response) => {
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
  router.get('/cohorts/:id/metrics', authorised('read'), async (request, response) => {
    onlyParameters(request.query, ...INSTANTS);
    const { metrics } = await figures.of(caller(request).org, idOf(request), parseInstants(request.query));
    response.json(metrics);
  });
  router.get('/cohorts/:id/learners', authorised('read'), async (request, response) => {
    onlyParameters(request.query, ...INSTANTS, ...PAGING, 'state', 'alert');
    const state = oneOf(STATES, 'state', request.query.state);
    const alert = oneOf(ALERTS, 'alert', request.query.alert);
    const found = await figures.of(caller(request).org, idOf(request), parseInstants(request.query));
    const { metrics, rows } = found;
    const matching = rows.filter(
      (row) => (state === null || row.state === state) && (alert === null || row.alerts.includes(alert)),
    );
    response.vary('Accept');
    if (request.accepts(['json', 'csv']) === 'csv') return sendCsv(response, learnersTable(found, matching));
    const { asOf } = metrics;
    response.json(pageOf(request, response, matching, keyOfRow, { asOf }));
  });
  addAttendance(router, gate, { definitions, attendance });
  addWaivers(router, gate, { definitions, waivers });
  addContentKeys(router, gate, contentKeys);
  addEnrolments(router, gate, { definitions, enrolments, corrections });
  addIdentities(router, gate, identities);
  addForwards(router, gate, forwards);
  addGrants(router, gate, grants);
  addQuarantine(router, gate, quarantine);
  addFrozen(router, gate, { definitions, erasures });
  addRoster(router, gate, rosters);
  addRetention(router, gate, figures);
  addComparison(router, gate, compare);
  addPortfolio(router, gate, portfolio);
  addFlaggedStatements(router, gate, flagged);
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
