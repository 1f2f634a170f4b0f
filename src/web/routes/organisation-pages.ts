import { type Request, type Response, Router } from 'express';
import { filesOf } from '../../../lti/form-body.ts';
import { launchOf } from '../../../lti/guard.ts';
import { AssiduError, isError } from '../../base/errors.ts';
import { configures } from '../../cohorts/access.ts';
import type { Organisation, Organisations } from '../../organisations/organisations.ts';
import { changeIn, faultyFields, formOf, typedIn } from '../organisation-form.ts';
import { organisationPage } from '../pages/organisation-page.tsx';
import { logoPath, organisationPath } from '../paths.ts';
import type { PageAnswers } from './page-answers.ts';

export interface OrganisationPageDeps {
  readonly organisations: Organisations;
  readonly frameOf: PageAnswers['frameOf'];
}

/** /app/:launch/organisation: name and logo on reports, for digital learning managers. */
export function organisationPages({ organisations, frameOf }: OrganisationPageDeps): Router {
  const router = Router({ mergeParams: true });

  const open = (request: Request, response: Response) => {
    const context = launchOf(response);
    if (!configures(context.launch))
      throw new AssiduError('forbidden', 'only a dlm says who the organisation is');
    const { org } = context.registration;
    return { org, frame: frameOf(request, context, organisationPath(context.launch.id)) };
  };
  const logoOf = ({ org, logo }: Organisation) => logo && logoPath(org, logo.sha256);

  router.get('/organisation', async (request, response) => {
    const { org, frame } = open(request, response);
    const organisation = await organisations.show(org);
    const view = { ...frame, organisation, logo: logoOf(organisation), form: formOf(organisation) };
    response.type('html').send(organisationPage({ ...view, faults: [], saved: false }));
  });

  router.post('/organisation', async (request, response) => {
    const { org, frame } = open(request, response);
    const body: Readonly<Record<string, unknown>> = request.body ?? {};
    const form = typedIn(body);
    if (body.do === 'redraw') {
      const organisation = await organisations.show(org);
      const view = { ...frame, organisation, logo: logoOf(organisation), form };
      response.type('html').send(organisationPage({ ...view, faults: [], saved: false }));
      return;
    }
    try {
      const change = changeIn(form, filesOf(response).get('logo'), body.removeLogo === 'on');
      const organisation = await organisations.set(org, change);
      const view = { ...frame, organisation, logo: logoOf(organisation), form: formOf(organisation) };
      response.type('html').send(organisationPage({ ...view, faults: [], saved: true }));
    } catch (error) {
      if (!isError(error, 'invalid-request')) throw error;
      const organisation = await organisations.show(org);
      const view = { ...frame, organisation, logo: logoOf(organisation), form };
      response.status(422).type('html');
      response.send(organisationPage({ ...view, faults: faultyFields(error.problems), saved: false }));
    }
  });
  return router;
}

/**
 * /app/logos/:org/:digest: a logo, to whoever was told its digest; pages of sessions without a cookie cannot send theirs
 * with a picture. Nothing in it can run or fetch, opened on its own neither.
 */
export function organisationLogos(organisations: Organisations): Router {
  const router = Router();
  router.get('/:org/:digest', async (request, response) => {
    const logo = await organisations.logo(request.params.org, request.params.digest);
    if (logo === null) {
      response.status(404).set('Cache-Control', 'no-store').end();
      return;
    }
    response
      .set({
        'Content-Type': logo.type,
        'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox",
        'X-Content-Type-Options': 'nosniff',
        'Cross-Origin-Resource-Policy': 'same-origin',
        'Content-Disposition': 'inline',
        'Cache-Control': 'public, max-age=31536000, immutable',
      })
      .send(Buffer.from(logo.base64, 'base64'));
  });
  return router;
}
