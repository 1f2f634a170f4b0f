import { fileURLToPath } from 'node:url';
import express, { type Request, type RequestHandler, type Response, Router } from 'express';
import type { DeepLinking } from '../../../lti/deep-linking.ts';
import { type LaunchContext, type LtiSession, launchOf } from '../../../lti/guard.ts';
import { platformOrigins } from '../../../lti/page-headers.ts';
import { AssiduError, isError } from '../../base/errors.ts';
import type { Logger } from '../../base/logger.ts';
import { newReference } from '../../base/reference.ts';
import { type Access, seesCohort } from '../../cohorts/access.ts';
import type { Cohort } from '../../cohorts/definitions.ts';
import type { Figures } from '../../cohorts/figures.ts';
import type { LaunchService } from '../../cohorts/launches.ts';
import { createCalendar } from '../../progress/calendar.ts';
import { type CohortQuery, readCohortQuery } from '../cohort-query.ts';
import { createTexts, type Locale, type Texts } from '../intl.ts';
import { learnersCsv } from '../learners-csv.ts';
import { cohortPage } from '../pages/cohort-page.tsx';
import { learnerPage } from '../pages/learner-page.tsx';
import { messagePage } from '../pages/message-page.tsx';
import { cohortPath, launchPath, learnerPath } from '../paths.ts';
import { matchRows, selectRows } from '../select-rows.ts';
import type { Message, PageFrame } from '../views.ts';
import { placingPages } from './placing-pages.ts';

export interface AppPageDeps {
  readonly session: LtiSession;
  readonly access: Access;
  readonly launches: LaunchService;
  readonly deepLinking: DeepLinking;
  readonly figures: Figures;
  /** ms since the epoch. */
  readonly clock: () => number;
  readonly log: Logger;
}

/** Stylesheet and islands, beside the pages. */
const ASSETS = fileURLToPath(new URL('../assets/', import.meta.url));

