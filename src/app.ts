import express, { type Express, type RequestHandler } from 'express';
import helmet from 'helmet';
import type { Lti } from '../lti/create-lti.ts';
import { createLrs } from '../xapi/create-lrs.ts';
import type { Logger } from './base/logger.ts';
import { createMeasures } from './measures.ts';
import type { Readiness } from './readiness.ts';
import type { Services } from './services.ts';
import { createApi } from './web/api/create-api.ts';
import { answerProblems, nothingHere } from './web/problem.ts';
import { asPublished } from './web/published-path.ts';
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

/** All doors of the product in one Express application (design.md "HTTP"). */
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
}: AppDeps): Express {
  const app = express();
  const { authenticator, limiter, intake, storage } = services;
  app.disable('x-powered-by');
  app.set('etag', false);
  const measures = createMeasures(storage, metricsFrom);
  app.use(readiness.partWithClients, measures.measure, logRequests(log, clock), asPublished(publicUrl));
  app.use(
    // Framing and content policy are each page's own matter (lti/page-headers.ts).
    helmet({
      contentSecurityPolicy: false,
      frameguard: false,
      crossOriginResourcePolicy: false,
      crossOriginOpenerPolicy: false,
      referrerPolicy: false,
    }),
  );
  // First, since nothing else is asked for as often.
  app.use(
    '/xapi',
    createLrs({
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
    }),
  );
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
  return app;
}

/** One line a request: the path without its query, which may hold what is nobody's business. */
function logRequests(log: Logger, clock: () => number): RequestHandler {
  return (request, response, next) => {
    const started = clock();
    const [path] = request.originalUrl.split('?');
    response.on('finish', () => {
      log.info(
        { method: request.method, path, status: response.statusCode, ms: clock() - started },
        'request',
      );
    });
    next();
  };
}
