import { fileURLToPath } from 'node:url';
import express, { type ErrorRequestHandler, type RequestHandler, type Response, Router } from 'express';
import type { DeepLinking } from '../../../lti/deep-linking.ts';
import { type LtiSession, launchOf, useLaunch } from '../../../lti/guard.ts';
import type { Forwards } from '../../../xapi/forwarding/forwards.ts';
import { isError } from '../../base/errors.ts';
import type { Logger } from '../../base/logger.ts';
import { newReference } from '../../base/reference.ts';
import type { Access } from '../../cohorts/access.ts';
import type { AttendanceRegister } from '../../cohorts/attendance.ts';
import type { CohortsAtAge } from '../../cohorts/compare-cohorts.ts';
import type { Contacts } from '../../cohorts/contacts.ts';
import type { Drafts } from '../../cohorts/drafts.ts';
import type { Enrolments } from '../../cohorts/enrolments.ts';
import type { Figures } from '../../cohorts/figures.ts';
import type { LaunchService } from '../../cohorts/launches.ts';
import type { ReadPortfolio } from '../../cohorts/portfolio.ts';
import type { Waivers } from '../../cohorts/waivers.ts';
import type { Organisations } from '../../organisations/organisations.ts';
import type { OwnData } from '../../privacy/own-data.ts';
import type { Units } from '../../units/units.ts';
import { learnerPath } from '../paths.ts';
import { attendancePages } from './attendance-pages.ts';
import { cohortPages } from './cohort-pages.ts';
import { comparePages } from './compare-pages.ts';
import { definitionPages } from './definition-pages.ts';
import { createSendLearner } from './learner-pages.ts';
import { organisationLogos, organisationPages } from './organisation-pages.ts';
import { ownPages } from './own-pages.ts';
import { createPageAnswers, type PageAnswers } from './page-answers.ts';
import { placingPages } from './placing-pages.ts';
import { portfolioPages } from './portfolio-pages.ts';
import { reportPages } from './report-pages.ts';
import { timelinePages } from './timeline-pages.ts';
import { todayPages } from './today-pages.ts';
import { unitPages } from './unit-pages.ts';
import { waiverPages } from './waiver-pages.ts';

export interface AppPageDeps {
  readonly session: LtiSession;
  readonly access: Access;
  readonly cohortsAtAge: CohortsAtAge;
  readonly organisations: Organisations;
  /** Where browsers reach the product, without a slash at the end. */
  readonly publicUrl: string;
  readonly launches: LaunchService;
  readonly deepLinking: DeepLinking;
  readonly drafts: Drafts;
  readonly figures: Figures;
  readonly portfolio: ReadPortfolio;
  readonly ownData: OwnData;
  readonly forwards: Pick<Forwards, 'list'>;
  readonly enrolments: Pick<Enrolments, 'known' | 'ofLearner'>;
  readonly units: Units;
  readonly attendance: AttendanceRegister;
  readonly waivers: Waivers;
  readonly contacts: Contacts;
  /** ms since the epoch. */
  readonly clock: () => number;
  readonly log: Logger;
}

/** Stylesheet and islands, beside the pages. */
const ASSETS = fileURLToPath(new URL('../assets/', import.meta.url));

/** The pages of a launch (design.md "HTTP", /app). Everything below /app/:launch is authorised by that launch. */
export function createAppPages(deps: AppPageDeps): Router {
  const { session, access, launches, deepLinking, figures, waivers, clock } = deps;
  const answers = createPageAnswers(clock);
  const { frameOf, sendMessage } = answers;
  const sendLearner = createSendLearner({ figures, enrolments: deps.enrolments, frameOf });
  const router = Router();
  // Platforms show the logo on pages of their own, whatever isolation those ask for.
  const setHeaders = (response: Response, file: string): void => {
    if (file.endsWith('logo.svg')) response.set('Cross-Origin-Resource-Policy', 'cross-origin');
  };
  router.use('/assets', express.static(ASSETS, { index: false, maxAge: '1h', redirect: false, setHeaders }));

  router.use('/logos', organisationLogos(deps.organisations));

  const own: RequestHandler[] = [session.requireLaunch, session.framing, session.protectForms];
  const page = Router({ mergeParams: true });
  router.use('/:launch', ...own, page);
  page.use(asItCounts(access));
  page.use('/cohorts/:cohort', asItCounts(access));

  page.use(cohortPages({ access, launches, figures, answers, sendLearner, clock }));
  page.use('/cohorts/:cohort', comparePages({ access, cohortsAtAge: deps.cohortsAtAge, answers }));
  const { organisations, publicUrl } = deps;
  page.use('/cohorts/:cohort', reportPages({ access, figures, organisations, frameOf, publicUrl, clock }));
  page.use(organisationPages({ organisations, frameOf }));
  page.post('/close', async (request, response) => {
    await session.endSession(request, response);
    sendMessage(request, response, { kind: 'closed' }, 200);
  });
  page.use(
    '/cohorts/:cohort/sessions',
    attendancePages({ access, attendance: deps.attendance, figures, frameOf, clock }),
  );
  page.use(
    '/cohorts/:cohort/learners/:learner/waivers',
    waiverPages({
      access,
      figures,
      waivers,
      sendFault: async (request, response, { cohort, learner, unit }) => {
        const path = learnerPath(launchOf(response).launch.id, cohort.id, learner);
        response.status(422);
        await sendLearner(request, response, { cohort, learner, path, waiverFault: unit });
      },
    }),
  );
  page.use(todayPages({ access, figures, answers }));
  page.use(
    '/cohorts/:cohort/learners/:learner',
    timelinePages({ access, figures, enrolments: deps.enrolments, contacts: deps.contacts, frameOf }),
  );
  page.use('/cohorts/:cohort', ownPages({ ...deps, answers }));
  page.use(portfolioPages({ ...deps, answers }));
  page.use(definitionPages({ access, drafts: deps.drafts, frameOf }));
  page.use('/placing', placingPages({ access, deepLinking, frameOf }));
  page.use('/cohorts/:cohort/units', unitPages({ access, units: deps.units, frameOf, sendMessage }));
  page.use(answerAsPage(deps.log, sendMessage));
  return router;
}

/** What a launch may see is asked anew at every request, in the cohort that the address names. */
function asItCounts(access: Access): RequestHandler {
  return async (request, response, next) => {
    const { cohort } = request.params;
    const named = cohort === undefined ? undefined : String(cohort);
    const { launch } = await access.now(launchOf(response), named);
    useLaunch(response, launch);
    next();
  };
}

/** Pages answer a person: what is not there, or not theirs, is said as a page too. */
function answerAsPage(log: Logger, sendMessage: PageAnswers['sendMessage']): ErrorRequestHandler {
  return (error, request, response, next) => {
    if (isError(error, 'not-found')) sendMessage(request, response, { kind: 'notFound' }, 404);
    else if (isError(error, 'forbidden')) sendMessage(request, response, { kind: 'forbidden' }, 403);
    else if (response.headersSent) next(error);
    else {
      const reference = newReference();
      log.error({ err: error, reference }, 'page failed');
      sendMessage(request, response, { kind: 'error', reference }, 500);
    }
  };
}
