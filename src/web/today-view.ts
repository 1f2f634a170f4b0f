import type { CohortDefinition } from '../../config/cohort-definition.ts';
import type { Movement } from '../metrics/movements.ts';
import type { ContactOutcome } from '../progress/contact-outcome.ts';
import type { LearnerProgress } from '../progress/learner-progress.ts';
import type { TodayQuery } from './today-query.ts';
import type { TodayRow } from './today-rows.ts';
import type { TodaySession } from './today-sessions.ts';
import type { PageFrame } from './views.ts';

/** People who moved in one way since a week ago: the first by name, and how many in all. */
export interface WeekMovement {
  readonly movement: Movement;
  readonly total: number;
  readonly people: readonly { readonly learner: LearnerProgress; readonly name: string | null }[];
}

/** Whom to see today, as the page shows it. */
export interface TodayView extends PageFrame {
  readonly definition: CohortDefinition;
  readonly cohortVersion: number;
  /** ISO 8601. */
  readonly asOf: string;
  readonly final: boolean;
  readonly query: TodayQuery;
  /** The rows of this page of the list. */
  readonly rows: readonly TodayRow[];
  readonly totalRows: number;
  readonly page: number;
  readonly pageSize: number;
  readonly counts: {
    readonly enrolled: number;
    /** On the way: those at risk are some of them, dropped people are not. */
    readonly open: number;
    readonly atRisk: number;
    readonly dropped: number;
    /** At risk, and nobody was in touch about it. */
    readonly waiting: number;
  };
  /** Of progress in the cohort; null without any. */
  readonly median: number | null;
  /** Units to be passed that were tried in vain, by enrolment; of the rows shown. */
  readonly failed: ReadonlyMap<string, readonly string[]>;
  readonly sessions: readonly TodaySession[];
  /** Movements that were any, since the end of a local date. */
  readonly week: { readonly since: string; readonly movements: readonly WeekMovement[] };
  /** People contacted lately, by what came of it. */
  readonly contacts: Readonly<Record<ContactOutcome['kind'], number>>;
  /** What a form did just now. */
  readonly told: 'saved' | null;
}
