import { fileURLToPath } from 'node:url';
import express, { type Request, type RequestHandler, type Response, Router } from 'express';
import type { DeepLinking } from '../../../lti/deep-linking.ts';
import { type LaunchContext, type LtiSession, launchOf, useLaunch } from '../../../lti/guard.ts';
import { platformOrigins } from '../../../lti/page-headers.ts';
import { AssiduError, isError } from '../../base/errors.ts';
import type { Logger } from '../../base/logger.ts';
import { newReference } from '../../base/reference.ts';
import { type Access, seesCohort } from '../../cohorts/access.ts';
import type { AttendanceRegister } from '../../cohorts/attendance.ts';
import type { Cohort } from '../../cohorts/definitions.ts';
import type { Enrolments } from '../../cohorts/enrolments.ts';
import type { Figures } from '../../cohorts/figures.ts';
import type { LaunchService } from '../../cohorts/launches.ts';
import type { Waivers } from '../../cohorts/waivers.ts';
import { createCalendar } from '../../progress/calendar.ts';
import { enrolmentHistory, type HistoryEntry } from '../../progress/enrolment-history.ts';
import type { Units } from '../../units/units.ts';
import { choiceOf, menteeChoiceOf } from '../cohort-choices.ts';
import { CSV_TABLES, cohortCsv, retentionAsked } from '../cohort-csv.ts';
import { type CohortQuery, readCohortQuery } from '../cohort-query.ts';
import { createTexts, type Locale, type Texts } from '../intl.ts';
import { cohortPage } from '../pages/cohort-page.tsx';
import { learnerPage } from '../pages/learner-page.tsx';
import { messagePage } from '../pages/message-page.tsx';
import { cohortPath, launchPath, learnerPath } from '../paths.ts';
import { selectRows } from '../select-rows.ts';
import type { Message, PageFrame } from '../views.ts';
import { attendancePages } from './attendance-pages.ts';
import { placingPages } from './placing-pages.ts';
import { unitPages } from './unit-pages.ts';
import { waiverPages } from './waiver-pages.ts';

export interface AppPageDeps {
  readonly session: LtiSession;
  readonly access: Access;
  readonly launches: LaunchService;
  readonly deepLinking: DeepLinking;
  readonly figures: Figures;
  readonly enrolments: Pick<Enrolments, 'known'>;
  readonly units: Units;
  readonly attendance: AttendanceRegister;
  readonly waivers: Waivers;
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
  // What a launch may see is asked anew at every request, in the cohort that the address names.
  const asItCounts: RequestHandler = async (request, response, next) => {
    const { cohort } = request.params;
    const { launch } = await access.now(
      launchOf(response),
      cohort === undefined ? undefined : String(cohort),
    );
    useLaunch(response, launch);
    next();
  };
  page.use(asItCounts);
  page.use('/cohorts/:cohort', asItCounts);

  page.get('/', async (request, response) => {
    const context = launchOf(response);
    const choice = await launches.choose(context);
    const mentees = await access.mentees(context);
    const cohorts = choice.kind === 'one' ? [choice.cohort] : choice.kind === 'several' ? choice.cohorts : [];
    const locale = localeOf(request, context);
    const choices = [
      ...cohorts.map((cohort) => choiceOf(context, cohort, locale)),
      ...mentees.map((mentee) => menteeChoiceOf(context, mentee, texts[locale])),
    ];
    const [only, second] = choices;
    if (only !== undefined && second === undefined) {
      const { search } = new URL(request.originalUrl, 'http://host');
      response.redirect(303, `${only.href}${search}`);
      return;
    }
    const nothing = context.launch.role === 'observer' ? 'noMentee' : 'noCohort';
    const message: Message =
      choices.length === 0
        ? { kind: nothing }
        : { kind: mentees.length > 0 ? 'mentees' : 'choose', cohorts: choices };
    sendMessage(request, response, message, message.kind === 'noMentee' ? 403 : 200);
  });

  page.get('/cohorts/:cohort', async (request, response) => {
    const context = launchOf(response);
    const cohort = await access.cohort(context, String(request.params.cohort));
    if (seesCohort(context.launch)) await sendCohort(request, response, cohort);
    else await sendOwn(request, response, cohort);
  });

