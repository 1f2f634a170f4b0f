import { type CohortMetrics, RATE_NAMES } from '../metrics/types.ts';
import type { Cell, Column, ColumnType, ExportTable } from './table.ts';

const column = (
  name: string,
  type: ColumnType,
  of: (metrics: CohortMetrics) => Cell,
): Column<CohortMetrics> => ({ name, type, of });

const COUNTS = [
  'enrolled',
  'started',
  'completed',
  'transferred',
  'withdrawn',
  'withdrawnBeforeStart',
  'noShow',
  'notStarted',
  'dropped',
  'unfinished',
  'inactive',
  'active',
  'atRisk',
] as const;

const COLUMNS: readonly Column<CohortMetrics>[] = [
  column('cohortId', 'text', ({ cohortId }) => cohortId),
  column('definitionVersion', 'integer', ({ definitionVersion }) => definitionVersion),
  column('cohortVersion', 'integer', ({ cohortVersion }) => cohortVersion),
  column('asOf', 'instant', ({ asOf }) => asOf),
  column('knownAt', 'instant', ({ knownAt }) => knownAt),
  column('final', 'boolean', ({ final }) => final),
  ...COUNTS.map((name) => column(name, 'integer', ({ counts }) => counts[name])),
  ...RATE_NAMES.flatMap((name) => [
    column(`${name}.numerator`, 'number', ({ rates }) => rates[name].numerator),
    column(`${name}.denominator`, 'number', ({ rates }) => rates[name].denominator),
    column(`${name}.value`, 'number', ({ rates }) => rates[name].value),
    column(`${name}.lo`, 'number', ({ rates }) => rates[name].ci95?.[0] ?? null),
    column(`${name}.hi`, 'number', ({ rates }) => rates[name].ci95?.[1] ?? null),
  ]),
  column('progress.mean', 'number', ({ progress }) => progress.mean),
  column('progress.median', 'number', ({ progress }) => progress.median),
  column('timeToComplete.n', 'integer', ({ timeToComplete }) => timeToComplete.n),
  column('timeToComplete.medianDays', 'number', ({ timeToComplete }) => timeToComplete.medianDays),
  column('timeToComplete.p25Days', 'number', ({ timeToComplete }) => timeToComplete.p25Days),
  column('timeToComplete.p75Days', 'number', ({ timeToComplete }) => timeToComplete.p75Days),
  column('attendance.held', 'integer', ({ attendance }) => attendance?.held ?? null),
  column('attendance.attended', 'integer', ({ attendance }) => attendance?.attended ?? null),
  column('attendance.excused', 'integer', ({ attendance }) => attendance?.excused ?? null),
  column('attendance.presentMinutes', 'number', ({ attendance }) => attendance?.presentMinutes ?? null),
  column('attendance.slotMinutes', 'number', ({ attendance }) => attendance?.slotMinutes ?? null),
  column('cost.currency', 'text', ({ cost }) => cost?.currency ?? null),
  column('cost.total', 'number', ({ cost }) => cost?.total ?? null),
  column('cost.perEnrolled', 'number', ({ cost }) => cost?.perEnrolled ?? null),
  column('cost.perCompleter', 'number', ({ cost }) => cost?.perCompleter ?? null),
];

/** The figures of cohorts, a row each; funnel, units and weeks are in the lines of JSON only. */
export function metricsTable(rows: AsyncIterable<CohortMetrics>): ExportTable<CohortMetrics> {
  return { columns: COLUMNS, rows, line: (metrics) => JSON.stringify(metrics) };
}
