import type { Router } from 'express';
import { z } from 'zod';
import type { ReadPortfolio } from '../../cohorts/portfolio.ts';
import type { PortfolioQuery } from '../../metrics/portfolio-types.ts';
import { portfolioCsv } from '../portfolio-csv.ts';
import { askedOf, portfolioFields } from '../portfolio-query.ts';
import type { Gate } from './authorise.ts';
import { badParameter, onlyParameters } from './parameters.ts';

const schema = z.object(portfolioFields);

/** Programmes and business units, of all cohorts of the organisation (docs/portfolio.md), as JSON or CSV. */
export function addPortfolio(router: Router, { authorised, caller }: Gate, portfolio: ReadPortfolio): void {
  router.get('/portfolio', authorised('read'), async (request, response) => {
    const found = await portfolio(caller(request).org, [{}], parsePortfolioQuery(request.query));
    response.vary('Accept');
    if (request.accepts(['json', 'csv']) === 'csv') response.type('text/csv').send(portfolioCsv(found));
    else response.json(found);
  });
}

/** What is asked of the portfolio. Throws `invalid-request` naming the parameter. */
export function parsePortfolioQuery(query: Readonly<Record<string, unknown>>): PortfolioQuery {
  onlyParameters(query, ...Object.keys(portfolioFields));
  const given = Object.entries(query).filter(([, value]) => value !== '' && value !== undefined);
  const parsed = schema.safeParse(Object.fromEntries(given));
  if (parsed.success) return askedOf(parsed.data);
  const [issue] = parsed.error.issues;
  throw badParameter(String(issue?.path[0] ?? 'query'), issue?.message ?? 'cannot be read');
}
