import { type Request, type Response, Router } from 'express';
import type { DeepLinking } from '../../../lti/deep-linking.ts';
import { launchOf } from '../../../lti/guard.ts';
import { protectPage } from '../../../lti/page-headers.ts';
import { AssiduError } from '../../base/errors.ts';
import { type Access, seesCohort } from '../../cohorts/access.ts';
import { placedPage, placingPage } from '../pages/placing-page.tsx';
import { placingPath } from '../paths.ts';
import { linkTo, placeablesOf } from '../placeable.ts';
import type { PageAnswers } from './page-answers.ts';

export interface PlacingDeps {
  readonly access: Access;
  readonly deepLinking: DeepLinking;
  readonly frameOf: PageAnswers['frameOf'];
}

/** /app/:launch/placing: what a platform's deep linking request leads to; for staff, by its own launch only. */
export function placingPages({ access, deepLinking, frameOf }: PlacingDeps): Router {
  const router = Router();

  const open = async (request: Request, response: Response) => {
    const context = launchOf(response);
    const asked = context.launch.deepLinking;
    if (!asked) throw new AssiduError('not-found', 'this launch asked for no links');
    if (!seesCohort(context.launch)) throw new AssiduError('forbidden', 'only staff place links');
    const frame = frameOf(request, context, placingPath(context.launch.id));
    const placeables = asked.links ? placeablesOf(await access.cohorts(context), frame.texts) : [];
    return { context, asked, frame, placeables };
  };

  router.get('/', async (request, response) => {
    const { asked, frame, placeables } = await open(request, response);
    response.type('html').send(placingPage({ ...frame, asked, placeables, nothingChosen: false }));
  });

  router.post('/', async (request, response) => {
    const { context, asked, frame, placeables } = await open(request, response);
    const body: Readonly<Record<string, unknown>> = request.body ?? {};
    const chosen = new Set([body.item].flat());
    const items = placeables.filter(({ value }) => chosen.has(value)).slice(0, asked.several ? undefined : 1);
    const cancelled = body.cancel !== undefined;
    if (!cancelled && items.length === 0) {
      response.status(422).type('html');
      response.send(placingPage({ ...frame, asked, placeables, nothingChosen: true }));
      return;
    }
    const withGrades = body.grades === 'on' && asked.lineItems;
    const links = cancelled ? [] : items.map((item) => linkTo(item, frame.texts, withGrades));
    const answer = await deepLinking.answer(context, links);
    protectPage(response, context.registration, [new URL(answer.action).origin]);
    response.type('html').send(placedPage(frame, answer));
  });

  return router;
}
