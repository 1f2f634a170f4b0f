import { type Request, type Response, Router } from 'express';
import { launchOf } from '../../../lti/guard.ts';
import { AssiduError } from '../../base/errors.ts';
import { type Access, seesCohort } from '../../cohorts/access.ts';
import type { Cohort } from '../../cohorts/definitions.ts';
import type { Figures } from '../../cohorts/figures.ts';
import type { LaunchService } from '../../cohorts/launches.ts';
import { createCalendar } from '../../progress/calendar.ts';
import { choiceOf, menteeChoiceOf } from '../cohort-choices.ts';
import { CSV_TABLES, cohortCsv, retentionAsked } from '../cohort-csv.ts';
import { type CohortQuery, readCohortQuery } from '../cohort-query.ts';
import { heatView } from '../heat-view.ts';
import { cohortPage } from '../pages/cohort-page.tsx';
import { cohortPath, learnerPath, portfolioPath } from '../paths.ts';
import { selectRows } from '../select-rows.ts';
import type { Message } from '../views.ts';
import type { SendLearner } from './learner-pages.ts';
import type { PageAnswers } from './page-answers.ts';

export interface CohortPageDeps {
  readonly access: Access;
  readonly launches: LaunchService;
  readonly figures: Figures;
  readonly answers: PageAnswers;
  readonly sendLearner: SendLearner;
  /** ms since the epoch. */
  readonly clock: () => number;
}

/** /app/:launch: the cohort or the choice among several, a cohort as a whole or one's own path, a learner's path, CSV. */
export function cohortPages({
  access,
  launches,
  figures,
  answers,
  sendLearner,
  clock,
}: CohortPageDeps): Router {
  const { textsOf, frameOf, sendMessage } = answers;
  const router = Router({ mergeParams: true });

  router.get('/', async (request, response) => {
    const context = launchOf(response);
    const choice = await launches.choose(context);
    const mentees = await access.mentees(context);
    const cohorts = choice.kind === 'one' ? [choice.cohort] : choice.kind === 'several' ? choice.cohorts : [];
    const texts = textsOf(request, context);
    const choices = [
      ...cohorts.map((cohort) => choiceOf(context, cohort, texts.locale)),
      ...mentees.map((mentee) => menteeChoiceOf(context, mentee, texts)),
    ];
    const [only, second] = choices;
    if (only !== undefined && second === undefined) {
      const { search } = new URL(request.originalUrl, 'http://host');
      response.redirect(303, `${only.href}${search}`);
      return;
    }
    if (choices.length === 0 && context.launch.role === 'executive') {
      response.redirect(303, portfolioPath(context.launch.id));
      return;
    }
    const nothing = context.launch.role === 'observer' ? 'noMentee' : 'noCohort';
    const message: Message =
      choices.length === 0
        ? { kind: nothing }
        : { kind: mentees.length > 0 ? 'mentees' : 'choose', cohorts: choices };
    sendMessage(request, response, message, message.kind === 'noMentee' ? 403 : 200);
  });

  router.get('/cohorts/:cohort', async (request, response) => {
    const context = launchOf(response);
    const cohort = await access.cohort(context, String(request.params.cohort));
    if (seesCohort(context.launch)) await sendCohort(request, response, cohort);
    else await sendOwn(request, response, cohort);
  });

  router.get('/cohorts/:cohort/learners/:learner', async (request, response) => {
    const context = launchOf(response);
    const learner = String(request.params.learner);
    const cohort = await access.learner(context, String(request.params.cohort), learner);
    const path = learnerPath(context.launch.id, cohort.id, learner);
    if (!(await sendLearner(request, response, { cohort, learner, path })))
      throw new AssiduError('not-found', 'no such learner here');
  });

  for (const table of CSV_TABLES)
    router.get(`/cohorts/:cohort/${table}.csv`, async (request, response) => {
      const context = launchOf(response);
      const cohort = await access.cohort(context, String(request.params.cohort));
      if (!seesCohort(context.launch)) throw new AssiduError('forbidden', 'learners see their own path only');
      const query = queryOf(request);
      const found = await figures.of(cohort.org, cohort.id, { asOf: endOfDay(cohort, query), knownAt: null });
      const { file, text } = cohortCsv(table, found, query, textsOf(request, context));
      response.type('text/csv').attachment(file).send(text);
    });

  const sendCohort = async (request: Request, response: Response, cohort: Cohort) => {
    const context = launchOf(response);
    const query = queryOf(request);
    const found = await figures.of(cohort.org, cohort.id, { asOf: endOfDay(cohort, query), knownAt: null });
    const selected = selectRows(found.rows, query);
    response.type('html').send(
      cohortPage({
        ...frameOf(request, context, cohortPath(context.launch.id, cohort.id), cohort.id),
        definition: found.definition,
        metrics: found.metrics,
        retention: found.retention(retentionAsked(query)),
        heat: heatView(found, query, selected.rows),
        leaving: found.leaving(),
        sessions: found.sessions(),
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

  /** The figures of a past day are those at its end; today and later ones are now's. */
  const endOfDay = ({ definition }: Cohort, { asOf }: CohortQuery): number | null => {
    if (asOf === undefined) return null;
    const calendar = createCalendar(definition.timezone, definition.startsOn);
    return Math.min(clock(), calendar.midnight(calendar.dayOfDate(asOf) + 1) - 1);
  };

  return router;
}

function queryOf(request: Request): CohortQuery {
  return readCohortQuery(new URL(request.originalUrl, 'http://host').searchParams);
}
