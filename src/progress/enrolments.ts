import type { CohortDefinition } from '../../config/cohort-definition.ts';
import type { EndReason } from '../storage/ports/cohort-store.ts';
import type { Calendar } from './calendar.ts';
import { byBeginning, type Episode } from './episode.ts';
import { mergePauses, type Pauses } from './quiet-days.ts';

/** An enrolment episode as it stood at T (metrics.md "enrolment"). Times in ms; days as day numbers. */
export interface Enrolment {
  readonly id: string;
  readonly learnerId: string;
  readonly enrolledAt: number;
  /** Null while open at T. */
  readonly endedAt: number | null;
  readonly reason: EndReason | null;
  /** max(0, day(enrolledAt)). */
  readonly entry: number;
  /** Evidence counts from `from` to `to`, both included. */
  readonly window: { readonly from: number; readonly to: number };
  readonly pauses: Pauses;
}

/** Frame of a cohort at T: its days, its end, what is no silence. */
export interface Frame {
  readonly definition: CohortDefinition;
  readonly calendar: Calendar;
  /** T, ms. */
  readonly asOf: number;
  readonly today: number;
  /** Last day that counts; null without endsOn. */
  readonly closingDay: number | null;
  readonly closed: boolean;
  /** Last instant that counts, ms. */
  readonly lastInstant: number;
}

/** The frame of a definition at T (ms). */
export function frameOf(definition: CohortDefinition, calendar: Calendar, asOf: number): Frame {
  const today = calendar.day(asOf);
  const closingDay =
    definition.endsOn === undefined ? null : calendar.dayOfDate(definition.endsOn) + definition.graceDays;
  const end = closingDay === null ? Number.POSITIVE_INFINITY : calendar.midnight(closingDay + 1) - 1;
  return {
    definition,
    calendar,
    asOf,
    today,
    closingDay,
    closed: closingDay !== null && today > closingDay,
    lastInstant: Math.min(asOf, end),
  };
}

/** The cohort's breaks as days that are no silence. */
export function breaksOf({ definition, calendar }: Frame): Pauses {
  return mergePauses(
    definition.breaks.map(({ from, to }) => [calendar.dayOfDate(from), calendar.dayOfDate(to)]),
  );
}

/**
 * The episodes that count at T: excluded ones are left out; neither an enrolment nor an ending after T or the closing day
 * counts.
 */
export function enrolmentsAt(frame: Frame, episodes: readonly Episode[]): readonly Enrolment[] {
  const { calendar } = frame;
  const counted = episodes
    .filter(({ reason }) => reason !== 'excluded')
    .filter(({ enrolledAt }) => enrolledAt <= frame.lastInstant)
    .sort(byBeginning);
  const breaks = breaksOf(frame);
  const start = calendar.midnight(0);
  const seen = new Set<string>();
  return counted.map((change) => {
    const first = !seen.has(change.learnerId);
    seen.add(change.learnerId);
    const ended = change.endedAt !== null && change.endedAt <= frame.lastInstant;
    const suspensions = change.suspensions
      .filter(([from, to]) => from <= frame.asOf && (to === null || to > from))
      .map(([from, to]) => {
        const last = Math.min(to === null ? frame.asOf : to - 1, frame.asOf);
        return [calendar.day(from), calendar.day(last)] as const;
      });
    return {
      id: change.enrolmentId,
      learnerId: change.learnerId,
      enrolledAt: change.enrolledAt,
      endedAt: ended ? change.endedAt : null,
      reason: ended ? (change.reason ?? 'removed') : null,
      entry: Math.max(0, calendar.day(change.enrolledAt)),
      window: {
        from: first ? Math.min(change.enrolledAt, start) : change.enrolledAt,
        to: ended && change.endedAt !== null ? change.endedAt : frame.lastInstant,
      },
      pauses: suspensions.length === 0 ? breaks : mergePauses([...breaks, ...suspensions]),
    };
  });
}
