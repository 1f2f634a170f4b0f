import type { RequestListener } from 'node:http';
import express, { type Express } from 'express';
import type { Lti } from '../lti/create-lti.ts';
import { createLrs } from '../xapi/create-lrs.ts';
import { setHeaders } from './base/answer.ts';
import type { Logger } from './base/logger.ts';
import { createMeasures } from './measures.ts';
import { quickDoor } from './quick-door.ts';
import type { Readiness } from './readiness.ts';
import { doorOf, recordRequests } from './record-requests.ts';
import { securityHeaders } from './security-headers.ts';
import type { Services } from './services.ts';
import { createApi } from './web/api/create-api.ts';
import { answerProblems, nothingHere, problemsOf } from './web/problem.ts';
import { asPublished, publishedPath } from './web/published-path.ts';
import { createAppPages } from './web/routes/app-pages.ts';
import { createCmi5Door } from './web/routes/cmi5-door.ts';

export interface AppDeps {
  readonly services: Services;
  readonly lti: Lti;
  readonly readiness: Readiness;
  readonly publicUrl: string;
  readonly maxBody: string;
  readonly maxAttachment: string;
  /** Who may read /metrics (src/web/measures.ts). */
  readonly metricsFrom: 'local' | 'network';
  /** ms since the epoch. */
  readonly clock: () => number;
  readonly log: Logger;
}

/** All doors of the product (design.md "HTTP"). */
export interface Doors {
  /** What a server asks: the quick door, then the application. */
  readonly listener: RequestListener;
  /** Express, which has every route; it answers what the quick door takes, too, and the same. */
  readonly app: Express;
}

export function createApp({
  services,
  lti,
  readiness,
  publicUrl,
  maxBody,
  maxAttachment,
  metricsFrom,
  clock,
  log,
}: AppDeps): Doors {
  const app = express();
  const { authenticator, limiter, intake, storage } = services;
  app.disable('x-powered-by');
  app.set('etag', false);
  const measures = createMeasures(storage, metricsFrom);
  const record = recordRequests(measures, log, clock);
  const security = securityHeaders();
  // What comes before the LRS's router here, the quick door does, too (quick-door.ts).
  app.use((request, response, next) => {
    setHeaders(response, readiness.parting());
    const [path = ''] = request.originalUrl.split('?');
    record({ method: request.method, path, door: doorOf(request.path) }, response);
    setHeaders(response, security);
    next();
  }, asPublished(publicUrl));
  const lrs = createLrs({
    authenticator,
    limiter,
    intake,
    lenientIntake: services.lenientIntake,
    statements: storage.statements,
    attachments: storage.attachments,
    documents: storage.documents,
    profiles: storage.profiles,
    clock,
    maxBody,
    maxAttachment,
    authorityHome: publicUrl,
  });
  // First, since nothing else is asked for as often.
  app.use('/xapi', lrs.router);
  app.get('/healthz', (_request, response) => {
    response.type('text').send('ok');
  });
  app.get('/favicon.ico', (_request, response) => {
    response.status(204).end();
  });
  app.get('/readyz', readiness.answer);
  app.get('/metrics', measures.answer);
  app.use('/lti', lti.router);
  app.use(
    '/app',
    createAppPages({
      session: lti.session,
      access: services.access,
      cohortsAtAge: services.cohortsAtAge,
      organisations: services.organisations,
      publicUrl,
      launches: services.launches,
      deepLinking: lti.deepLinking,
      drafts: services.drafts,
      enrolments: services.enrolments,
      figures: services.figures,
      portfolio: services.portfolio,
      ownData: services.ownData,
      forwards: services.forwards,
      attendance: services.attendance,
      waivers: services.waivers,
      contacts: services.contacts,
      units: services.units,
      clock,
      log,
    }),
  );
  app.use('/cmi5', createCmi5Door(services.cmi5Sessions, log));
  app.use('/api/v1', createApi(services));
  app.use(nothingHere);
  app.use(answerProblems(log));
  const taken = quickDoor({
    quickPost: lrs.quickPost,
    published: publishedPath(publicUrl),
    problemOf: problemsOf(log),
    readiness,
    record,
    security,
    log,
  });
  return {
    app,
    listener: (request, response) => {
      if (!taken(request, response)) app(request, response);
    },
  };
}
