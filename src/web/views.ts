import type { CohortDefinition } from '../../config/cohort-definition.ts';
import type { Waiver } from '../cohorts/waivers.ts';
import type { Leaving } from '../metrics/leaving.ts';
import type { SessionFigures } from '../metrics/session-figures.ts';
import type { CohortMetrics, LearnerRow, Retention } from '../metrics/types.ts';
import type { HistoryEntry } from '../progress/enrolment-history.ts';
import type { CohortQuery } from './cohort-query.ts';
import type { HeatView } from './heat-view.ts';
import type { Texts } from './intl.ts';
import type { SessionPart } from './learner-standing.ts';

/** learner; staff of the course; dlm configures and compares; executive sees the portfolio; observer reads only. */
export type PageRole = 'learner' | 'staff' | 'dlm' | 'executive' | 'observer';

/** What every page of an open session needs. */
export interface PageFrame {
  readonly launchId: string;
  /** This page's own path without query, such as `/app/<launchId>`; forms and links lead back to it. */
  readonly path: string;
  readonly role: PageRole;
  /** The cohort that the page is about, if it is about one: the navigation leads to its other pages. */
  readonly cohortId?: string;
  readonly csrfToken: string;
  readonly texts: Texts;
  /** Now, ISO 8601. */
  readonly now: string;
  /** Origin of the platform around the frame, when the frame's height is to be told to it. */
  readonly platformOrigin?: string;
  /** Module scripts of the page besides, as paths. */
  readonly islands?: readonly string[];
}

export interface CohortView extends PageFrame {
  readonly definition: CohortDefinition;
  readonly metrics: CohortMetrics;
  /** By the clock and of the population that the query asks for. */
  readonly retention: Retention;
  readonly heat: HeatView;
  /** Where people leave. */
  readonly leaving: readonly Leaving[];
  /** Attendance session by session. */
  readonly sessions: readonly SessionFigures[];
  /** The rows of this page of the list: filtered, sorted and cut by `selectRows`. */
  readonly rows: readonly LearnerRow[];
  /** How many rows match the filters, on all pages. */
  readonly totalRows: number;
  /** From 1. */
  readonly page: number;
  readonly pageSize: number;
  /** Learner of each enrolment, whose path is linked; none is when absent. */
  readonly learnerOf?: ReadonlyMap<string, string>;
  readonly query: CohortQuery;
}

export interface LearnerView extends PageFrame {
  readonly definition: CohortDefinition;
  readonly row: LearnerRow;
  readonly asOf: string;
  /** The cohort is closed at `asOf`. */
  readonly final: boolean;
  readonly cohortVersion: number;
  /** Steps whose id is a page of one of these origins are linked. */
  readonly platformOrigins: readonly string[];
  /** The learner's part in the sessions; none when absent. */
  readonly sessions?: readonly SessionPart[];
  /** What was recorded of the enrolment; for staff only. */
  readonly history?: readonly HistoryEntry[];
  /** For staff only: whose path it is, what is waived, and the number of the unit whose waiver lacks a reason. */
  readonly staff?: {
    readonly learnerId: string;
    readonly waivers: readonly Waiver[];
    readonly waiverFault: number | null;
  };
}

export interface CohortChoice {
  readonly title: string;
  readonly startsOn: string;
  readonly endsOn?: string;
  readonly href: string;
}

export type Message =
  | { readonly kind: 'noCohort' }
  | { readonly kind: 'choose' | 'mentees'; readonly cohorts: readonly CohortChoice[] }
  | { readonly kind: 'noMentee' | 'noPortfolio' | 'notFound' | 'expired' | 'closed' | 'forbidden' }
  | { readonly kind: 'error'; readonly reference: string };

/** A page that says one thing. `session` is absent when there is none (expired, closed, unknown). */
export interface MessageView {
  readonly texts: Texts;
  readonly message: Message;
  readonly role?: PageRole;
  readonly session?: Pick<PageFrame, 'launchId' | 'csrfToken' | 'path'>;
  /** The platform and its id of this person, by which a right is given by hand (docs/roles.md). */
  readonly identifier?: { readonly platform: string; readonly sub: string };
}
