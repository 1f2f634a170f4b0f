import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Request, type Response, Router } from 'express';
import { launchOf } from '../../../lti/guard.ts';
import type { Forwards } from '../../../xapi/forwarding/forwards.ts';
import { AssiduError } from '../../base/errors.ts';
import { type Access, seesCohort } from '../../cohorts/access.ts';
import type { Figures } from '../../cohorts/figures.ts';
import { actorOf, type LaunchService } from '../../cohorts/launches.ts';
import { notedAbout } from '../../cohorts/noted-about.ts';
import type { Organisations } from '../../organisations/organisations.ts';
import type { OwnData } from '../../privacy/own-data.ts';
import { writePersonalData } from '../../privacy/write-personal-data.ts';
import { learnerOf } from '../learner-of.ts';
import { nameIn } from '../organisation-name.ts';
import { ownCalendar } from '../own-calendar.ts';
import { attestationPage } from '../pages/attestation-page.tsx';
import { myDataPage } from '../pages/my-data-page.tsx';
import { attestationPath, cohortPath, logoPath, myDataPath } from '../paths.ts';
import type { PageAnswers } from './page-answers.ts';

export interface OwnPageDeps {
  readonly access: Pick<Access, 'cohort'>;
  readonly launches: Pick<LaunchService, 'learnerOf'>;
  readonly figures: Pick<Figures, 'of'>;
  readonly ownData: OwnData;
  readonly forwards: Pick<Forwards, 'list'>;
  readonly organisations: Pick<Organisations, 'show'>;
  readonly answers: Pick<PageAnswers, 'frameOf' | 'textsOf'>;
  /** ms since the epoch. */
  readonly clock: () => number;
}

/** /app/:launch/cohorts/:cohort/…: what only the enrolled learner of the launch gets, whoever else may open the cohort. */
export function ownPages(deps: OwnPageDeps): Router {
  const { access, launches, figures, answers, clock } = deps;
  const router = Router({ mergeParams: true });

  const open = async (request: Request<Record<string, string>>, response: Response) => {
    const context = launchOf(response);
    const cohort = await access.cohort(context, request.params.cohort ?? '');
    const learner = seesCohort(context.launch) ? null : await launches.learnerOf(context);
    const found = await figures.of(cohort.org, cohort.id, { asOf: null, knownAt: null });
    const person = learner === null ? null : found.personOf(learner.id);
    const mine = person === null ? null : learnerOf(found, person);
    if (person === null || mine === null)
      throw new AssiduError('forbidden', 'only learners of the cohort have a page of their own');
    return { context, cohort, found, person, ...mine };
  };

  router.get('/my-calendar.ics', async (request, response) => {
    const { context, cohort, found, row } = await open(request, response);
    const texts = answers.textsOf(request, context);
    const text = ownCalendar(found, row, texts, new Date(clock()).toISOString());
    response.type('text/calendar; charset=utf-8').attachment(`${cohort.id}.ics`).send(text);
  });

  router.get('/attestation', async (request, response) => {
    const { context, cohort, found, row, sessions } = await open(request, response);
    const texts = answers.textsOf(request, context);
    if (row.state !== 'completed') {
      response.redirect(303, `${cohortPath(context.launch.id, cohort.id)}?lang=${texts.locale}#completion`);
      return;
    }
    const organisation = await deps.organisations.show(cohort.org);
    response.type('html').send(
      attestationPage({
        ...answers.frameOf(request, context, attestationPath(context.launch.id, cohort.id), cohort.id),
        definition: found.definition,
        cohortVersion: cohort.version,
        row,
        sessions,
        asOf: found.metrics.asOf,
        organisation: nameIn(organisation, texts.locale),
        logo: organisation.logo && logoPath(cohort.org, organisation.logo.sha256),
      }),
    );
  });

  router.get('/my-data', async (request, response) => {
    const { context, cohort, found, person } = await open(request, response);
    const { registration, launch } = context;
    const [overview, forwards, organisation] = await Promise.all([
      deps.ownData.overview(cohort.org, actorOf(context)),
      deps.forwards.list(cohort.org),
      deps.organisations.show(cohort.org),
    ]);
    response.type('html').send(
      myDataPage({
        ...answers.frameOf(request, context, myDataPath(launch.id, cohort.id), cohort.id),
        definition: found.definition,
        overview,
        ...notedAbout(found, person),
        grades: overview.records.filter(({ kind, value }) => kind === 'grade' && value.value != null).length,
        platform: { host: hostOf(registration.issuer), registration: registration.id, sub: launch.sub },
        forwards: forwards.map(({ name, url, state }) => ({
          name,
          host: hostOf(url),
          paused: state === 'paused',
        })),
        website: organisation.website,
      }),
    );
  });

  router.get('/my-data.json', async (request, response) => {
    const { context, cohort } = await open(request, response);
    const data = await deps.ownData.all(cohort.org, actorOf(context), cohort.id);
    response.type('application/json').attachment('my-data.json');
    const pieces = writePersonalData(data, cohort.org, new Date(clock()), () => undefined);
    await pipeline(Readable.from(pieces), response);
  });

  return router;
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}
