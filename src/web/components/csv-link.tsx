import type { CsvTable } from '../cohort-csv.ts';
import { queryHref } from '../cohort-query.ts';
import type { CohortView } from '../views.ts';

/** The file of a table of the cohort page, as the address of the page asks for it. */
export function CsvLink({
  table,
  view,
}: {
  table: Exclude<CsvTable, 'learners' | 'retention' | 'outcomes'>;
  view: CohortView;
}) {
  const { texts, path, query } = view;
  return (
    <p class="csv-link">
      <a class="download" href={queryHref(`${path}/${table}.csv`, query, { page: undefined })}>
        {texts.t(`csv.${table}`)}
      </a>
    </p>
  );
}
