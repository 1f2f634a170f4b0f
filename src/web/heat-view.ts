import type { CohortDefinition } from '../../config/cohort-definition.ts';
import type { CohortFigures } from '../cohorts/figures.ts';
import type { HeatLine } from '../metrics/heatmap.ts';
import type { Week } from '../metrics/weeks.ts';
import type { CohortQuery, HeatKind } from './cohort-query.ts';

/** Weeks beside each other at a time: as many as fit on a screen and on a sheet of paper. */
export const WEEKS_SHOWN = 16;
/** Units under each other; the file has them all. */
export const UNITS_SHOWN = 100;

/** The part of the weekly heatmap that a page shows. */
export interface HeatView {
  readonly kind: HeatKind;
  readonly weeks: readonly Week[];
  readonly lines: readonly HeatLine[];
  /** First weeks of the parts before and after; null where there is none. */
  readonly earlier: number | null;
  readonly later: number | null;
}

/** By unit unless learners are asked for, or there is no unit. */
export function heatKind({ heat }: CohortQuery, { units }: Pick<CohortDefinition, 'units'>): HeatKind {
  return heat ?? (units.length === 0 ? 'learners' : 'units');
}

/** The weeks asked for (the latest by default), by unit, or by the learners whose rows the page lists. */
export function heatView(
  figures: Pick<CohortFigures, 'heatmap' | 'definition'>,
  query: CohortQuery,
  rows: readonly { readonly enrolmentId: string }[],
): HeatView {
  const kind = heatKind(query, figures.definition);
  const heatmap = figures.heatmap();
  const all = heatmap.weeks.length;
  const latest = Math.max(0, all - WEEKS_SHOWN);
  const first = Math.min(query.week ?? latest, latest);
  const lines =
    kind === 'units'
      ? heatmap.units().slice(0, UNITS_SHOWN)
      : heatmap.learners(rows.map(({ enrolmentId }) => enrolmentId));
  return {
    kind,
    weeks: heatmap.weeks.slice(first, first + WEEKS_SHOWN),
    lines: lines.map(({ id, counts }) => ({ id, counts: counts.slice(first, first + WEEKS_SHOWN) })),
    earlier: first === 0 ? null : Math.max(0, first - WEEKS_SHOWN),
    later: first >= latest ? null : Math.min(latest, first + WEEKS_SHOWN),
  };
}
