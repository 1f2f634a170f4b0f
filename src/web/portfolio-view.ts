import type { Portfolio, PortfolioScope } from '../metrics/portfolio-types.ts';
import type { PortfolioPageQuery } from './portfolio-query.ts';
import type { PageFrame } from './views.ts';

/** The portfolio's page. */
export interface PortfolioView extends PageFrame {
  readonly portfolio: Portfolio;
  /** What the visitor may see of it. */
  readonly scopes: readonly PortfolioScope[];
  readonly query: PortfolioPageQuery;
  /** What the organisation is called; null where it gave no name. */
  readonly organisation: string | null;
}
