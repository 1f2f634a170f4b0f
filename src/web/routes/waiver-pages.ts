import { type Request, type Response, Router } from 'express';
import { launchOf } from '../../../lti/guard.ts';
import { AssiduError } from '../../base/errors.ts';
import { type Access, seesCohort } from '../../cohorts/access.ts';
import type { Cohort } from '../../cohorts/definitions.ts';
import type { Figures } from '../../cohorts/figures.ts';
import { parseWaivers, parseWaiverTargets, type Waivers } from '../../cohorts/waivers.ts';
import { learnerPath } from '../paths.ts';
import { recorderOf } from './attendance-pages.ts';

export interface WaiverPageDeps {
  readonly access: Access;
  readonly figures: Figures;
  readonly waivers: Waivers;
  /** Sends a learner's path again, with a fault beside the unit of this number. */
  readonly sendFault: (
    request: Request,
    response: Response,
    at: { readonly cohort: Cohort; readonly learner: string; readonly unit: number },
  ) => Promise<void>;
}

/** /app/:launch/cohorts/:cohort/learners/:learner/waivers: staff waive a step for a learner, or take that back. */
export function waiverPages({ access, figures, waivers, sendFault }: WaiverPageDeps): Router {
  const router = Router({ mergeParams: true });

  router.post('/', async (request: Request<Record<string, string>>, response) => {
    const context = launchOf(response);
    const learner = request.params.learner ?? '';
    const cohort = await access.learner(context, request.params.cohort ?? '', learner);
    if (!seesCohort(context.launch)) throw new AssiduError('forbidden', 'only staff waive steps');
    const found = await figures.of(cohort.org, cohort.id, { asOf: null, knownAt: null });
    const person = found.personOf(learner);
    const row = found.rows.findLast((each) => found.learnerOf.get(each.enrolmentId) === person);
    const body: Readonly<Record<string, unknown>> = request.body ?? {};
    const number = Number(body.unit);
    const unit = cohort.definition.units[number - 1];
    if (row === undefined || unit === undefined) throw new AssiduError('not-found', 'no such step here');
    const reason = typeof body.reason === 'string' ? body.reason.trim().slice(0, 500) : '';
    const takeBack = body.takeBack !== undefined;
    if (!takeBack && reason === '') {
      await sendFault(request, response, { cohort, learner, unit: number });
      return;
    }
    const target = { actor: row.actor, unit: unit.id };
    const entries = takeBack ? parseWaiverTargets([target]) : parseWaivers([{ ...target, reason }]);
    await waivers.record(cohort, entries, recorderOf(context));
    const lang =
      request.query.lang === 'en' || request.query.lang === 'fr' ? `?lang=${request.query.lang}` : '';
    response.redirect(303, `${learnerPath(context.launch.id, cohort.id, learner)}${lang}#step-${number}`);
  });

  return router;
}
