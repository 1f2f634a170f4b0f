import { type Request, Router } from 'express';
import { launchOf } from '../../../lti/guard.ts';
import { AssiduError } from '../../base/errors.ts';
import { type Access, seesCohort } from '../../cohorts/access.ts';
import type { Cohort } from '../../cohorts/definitions.ts';
import type { CohortFigures, Figures } from '../../cohorts/figures.ts';
import type { Organisations } from '../../organisations/organisations.ts';
import { createCalendar } from '../../progress/calendar.ts';
import { readCohortQuery } from '../cohort-query.ts';
import { reportPage } from '../pages/report-page.tsx';
import { logoPath, reportPath } from '../paths.ts';
import { reportFigures } from '../report-figures.ts';
import { type FixedReport, type ReportQuery, readReportQuery, reportHref } from '../report-query.ts';
import { NAMES_SHOWN, type ReportView } from '../report-view.ts';
import { selectRows } from '../select-rows.ts';
import type { PageAnswers } from './page-answers.ts';

export interface ReportPageDeps {
  readonly access: Access;
  readonly figures: Figures;
  readonly organisations: Organisations;
  readonly frameOf: PageAnswers['frameOf'];
  /** Where browsers reach the product, without a slash at the end. */
  readonly publicUrl: string;
  /** ms since the epoch. */
  readonly clock: () => number;
}

/** /app/:launch/cohorts/:cohort/report: a cohort's figures for paper, at instants that its address holds. */
export function reportPages(deps: ReportPageDeps): Router {
  const { access, figures, organisations, frameOf, publicUrl, clock } = deps;
  const router = Router({ mergeParams: true });

  router.get('/report', async (request: Request<Record<string, string>>, response) => {
    const context = launchOf(response);
    const cohort = await access.cohort(context, request.params.cohort ?? '');
    if (!seesCohort(context.launch)) throw new AssiduError('forbidden', 'learners see their own path only');
    const query = queryOf(request);
    const now = clock();
    // What is asked for without an instant is at hand already, and told by the instant at which it was.
    const present = query.asOf === undefined && query.knownAt === undefined;
    const instants = present
      ? { asOf: null, knownAt: null }
      : {
          asOf: asOfOf(cohort, query, now),
          knownAt: query.knownAt === undefined ? now : Date.parse(query.knownAt),
        };
    const found = await figures.of(cohort.org, cohort.id, instants);
    const { asOf } = found.metrics;
    const frame = frameOf(request, context, reportPath(context.launch.id, cohort.id), cohort.id);
    const fixed: FixedReport = {
      asOf,
      knownAt: instants.knownAt === null ? asOf : new Date(instants.knownAt).toISOString(),
      audience: query.audience,
      names: query.names,
    };
    const organisation = await organisations.show(cohort.org);
    response.type('html').send(
      reportPage({
        ...frame,
        definition: found.definition,
        metrics: found.metrics,
        figures: reportFigures(found, query.audience),
        organisation,
        logo: organisation.logo && logoPath(cohort.org, organisation.logo.sha256),
        query,
        fixed,
        address: publicUrl + reportHref(frame.path, fixed, frame.texts.locale, query.page),
        names: query.names ? namesOf(found, query.page) : null,
      }),
    );
  });

  return router;
}

/** A date is its end in the cohort's zone; what is not over yet is now. */
function asOfOf({ definition }: Cohort, { asOf }: ReportQuery, now: number): number {
  if (asOf === undefined) return now;
  if (asOf.length > 10) return Date.parse(asOf);
  const calendar = createCalendar(definition.timezone, definition.startsOn);
  return Math.min(now, calendar.midnight(calendar.dayOfDate(asOf) + 1) - 1);
}

/** Everybody by name, a part of the list at a time. */
function namesOf({ rows }: CohortFigures, asked: number): ReportView['names'] {
  const query = { ...readCohortQuery(new URLSearchParams('sort=name')), page: asked };
  const { rows: shown, total, page } = selectRows(rows, query, NAMES_SHOWN);
  return { rows: shown, from: (page - 1) * NAMES_SHOWN + 1, total };
}

function queryOf(request: Request): ReportQuery {
  return readReportQuery(new URL(request.originalUrl, 'http://host').searchParams);
}