  page.get('/cohorts/:cohort/learners/:learner', async (request, response) => {
    const context = launchOf(response);
    const learner = String(request.params.learner);
    const cohort = await access.learner(context, String(request.params.cohort), learner);
    const path = learnerPath(context.launch.id, cohort.id, learner);
    if (!(await sendLearner(request, response, { cohort, learner, path })))
      throw new AssiduError('not-found', 'no such learner here');
  });

  for (const table of CSV_TABLES)
    page.get(`/cohorts/:cohort/${table}.csv`, async (request, response) => {
      const context = launchOf(response);
      const cohort = await access.cohort(context, String(request.params.cohort));
      if (!seesCohort(context.launch)) throw new AssiduError('forbidden', 'learners see their own path only');
      const query = queryOf(request);
      const found = await figures.of(cohort.org, cohort.id, { asOf: endOfDay(cohort, query), knownAt: null });
      const { file, text } = cohortCsv(table, found, query, textsOf(request, context));
      response.type('text/csv').attachment(file).send(text);
    });

  page.post('/close', async (request, response) => {
    await session.endSession(request, response);
    sendMessage(request, response, { kind: 'closed' }, 200);
  });

  const sendCohort = async (request: Request, response: Response, cohort: Cohort) => {
    const context = launchOf(response);
    const query = queryOf(request);
    const found = await figures.of(cohort.org, cohort.id, { asOf: endOfDay(cohort, query), knownAt: null });
    const selected = selectRows(found.rows, query);
    response.type('html').send(
      cohortPage({
        ...frameOf(request, context, cohortPath(context.launch.id, cohort.id)),
        definition: found.definition,
        metrics: found.metrics,
        retention: found.retention(retentionAsked(query)),
        rows: selected.rows,
        learnerOf: found.learnerOf,
        totalRows: selected.total,
        page: selected.page,
        pageSize: selected.pageSize,
        query,
      }),
    );
  };

  const sendOwn = async (request: Request, response: Response, cohort: Cohort): Promise<void> => {
    const context = launchOf(response);
    const learner = (await launches.learnerOf(context))?.id;
    const path = cohortPath(context.launch.id, cohort.id);
    const sent = learner !== undefined && (await sendLearner(request, response, { cohort, learner, path }));
    if (!sent) sendMessage(request, response, { kind: 'noCohort' }, 200);
  };

  /** A learner's path, at its address; false when they are not of the cohort. */
  const sendLearner = async (
    request: Request,
    response: Response,
    {
      cohort,
      learner,
      path,
      waiverFault = null,
    }: {
      readonly cohort: Cohort;
      readonly learner: string;
      readonly path: string;
      /** Number of the unit whose waiver lacks a reason. */
      readonly waiverFault?: number | null;
    },
  ): Promise<boolean> => {
    const context = launchOf(response);
    const found = await figures.of(cohort.org, cohort.id, { asOf: null, knownAt: null });
    const person = found.personOf(learner);
    const row = found.rows.findLast(({ enrolmentId }) => found.learnerOf.get(enrolmentId) === person);
    if (!row) return false;
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
        ...(seesCohort(context.launch)
          ? {
              history: await historyOf(cohort, learner),
              staff: { learnerId: learner, waiverFault, waivers: await waiversOf(cohort, person) },
            }
          : {}),
      }),
    );
    return true;
  };

  const waiversOf = async (cohort: Cohort, person: string) =>
    (await deps.waivers.entries(cohort)).filter(({ learnerId }) => learnerId === person);

  const historyOf = async (cohort: Cohort, learner: string): Promise<readonly HistoryEntry[]> => {
    const { records, persons } = await deps.enrolments.known(cohort, null, [learner]);
    return enrolmentHistory(records, persons, persons.ofLearner(learner), null);
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
          identifier: { platform: context.registration.id, sub: context.launch.sub },
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

  page.use(
    '/cohorts/:cohort/sessions',
    attendancePages({ access, attendance: deps.attendance, figures, frameOf, clock }),
  );
  page.use(
    '/cohorts/:cohort/learners/:learner/waivers',
    waiverPages({
      access,
      figures,
      waivers: deps.waivers,
      sendFault: async (request, response, { cohort, learner, unit }) => {
        const path = learnerPath(launchOf(response).launch.id, cohort.id, learner);
        response.status(422);
        await sendLearner(request, response, { cohort, learner, path, waiverFault: unit });
      },
    }),
  );
  page.use('/placing', placingPages({ access, deepLinking, frameOf }));
  page.use('/cohorts/:cohort/units', unitPages({ access, units: deps.units, frameOf, sendMessage }));

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