/** The pages of a launch (design.md "HTTP", /app). Everything below /app/:launch is authorised by that launch. */
export function createAppPages(deps: AppPageDeps): Router {
  const { session, access, launches, deepLinking, figures, clock, log } = deps;
  const texts: Readonly<Record<Locale, Texts>> = { fr: createTexts('fr'), en: createTexts('en') };
  const textsOf = (request: Request, context: LaunchContext) => texts[localeOf(request, context)];
  const router = Router();
  // Platforms show the logo on pages of their own, whatever isolation those ask for.
  const setHeaders = (response: Response, file: string): void => {
    if (file.endsWith('logo.svg')) response.set('Cross-Origin-Resource-Policy', 'cross-origin');
  };
  router.use('/assets', express.static(ASSETS, { index: false, maxAge: '1h', redirect: false, setHeaders }));

  const own: RequestHandler[] = [session.requireLaunch, session.framing, session.protectForms];
  const page = Router({ mergeParams: true });
  router.use('/:launch', ...own, page);

  page.get('/', async (request, response) => {
    const context = launchOf(response);
    if (context.launch.role === 'observer') throw new AssiduError('forbidden', 'observers have no page yet');
    const choice = await launches.choose(context);
    if (choice.kind === 'one') {
      const { search } = new URL(request.originalUrl, 'http://host');
      response.redirect(303, `${cohortPath(context.launch.id, choice.cohort.id)}${search}`);
      return;
    }
    const cohorts = choice.kind === 'several' && seesCohort(context.launch) ? choice.cohorts : [];
    const locale = localeOf(request, context);
    const message: Message =
      cohorts.length === 0
        ? { kind: 'noCohort' }
        : { kind: 'choose', cohorts: cohorts.map((cohort) => choiceOf(context, cohort, locale)) };
    sendMessage(request, response, message, 200);
  });

  page.get('/cohorts/:cohort', async (request, response) => {
    const context = launchOf(response);
    const cohort = await access.cohort(context, String(request.params.cohort));
    if (seesCohort(context.launch)) await sendCohort(request, response, cohort);
    else await sendLearner(request, response, cohort, (await launches.learnerOf(context))?.id ?? null);
  });

  page.get('/cohorts/:cohort/learners/:learner', async (request, response) => {
    const context = launchOf(response);
    const cohort = await access.cohort(context, String(request.params.cohort));
    if (!seesCohort(context.launch)) throw new AssiduError('forbidden', 'learners see their own path only');
    await sendLearner(request, response, cohort, String(request.params.learner));
  });

  page.get('/cohorts/:cohort/learners.csv', async (request, response) => {
    const context = launchOf(response);
    const cohort = await access.cohort(context, String(request.params.cohort));
    if (!seesCohort(context.launch)) throw new AssiduError('forbidden', 'learners see their own path only');
    const query = queryOf(request);
    const { rows } = await figures.of(cohort.org, cohort.id, {
      asOf: endOfDay(cohort, query),
      knownAt: null,
    });
    response
      .type('text/csv')
      .attachment(`${cohort.id}.csv`)
      .send(learnersCsv(cohort.definition, matchRows(rows, query), textsOf(request, context)));
  });

  page.post('/close', async (request, response) => {
    await session.endSession(request, response);
    sendMessage(request, response, { kind: 'closed' }, 200);
  });

  const sendCohort = async (request: Request, response: Response, cohort: Cohort) => {
    const context = launchOf(response);
    const query = queryOf(request);
    const { metrics, rows, definition } = await figures.of(cohort.org, cohort.id, {
      asOf: endOfDay(cohort, query),
      knownAt: null,
    });
    const selected = selectRows(rows, query);
    response.type('html').send(
      cohortPage({
        ...frameOf(request, context, cohortPath(context.launch.id, cohort.id)),
        definition,
        metrics,
        rows: selected.rows,
        totalRows: selected.total,
        page: selected.page,
        pageSize: selected.pageSize,
        query,
      }),
    );
  };

  const sendLearner = async (
    request: Request,
    response: Response,
    cohort: Cohort,
    learnerId: string | null,
  ) => {
    const context = launchOf(response);
    const path =
      seesCohort(context.launch) && learnerId !== null
        ? learnerPath(context.launch.id, cohort.id, learnerId)
        : cohortPath(context.launch.id, cohort.id);
    const found = await figures.of(cohort.org, cohort.id, { asOf: null, knownAt: null });
    const row = found.rows.filter((each) => found.learnerOf.get(each.enrolmentId) === learnerId).at(-1);
    if (!row && seesCohort(context.launch)) throw new AssiduError('not-found', 'no such learner here');
    if (!row) {
      sendMessage(request, response, { kind: 'noCohort' }, 200);
      return;
    }
    // The whole path is short enough to be shown at its full height; a cohort scrolls in its own frame.
    const [platformOrigin] = platformOrigins(context.registration);
    response.type('html').send(
      learnerPage({
        ...frameOf(request, context, path),
        ...(platformOrigin === undefined ? {} : { platformOrigin }),
        definition: found.definition,
        row,
        asOf: found.metrics.asOf,
        final: found.metrics.final,
        cohortVersion: cohort.version,
        platformOrigins: platformOrigins(context.registration),
      }),
    );
  };

  /** The figures of a past day are those at its end; today and later ones are now's. */
  const endOfDay = ({ definition }: Cohort, { asOf }: CohortQuery): number | null => {
    if (asOf === undefined) return null;
    const calendar = createCalendar(definition.timezone, definition.startsOn);
    return Math.min(clock(), calendar.midnight(calendar.dayOfDate(asOf) + 1) - 1);
  };

  const frameOf = (request: Request, context: LaunchContext, path: string): PageFrame => ({
    launchId: context.launch.id,
    path,
    role: context.launch.role,
    csrfToken: context.csrfToken,
    texts: textsOf(request, context),
    now: new Date(clock()).toISOString(),
  });

  const sendMessage = (request: Request, response: Response, message: Message, status: number) => {
    const context = launchOf(response);
    const closed = message.kind === 'closed';
    response
      .status(status)
      .type('html')
      .send(
        messagePage({
          texts: textsOf(request, context),
          message,
          role: context.launch.role,
          ...(closed
            ? {}
            : {
                session: {
                  launchId: context.launch.id,
                  csrfToken: context.csrfToken,
                  path: launchPath(context.launch.id),
                },
              }),
        }),
      );
  };

  page.use('/placing', placingPages({ access, deepLinking, frameOf }));

  // Pages answer a person: what is not there, or not theirs, is said as a page too.
  page.use((error: unknown, request: Request, response: Response, next: (error: unknown) => void) => {
    if (isError(error, 'not-found')) sendMessage(request, response, { kind: 'notFound' }, 404);
    else if (isError(error, 'forbidden')) sendMessage(request, response, { kind: 'forbidden' }, 403);
    else if (response.headersSent) next(error);
    else {
      const reference = newReference();
      log.error({ err: error, reference }, 'page failed');
      sendMessage(request, response, { kind: 'error', reference }, 500);
    }
  });
  return router;
}

function queryOf(request: Request): CohortQuery {
  return readCohortQuery(new URL(request.originalUrl, 'http://host').searchParams);
}

function localeOf(request: Request, { launch }: LaunchContext): Locale {
  const { lang } = request.query;
  return lang === 'fr' || lang === 'en' ? lang : launch.locale;
}

function choiceOf({ launch }: LaunchContext, { id, definition }: Cohort, locale: Locale) {
  const { title, startsOn, endsOn } = definition;
  return {
    title: title[locale] ?? title.fr ?? Object.values(title)[0] ?? id,
    startsOn,
    ...(endsOn === undefined ? {} : { endsOn }),
    href: cohortPath(launch.id, id),
  };
}
