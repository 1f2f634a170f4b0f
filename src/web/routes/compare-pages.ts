import { type Request, type Response, Router } from 'express';
import { launchOf } from '../../../lti/guard.ts';
import { AssiduError } from '../../base/errors.ts';
import { type Access, seesCohort } from '../../cohorts/access.ts';
import type { CohortsAtAge } from '../../cohorts/compare-cohorts.ts';
import { comparedCurvesCsv, comparisonCsv } from '../compare-csv.ts';
import { type CompareQuery, MOST_OTHERS, readCompareQuery } from '../compare-query.ts';
import { choicesFor, comparedViews } from '../compare-view.ts';
import { comparePage } from '../pages/compare-page.tsx';
import { comparePath } from '../paths.ts';
import type { PageAnswers } from './page-answers.ts';

export interface ComparePageDeps {
  readonly access: Access;
  readonly cohortsAtAge: CohortsAtAge;
  readonly answers: Pick<PageAnswers, 'frameOf' | 'textsOf'>;
}

/** /app/:launch/cohorts/:cohort/compare: cohorts side by side at equal age, as page and as files. */
export function comparePages({ access, cohortsAtAge, answers }: ComparePageDeps): Router {
  const router = Router({ mergeParams: true });

  const open = async (request: Request, response: Response) => {
    const context = launchOf(response);
    const cohort = await access.cohort(context, String(request.params.cohort));
    if (!seesCohort(context.launch)) throw new AssiduError('forbidden', 'learners see their own path only');
    const query = queryOf(request);
    const cohorts = await access.wholeCohorts(context);
    const may = new Set(cohorts.map(({ id }) => id));
    const asked = query.others.filter((id) => id !== cohort.id);
    const others = asked.filter((id) => may.has(id)).slice(0, MOST_OTHERS);
    return {
      context,
      cohort,
      cohorts,
      query: { ...query, others },
      leftOut: others.length < asked.length,
    };
  };

  const compare = async (request: Request, response: Response) => {
    const opened = await open(request, response);
    const { context, cohort, query } = opened;
    const texts = answers.textsOf(request, context);
    const asked = { day: query.day ?? null, knownAt: null };
    const { day, cohorts } = await cohortsAtAge(cohort.org, [cohort.id, ...query.others], asked);
    return { ...opened, texts, comparison: { day, cohorts: comparedViews(cohorts, texts) } };
  };

  router.get('/compare', async (request, response) => {
    const { context, cohort, cohorts, query, leftOut } = await open(request, response);
    const texts = answers.textsOf(request, context);
    const comparison = query.others.length === 0 ? null : (await compare(request, response)).comparison;
    response.type('html').send(
      comparePage({
        ...answers.frameOf(request, context, comparePath(context.launch.id, cohort.id), cohort.id),
        cohort,
        choices: choicesFor(cohort, cohorts, query, texts),
        comparison,
        leftOut,
        query,
      }),
    );
  });

  router.get('/compare.csv', async (request, response) => {
    const { cohort, comparison } = await compare(request, response);
    const text = comparisonCsv(comparison.day, comparison.cohorts);
    response.type('text/csv').attachment(`${cohort.id}-compare-day-${comparison.day}.csv`).send(text);
  });

  router.get('/compare/retention.csv', async (request, response) => {
    const { cohort, comparison } = await compare(request, response);
    const text = comparedCurvesCsv(comparison.cohorts);
    response
      .type('text/csv')
      .attachment(`${cohort.id}-compare-retention-day-${comparison.day}.csv`)
      .send(text);
  });

  return router;
}

function queryOf(request: Request): CompareQuery {
  return readCompareQuery(new URL(request.originalUrl, 'http://host').searchParams);
}
