import type { CohortFigures } from '../cohorts/figures.ts';
import { type RetentionAsked, USUAL_RETENTION } from '../metrics/retention.ts';
import type { CohortQuery } from './cohort-query.ts';
import {
  attendanceCsv,
  exitsCsv,
  funnelCsv,
  heatmapCsv,
  ratesCsv,
  statesCsv,
  unitsCsv,
  weeklyCsv,
} from './figures-csv.ts';
import { heatKind } from './heat-view.ts';
import type { Texts } from './intl.ts';
import { learnersCsv } from './learners-csv.ts';
import { pseudonymCode } from './pseudonym.ts';
import { outcomesCsv, survivalCsv } from './retention-csv.ts';
import { matchRows } from './select-rows.ts';
import { unitTitle } from './unit-words.ts';

/** The tables of the cohort page that can be downloaded, by the name of their file. */
export const CSV_TABLES = [
  'learners',
  'states',
  'rates',
  'funnel',
  'units',
  'exits',
  'attendance',
  'retention',
  'outcomes',
  'weekly',
  'heatmap',
] as const;
export type CsvTable = (typeof CSV_TABLES)[number];

/** Which retention the page's address asks for. */
export function retentionAsked({ clock, population }: CohortQuery): RetentionAsked {
  return {
    clock: clock ?? USUAL_RETENTION.clock,
    population: population ?? USUAL_RETENTION.population,
  };
}

/** A table as it stands on the page, whole, with the name its file gets. */
export function cohortCsv(
  table: CsvTable,
  figures: CohortFigures,
  query: CohortQuery,
  texts: Texts,
): { readonly file: string; readonly text: string } {
  const file = `${figures.cohort.id}${suffixOf(table, figures, query)}.csv`;
  return { file, text: textOf(table, figures, query, texts) };
}

function suffixOf(table: CsvTable, { definition }: CohortFigures, query: CohortQuery): string {
  const { clock, population } = retentionAsked(query);
  if (table === 'learners') return '';
  if (table === 'heatmap') return `-${table}-${heatKind(query, definition)}`;
  return table === 'retention' || table === 'outcomes' ? `-${table}-${population}-by-${clock}` : `-${table}`;
}

function textOf(table: CsvTable, figures: CohortFigures, query: CohortQuery, texts: Texts): string {
  const { metrics, definition } = figures;
  const context = { definition, texts };
  switch (table) {
    case 'learners':
      return learnersCsv(definition, matchRows(figures.rows, query), texts);
    case 'states':
      return statesCsv(metrics);
    case 'rates':
      return ratesCsv(metrics);
    case 'funnel':
      return funnelCsv(metrics);
    case 'units':
      return unitsCsv(metrics, context);
    case 'exits':
      return exitsCsv(figures.leaving(), context);
    case 'attendance':
      return attendanceCsv(figures.sessions(), context);
    case 'retention':
      return survivalCsv(figures.retention(retentionAsked(query)));
    case 'outcomes':
      return outcomesCsv(figures.retention(retentionAsked(query)));
    case 'weekly':
      return weeklyCsv(metrics);
    case 'heatmap':
      return heatCsv(figures, query, texts);
  }
}

function heatCsv(figures: CohortFigures, query: CohortQuery, texts: Texts): string {
  const { definition } = figures;
  const heatmap = figures.heatmap();
  if (heatKind(query, definition) === 'units') {
    const titles = new Map(definition.units.map((unit) => [unit.id, unitTitle(definition, unit, texts)]));
    const lines = heatmap.units().map(({ id, counts }) => [id, titles.get(id) ?? id, ...counts]);
    return heatmapCsv(heatmap, ['unit', 'title'], lines);
  }
  const rows = matchRows(figures.rows, query);
  const lines = heatmap
    .learners(rows.map(({ enrolmentId }) => enrolmentId))
    .map(({ id, counts }, index) => [id, rows[index]?.name ?? pseudonymCode(id), ...counts]);
  return heatmapCsv(heatmap, ['enrolmentId', 'name'], lines);
}
