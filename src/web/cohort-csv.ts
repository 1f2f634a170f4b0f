import type { CohortFigures } from '../cohorts/figures.ts';
import { type RetentionAsked, USUAL_RETENTION } from '../metrics/retention.ts';
import type { CohortQuery } from './cohort-query.ts';
import type { Texts } from './intl.ts';
import { learnersCsv } from './learners-csv.ts';
import { outcomesCsv, survivalCsv } from './retention-csv.ts';
import { matchRows } from './select-rows.ts';

/** The tables of the cohort page that can be downloaded, by the name of their file. */
export const CSV_TABLES = ['learners', 'retention', 'outcomes'] as const;
export type CsvTable = (typeof CSV_TABLES)[number];

/** Which retention the page's address asks for. */
export function retentionAsked({ clock, population }: CohortQuery): RetentionAsked {
  return {
    clock: clock ?? USUAL_RETENTION.clock,
    population: population ?? USUAL_RETENTION.population,
  };
}

/** A table as it stands on the page, with the name its file gets. */
export function cohortCsv(
  table: CsvTable,
  figures: CohortFigures,
  query: CohortQuery,
  texts: Texts,
): { readonly file: string; readonly text: string } {
  const { id } = figures.cohort;
  if (table === 'learners') {
    const rows = matchRows(figures.rows, query);
    return { file: `${id}.csv`, text: learnersCsv(figures.definition, rows, texts) };
  }
  const asked = retentionAsked(query);
  const write = table === 'retention' ? survivalCsv : outcomesCsv;
  return {
    file: `${id}-${table}-${asked.population}-by-${asked.clock}.csv`,
    text: write(figures.retention(asked)),
  };
}
