import type { PortfolioState, PortfolioSection as Section } from '../../metrics/portfolio-types.ts';
import { GROUP_SORTS, type GroupSort, portfolioHref, readGroupSort, sortGroups } from '../portfolio-query.ts';
import type { PortfolioView } from '../portfolio-view.ts';
import { PortfolioKeyFigures } from './portfolio-key-figures.tsx';
import { groupHref, type PortfolioLabels, PortfolioRow } from './portfolio-row.tsx';

/** Lines of a table at one time. */
const GROUPS = 40;

function labelsOf({ texts: { t }, query }: PortfolioView): PortfolioLabels {
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
  readonly labels: PortfolioLabels;
  readonly anchor: string;
}

interface PagesProps {
  readonly total: number;
  readonly anchor: string;
  readonly label: string;
  readonly view: PortfolioView;
}

/** Which groups of how many are shown, and the ways to those before and after. */
function Pages({ total, anchor, label, view }: PagesProps) {
  const { texts, path, query } = view;
  if (total <= GROUPS) return null;
  const { page } = query;
  const href = (target: number) => `${portfolioHref(path, query, { page: target })}#${anchor}`;
  return (
    <nav class="pager" aria-label={`${texts.t('pager.label')}, ${label}`}>
      {page > 1 && (
        <a rel="prev" href={href(page - 1)}>
          {texts.t('pager.previous')}
        </a>
      )}
      <span>
        {texts.t('pager.range', {
          from: Math.min((page - 1) * GROUPS + 1, total),
          to: Math.min(page * GROUPS, total),
          total,
        })}
      </span>
      {page * GROUPS < total && (
        <a rel="next" href={href(page + 1)}>
          {texts.t('pager.next')}
        </a>
      )}
    </nav>
  );
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
  const groups = sortGroups(section.groups, query.sort, texts.locale);
  const shown = groups.slice((query.page - 1) * GROUPS, query.page * GROUPS);
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
              {shown.map((group) => (
                <PortfolioRow
                  key={group.name}
                  name={group.name ?? t('portfolio.group.none')}
                  href={group.name === null ? undefined : groupHref(view, group.name)}
                  figures={group}
                  view={view}
                  labels={labels}
                />
              ))}
            </tbody>
            <tbody class="total">
              <PortfolioRow name={t('portfolio.total')} figures={section.total} view={view} labels={labels} />
            </tbody>
          </table>
          <Pages total={groups.length} anchor={anchor} label={t(`portfolio.${state}`)} view={view} />
        </>
      )}
    </section>
  );
}
