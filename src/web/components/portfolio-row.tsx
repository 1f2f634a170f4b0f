import type { PortfolioFigures, PortfolioTag } from '../../metrics/portfolio-types.ts';
import { type GroupSort, portfolioHref } from '../portfolio-query.ts';
import type { PortfolioView } from '../portfolio-view.ts';
import { CohortsCell, CostCell, Masked, RateCell } from './portfolio-cells.tsx';

/** What the columns are called. */
export type PortfolioLabels = Readonly<Record<GroupSort | 'cohorts', string>>;

interface RowProps {
  readonly name: string;
  readonly href?: string | undefined;
  readonly figures: PortfolioFigures;
  readonly view: PortfolioView;
  readonly labels: PortfolioLabels;
}

/** A programme, a business unit, or all together; of a small group nothing but that it is there. */
export function PortfolioRow({ name, href, figures, view: { texts }, labels }: RowProps) {
  const { enrolled, rates } = figures;
  if (enrolled === null)
    return (
      <tr>
        <th scope="row">{name}</th>
        <td data-label={labels.cohorts}>{texts.number(figures.cohorts)}</td>
        <td class="masked" colSpan={7}>
          <Masked texts={texts} />
        </td>
      </tr>
    );
  return (
    <tr>
      <th scope="row">{href === undefined ? name : <a href={href}>{name}</a>}</th>
      <td data-label={labels.cohorts}>
        <span>
          <CohortsCell figures={figures} texts={texts} />
        </span>
      </td>
      <td data-label={labels.reach}>
        <strong>{texts.number(enrolled)}</strong>
      </td>
      <td data-label={labels.startRate}>
        <RateCell rate={rates.startRate} texts={texts} />
      </td>
      <td data-label={labels.completion}>
        <RateCell rate={rates.completionOfEnrolled} texts={texts} />
      </td>
      <td data-label={labels.dropout}>
        <RateCell rate={rates.dropoutOfEnrolled} texts={texts} />
      </td>
      <td data-label={labels.attendance}>
        <RateCell rate={rates.attendanceNet} texts={texts} />
      </td>
      <td data-label={labels.realisation}>
        <RateCell rate={rates.realisation} texts={texts} minutes />
      </td>
      <td data-label={labels.cost}>
        <span>
          <CostCell figures={figures} texts={texts} />
        </span>
      </td>
    </tr>
  );
}

/** The page of this group alone, by the other tag. */
export function groupHref(view: PortfolioView, name: string): string {
  const { by } = view.query;
  const other: PortfolioTag = by === 'programme' ? 'businessUnit' : 'programme';
  return portfolioHref(view.path, view.query, { [by]: name, by: other });
}
