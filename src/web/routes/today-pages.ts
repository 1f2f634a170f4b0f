import { type Request, type Response, Router } from 'express';
import { launchOf } from '../../../lti/guard.ts';
import { AssiduError } from '../../base/errors.ts';
import { type Access, seesCohort } from '../../cohorts/access.ts';
import type { CohortFigures, Figures } from '../../cohorts/figures.ts';
import { MOVEMENTS, movementsOf } from '../../metrics/movements.ts';
import type { KnownFact } from '../../progress/fact.ts';
import { failedUnits } from '../../progress/failed-units.ts';
import { todayPage } from '../pages/today-page.tsx';
import { todayPath } from '../paths.ts';
import { todayCsv } from '../today-csv.ts';
import { readTodayQuery, type TodayQuery } from '../today-query.ts';
import { isRecent, matchToday, TODAY_PAGE, type TodayRow, todayRows } from '../today-rows.ts';
import { todaySessions } from '../today-sessions.ts';
import type { TodayView } from '../today-view.ts';
import type { PageAnswers } from './page-answers.ts';

export interface TodayPageDeps {
  readonly access: Access;
  readonly figures: Figures;
  readonly answers: Pick<PageAnswers, 'frameOf' | 'textsOf'>;
}

/** People named in each of the week's movements; the others are counted. */
const NAMED = 12;
const WEEK = 7;

/** /app/:launch/cohorts/:cohort/today: whom to see, for staff. */
export function todayPages({ access, figures, answers }: TodayPageDeps): Router {
  const router = Router({ mergeParams: true });

  const open = async (request: Request<Record<string, string>>, response: Response) => {
    const context = launchOf(response);
    const cohort = await access.cohort(context, request.params.cohort ?? '');
    if (!seesCohort(context.launch)) throw new AssiduError('forbidden', 'learners see their own path only');
    const query = readTodayQuery(new URL(request.originalUrl, 'http://host').searchParams);
    const found = await figures.of(cohort.org, cohort.id, { asOf: null, knownAt: null });
    const rows = todayRows(found);
    const matching = matchToday(rows, query, found.progress.frame.asOf);
    return { context, cohort, query, found, rows, matching };
  };

  router.get('/cohorts/:cohort/today', async (request: Request<Record<string, string>>, response) => {
    const { context, cohort, query, found, rows, matching } = await open(request, response);
    const frame = answers.frameOf(request, context, todayPath(context.launch.id, cohort.id), cohort.id);
    const shown = pageOf(matching, query);
    response.type('html').send(
      todayPage({
        ...frame,
        ...shown,
        ...contentOf(found, rows),
        cohortVersion: cohort.version,
        query,
        failed: failedOf(found, shown.rows),
        told: request.query.told === 'saved' ? 'saved' : null,
      }),
    );
  });

  router.get('/cohorts/:cohort/today.csv', async (request: Request<Record<string, string>>, response) => {
    const { context, cohort, found, matching } = await open(request, response);
    const text = todayCsv(found.definition, matching, answers.textsOf(request, context));
    response.type('text/csv').attachment(`${cohort.id}-today.csv`).send(text);
  });

  return router;
}

function pageOf(matching: readonly TodayRow[], query: TodayQuery) {
  const pages = Math.max(1, Math.ceil(matching.length / TODAY_PAGE));
  const page = Math.min(query.page, pages);
  return {
    rows: matching.slice((page - 1) * TODAY_PAGE, page * TODAY_PAGE),
    totalRows: matching.length,
    page,
    pageSize: TODAY_PAGE,
  };
}

type Content = 'definition' | 'asOf' | 'final' | 'counts' | 'median' | 'sessions' | 'week' | 'contacts';

/** What does not depend on the query. */
function contentOf(found: CohortFigures, rows: readonly TodayRow[]): Pick<TodayView, Content> {
  const { definition, metrics, progress } = found;
  const { asOf } = progress.frame;
  const contacts = { back: 0, completed: 0, left: 0, nothing: 0 };
  for (const row of rows) if (row.contact && isRecent(row, asOf)) contacts[row.contact.outcome.kind] += 1;
  return {
    definition,
    asOf: metrics.asOf,
    final: metrics.final,
    counts: {
      enrolled: metrics.counts.enrolled,
      open: rows.filter(({ expected, learner }) => expected && learner.state !== 'dropped').length,
      atRisk: metrics.counts.atRisk,
      dropped: metrics.counts.dropped,
      waiting: rows.filter(({ learner, answered }) => learner.alerts.length > 0 && !answered).length,
    },
    median: metrics.progress.median,
    sessions: todaySessions(found),
    week: weekOf(found),
    contacts,
  };
}

/** Attempts that were not passed: of the rows that are shown, since this needs their evidence. */
function failedOf({ progress, facts }: CohortFigures, rows: readonly TodayRow[]): TodayView['failed'] {
  const { frame, persons } = progress;
  const own = new Map<string, KnownFact[]>(rows.map(({ learner }) => [learner.enrolment.learnerId, []]));
  for (const fact of facts)
    if (fact.score !== null || fact.success !== null) own.get(persons.ofActor(fact.actor) ?? '')?.push(fact);
  return new Map(
    rows.map(({ learner }) => {
      const { id, learnerId } = learner.enrolment;
      return [id, failedUnits(frame, learner, own.get(learnerId) ?? [])];
    }),
  );
}

/** What moved since the end of the day a week ago: that day's figures are those of its end, as on the cohort's page. */
function weekOf({ progress, before, nameOf }: CohortFigures): TodayView['week'] {
  const { calendar, today } = progress.frame;
  const since = today - WEEK;
  const found = movementsOf(before(calendar.midnight(since + 1) - 1), progress);
  return {
    since: calendar.date(since),
    movements: MOVEMENTS.flatMap((movement) => {
      const people = found[movement];
      if (people.length === 0) return [];
      const named = [...people]
        .sort((a, b) => b.since - a.since)
        .slice(0, NAMED)
        .map((learner) => ({ learner, name: nameOf(learner.enrolment.learnerId) }));
      return [{ movement, total: people.length, people: named }];
    }),
  };
}
