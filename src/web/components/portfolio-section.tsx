import type {
  PortfolioFigures,
  PortfolioState,
  PortfolioTag,
  PortfolioSection as Section,
} from '../../metrics/portfolio-types.ts';
import { GROUP_SORTS, type GroupSort, portfolioHref, readGroupSort, sortGroups } from '../portfolio-query.ts';
import type { PortfolioView } from '../portfolio-view.ts';
import { CohortsCell, CostCell, Masked, RateCell } from './portfolio-cells.tsx';
import { PortfolioKeyFigures } from './portfolio-key-figures.tsx';

type Labels = Readonly<Record<GroupSort | 'cohorts', string>>;

function labelsOf({ texts: { t }, query }: PortfolioView): Labels {
  return {
    name: t(`portfolio.${query.by}`),
    cohorts: t('portfolio.cohorts'),
    reach: t('portfolio.reach'),
    startRate: t('portfolio.startRate'),
    completion: t('portfolio.completion'),
    dropout: t('portfolio.dropout'),
    attendance: t('portfolio.attendance'),
    realisation: t('portfolio.realisation'),
    cost: t('portfolio.cost'),
  };
}

function SortHeader({ column, view, labels, anchor }: SortProps) {
  const { path, query } = view;
  const now = readGroupSort(query.sort);
  const current = now.column === column;
  const target = current && !now.descending ? `-${column}` : column;
  return (
    <th scope="col" aria-sort={current ? (now.descending ? 'descending' : 'ascending') : undefined}>
      <a class="sort" href={`${portfolioHref(path, query, { sort: target })}#${anchor}`}>
        {labels[column]}
        {current && (
          <span class="arrow" aria-hidden="true">
            {now.descending ? '↓' : '↑'}
          </span>
        )}
      </a>
    </th>
  );
}

interface SortProps {
  readonly column: GroupSort;
  readonly view: PortfolioView;
  readonly labels: Labels;
  readonly anchor: string;
}

interface RowProps {
  readonly name: string;
  readonly href?: string | undefined;
  readonly figures: PortfolioFigures;
  readonly view: PortfolioView;
  readonly labels: Labels;
}

function Row({ name, href, figures, view: { texts }, labels }: RowProps) {
  const { enrolled, rates } = figures;
  return (
    <tr>
      <th scope="row">{href === undefined ? name : <a href={href}>{name}</a>}</th>
      <td data-label={labels.cohorts}>
        <span>
          <CohortsCell figures={figures} texts={texts} />
        </span>
      </td>
      <td data-label={labels.reach}>
        {enrolled === null ? <Masked texts={texts} /> : <strong>{texts.number(enrolled)}</strong>}
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

/** By the other tag, of this group alone. */
function within(view: PortfolioView, name: string): string {
  const { by } = view.query;
  const other: PortfolioTag = by === 'programme' ? 'businessUnit' : 'programme';
  return portfolioHref(view.path, view.query, { [by]: name, by: other });
}

/** Closed cohorts, or those under way: a line for each programme or business unit, and all together. */
export function PortfolioSection({
  state,
  section,
  view,
}: {
  state: PortfolioState;
  section: Section;
  view: PortfolioView;
}) {
  const { texts, query } = view;
  const { t } = texts;
  const labels = labelsOf(view);
  const anchor = `portfolio-${state}`;
  const columns = GROUP_SORTS.filter((column) => column !== 'name');
  return (
    <section class="card" aria-labelledby={anchor}>
      <h2 id={anchor}>{t(`portfolio.${state}`)}</h2>
      {section.groups.length === 0 ? (
        <p class="empty">{t('portfolio.sectionNone')}</p>
      ) : (
        <>
          {state === 'open' && <p class="note">{t('portfolio.openNote')}</p>}
          <PortfolioKeyFigures figures={section.total} texts={texts} />
          <table class="stack portfolio">
            <thead>
              <tr data-label={t('portfolio.sortBy')}>
                <SortHeader column="name" view={view} labels={labels} anchor={anchor} />
                <th scope="col">{labels.cohorts}</th>
                {columns.map((column) => (
                  <SortHeader key={column} column={column} view={view} labels={labels} anchor={anchor} />
                ))}
              </tr>
            </thead>
            <tbody>
              {sortGroups(section.groups, query.sort, texts.locale).map((group) => (
                <Row
                  key={group.name}
                  name={group.name ?? t('portfolio.group.none')}
                  href={group.name === null ? undefined : within(view, group.name)}
                  figures={group}
                  view={view}
                  labels={labels}
                />
              ))}
            </tbody>
            <tbody class="total">
              <Row name={t('portfolio.total')} figures={section.total} view={view} labels={labels} />
            </tbody>
          </table>
        </>
      )}
    </section>
  );
}
