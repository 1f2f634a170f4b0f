import { type Request, type Response, Router } from 'express';
import { launchOf } from '../../../lti/guard.ts';
import { platformOrigins } from '../../../lti/page-headers.ts';
import { AssiduError } from '../../base/errors.ts';
import { type Access, seesCohort } from '../../cohorts/access.ts';
import { ownUnit } from '../../units/own-units.ts';
import type { Units } from '../../units/units.ts';
import { openingPage } from '../pages/content-pages.tsx';
import { unitPage } from '../pages/unit-page.tsx';
import { unitPath } from '../paths.ts';
import type { Message } from '../views.ts';
import type { PageAnswers } from './page-answers.ts';

export interface UnitPageDeps {
  readonly access: Access;
  readonly units: Units;
  readonly frameOf: PageAnswers['frameOf'];
  readonly sendMessage: (request: Request, response: Response, message: Message, status: number) => void;
}

/** /app/:launch/cohorts/:cohort/units: the units that are pages of ours. Staff see a preview that writes nothing. */
export function unitPages({ access, units, frameOf, sendMessage }: UnitPageDeps): Router {
  const router = Router({ mergeParams: true });

  const find = async (request: Request<Record<string, string>>, response: Response) => {
    const context = launchOf(response);
    const cohort = await access.cohort(context, request.params.cohort ?? '');
    const unit = ownUnit(cohort.definition, request.params.unit ?? '');
    if (unit === undefined) throw new AssiduError('not-found', 'no such unit here');
    const path = unitPath(context.launch.id, cohort.id, unit.id);
    return { context, cohort, unit, path, definition: cohort.definition };
  };

  router.get('/:unit', async (request, response) => {
    const { context, cohort, unit, path, definition } = await find(request, response);
    const visit = await units.visit(context, cohort, unit);
    if (visit === null && !seesCohort(context.launch)) {
      sendMessage(request, response, { kind: 'noCohort' }, 200);
      return;
    }
    const [platformOrigin] = platformOrigins(context.registration);
    response.type('html').send(
      unitPage({
        ...frameOf(request, context, path, cohort.id),
        ...(platformOrigin === undefined ? {} : { platformOrigin }),
        definition,
        cohortVersion: cohort.version,
        unit,
        visit,
      }),
    );
  });

  router.post('/:unit/open', async (request, response) => {
    const { context, cohort, unit, path, definition } = await find(request, response);
    const content = await units.open(context, cohort, unit);
    const frame = frameOf(request, context, path, cohort.id);
    if (content === null) {
      response.redirect(303, `${path}?lang=${frame.texts.locale}`);
      return;
    }
    response.type('html').send(openingPage({ ...frame, definition, unit, content }));
  });

  router.post('/:unit/done', async (request, response) => {
    const { context, cohort, unit, path } = await find(request, response);
    await units.mark(context, cohort, unit);
    response.redirect(303, `${path}?lang=${frameOf(request, context, path).texts.locale}`);
  });

  router.post('/:unit/undo', async (request, response) => {
    const { context, cohort, unit, path } = await find(request, response);
    await units.undo(context, cohort, unit);
    response.redirect(303, `${path}?lang=${frameOf(request, context, path).texts.locale}`);
  });

  return router;
}
