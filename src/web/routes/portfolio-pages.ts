import { type Request, type Response, Router } from 'express';
import { launchOf } from '../../../lti/guard.ts';
import { platformOrigins } from '../../../lti/page-headers.ts';
import { isError } from '../../base/errors.ts';
import type { Access } from '../../cohorts/access.ts';
import type { ReadPortfolio } from '../../cohorts/portfolio.ts';
import type { PortfolioScope } from '../../metrics/portfolio-types.ts';
import type { Organisations } from '../../organisations/organisations.ts';
import { nameIn } from '../organisation-name.ts';
import { portfolioPage } from '../pages/portfolio-page.tsx';
import { portfolioPath } from '../paths.ts';
import { portfolioCsv } from '../portfolio-csv.ts';
import { askedOf, readPortfolioQuery } from '../portfolio-query.ts';
import type { PageAnswers } from './page-answers.ts';

export interface PortfolioPageDeps {
  readonly access: Pick<Access, 'portfolio'>;
  readonly portfolio: ReadPortfolio;
  readonly organisations: Pick<Organisations, 'show'>;
  readonly answers: Pick<PageAnswers, 'frameOf' | 'sendMessage'>;
}

/** /app/:launch/portfolio: programmes and business units, for digital learning managers and executives. */
export function portfolioPages({ access, portfolio, organisations, answers }: PortfolioPageDeps): Router {
  const router = Router({ mergeParams: true });
  const queryOf = (request: Request) =>
    readPortfolioQuery(new URL(request.originalUrl, 'http://host').searchParams);

  /** Null, and answered, where the visitor may see nothing of it. */
  const scopesOf = async (
    request: Request,
    response: Response,
  ): Promise<readonly PortfolioScope[] | null> => {
    try {
      return await access.portfolio(launchOf(response));
    } catch (error) {
      if (!isError(error, 'forbidden')) throw error;
      answers.sendMessage(request, response, { kind: 'noPortfolio' }, 403);
      return null;
    }
  };

  router.get('/portfolio', async (request, response) => {
    const scopes = await scopesOf(request, response);
    if (scopes === null) return;
    const context = launchOf(response);
    const query = queryOf(request);
    const frame = answers.frameOf(request, context, portfolioPath(context.launch.id));
    const [platformOrigin] = platformOrigins(context.registration);
    response.type('html').send(
      portfolioPage({
        ...frame,
        ...(platformOrigin === undefined ? {} : { platformOrigin }),
        portfolio: await portfolio(context.registration.org, scopes, askedOf(query)),
        scopes,
        organisation: nameIn(await organisations.show(context.registration.org), frame.texts.locale),
        query,
      }),
    );
  });

  router.get('/portfolio.csv', async (request, response) => {
    const scopes = await scopesOf(request, response);
    if (scopes === null) return;
    const { org } = launchOf(response).registration;
    const found = await portfolio(org, scopes, askedOf(queryOf(request)));
    response.type('text/csv').attachment('portfolio.csv').send(portfolioCsv(found));
  });

  return router;
}
