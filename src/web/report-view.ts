import type { CohortDefinition } from '../../config/cohort-definition.ts';
import type { CohortMetrics, LearnerRow } from '../metrics/types.ts';
import type { Organisation } from '../organisations/organisations.ts';
import type { ReportFigures } from './report-figures.ts';
import type { FixedReport, ReportQuery } from './report-query.ts';
import type { PageFrame } from './views.ts';

/** The report of a cohort. */
export interface ReportView extends PageFrame {
  readonly definition: CohortDefinition;
  readonly metrics: Pick<CohortMetrics, 'asOf' | 'final' | 'definitionVersion' | 'cohortVersion'>;
  /** Null where it is for people outside and fewer than five are enrolled. */
  readonly figures: ReportFigures | null;
  readonly organisation: Organisation;
  /** Where its logo is served; null without one. */
  readonly logo: string | null;
  readonly query: ReportQuery;
  readonly fixed: FixedReport;
  /** The address of this very report, whole, for people to read. */
  readonly address: string;
  /** The list of names, when it is asked for: a part of it, and how many there are. */
  readonly names: {
    readonly rows: readonly LearnerRow[];
    readonly from: number;
    readonly total: number;
  } | null;
}

/** Names on a page of a report. */
export const NAMES_SHOWN = 500;
