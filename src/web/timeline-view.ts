import type { CohortDefinition } from '../../config/cohort-definition.ts';
import type { Contact } from '../cohorts/contacts.ts';
import type { LearnerRow } from '../metrics/types.ts';
import type { ContactOutcome } from '../progress/contact-outcome.ts';
import type { TimelineEntry } from '../progress/timeline-entry.ts';
import type { ContactField, TypedContact } from './contact-form.ts';
import type { PageFrame } from './views.ts';

/** What happened, or what staff did about it. */
export type Happening =
  | TimelineEntry
  | {
      readonly kind: 'contact';
      readonly at: number;
      readonly sources: readonly string[];
      readonly contact: Contact;
      readonly outcome: ContactOutcome;
    };

/** What happened on one local day, YYYY-MM-DD. */
export interface TimelineDay {
  readonly date: string;
  readonly happenings: readonly Happening[];
}

/** What the address of a timeline asks for. */
export interface TimelineQuery {
  readonly oldestFirst: boolean;
  /** From 1. */
  readonly page: number;
}

/** What happened with one learner, as the page shows it. */
export interface TimelineView extends PageFrame {
  readonly definition: CohortDefinition;
  readonly cohortVersion: number;
  /** ISO 8601. */
  readonly asOf: string;
  readonly final: boolean;
  readonly learnerId: string;
  readonly enrolmentId: string;
  readonly name: string | null;
  readonly state: LearnerRow['state'];
  readonly progress: number | null;
  readonly query: TimelineQuery;
  /** The days of this page. */
  readonly days: readonly TimelineDay[];
  readonly totalDays: number;
  readonly pageSize: number;
  /** What a form did just now. */
  readonly told: 'saved' | 'takenBack' | null;
  /** The form of a contact as it was refused. */
  readonly refused: { readonly typed: TypedContact; readonly faults: readonly ContactField[] } | null;
}

/** Days on a page. */
export const TIMELINE_PAGE = 25;

/** Happenings -> days, in the order asked for; within a day always by time. `dateOf`: local date of an instant (ms). */
export function timelineDays(
  happenings: readonly Happening[],
  { oldestFirst, page }: TimelineQuery,
  dateOf: (instant: number) => string,
): Pick<TimelineView, 'days' | 'totalDays' | 'pageSize' | 'query'> {
  const byDate = new Map<string, Happening[]>();
  for (const happening of [...happenings].sort((a, b) => a.at - b.at)) {
    const date = dateOf(happening.at);
    byDate.set(date, [...(byDate.get(date) ?? []), happening]);
  }
  const all = [...byDate].map(([date, own]) => ({ date, happenings: own }));
  const ordered = oldestFirst ? all : all.reverse();
  const pages = Math.max(1, Math.ceil(ordered.length / TIMELINE_PAGE));
  const shown = Math.min(Math.max(1, page), pages);
  return {
    days: ordered.slice((shown - 1) * TIMELINE_PAGE, shown * TIMELINE_PAGE),
    totalDays: ordered.length,
    pageSize: TIMELINE_PAGE,
    query: { oldestFirst, page: shown },
  };
}
