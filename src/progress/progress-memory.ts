import type { CohortDefinition } from '../../config/cohort-definition.ts';
import { type Calendar, createCalendar } from './calendar.ts';
import { type CohortEpisodes, cohortEpisodes, type EnrolmentRecords } from './cohort-episodes.ts';
import type { Enrolment, Frame } from './enrolments.ts';
import type { KnownFact } from './fact.ts';
import { type LearnerProgress, learnerProgress } from './learner-progress.ts';
import { slotOf } from './sessions.ts';
import { type ToldFact, toldFacts } from './told-enrolments.ts';

/** Most learners whose progress is remembered in one memory. */
const MOST = 10_000;

/** The progress of learners of one version of a cohort, as it was computed last with everything known. */
export interface ProgressMemory {
  /** Days of the cohort: looking them up anew is slow. */
  calendar(definition: CohortDefinition): Calendar;
  /** As `cohortEpisodes` with everything known. */
  episodes(records: EnrolmentRecords): CohortEpisodes;
  /** As `learnerProgress` with everything known; what cannot have changed since is not computed again. */
  progress(frame: Frame, enrolment: Enrolment, facts: readonly KnownFact[]): LearnerProgress;
}

interface Remembered {
  readonly enrolment: Enrolment;
  readonly facts: readonly KnownFact[];
  readonly progress: LearnerProgress;
  /** Instants for which it holds: from, included, until, not included. ms. */
  readonly from: number;
  readonly until: number;
}

export function createProgressMemory(): ProgressMemory {
  const remembered = new Map<string, Remembered>();
  let last: {
    readonly records: EnrolmentRecords;
    readonly told: readonly ToldFact[];
    readonly made: CohortEpisodes;
  } | null = null;
  let calendar: Calendar | null = null;
  return {
    calendar: ({ timezone, startsOn }) => {
      calendar ??= createCalendar(timezone, startsOn);
      return calendar;
    },
    episodes: (records) => {
      const told = toldFacts(records.facts, null);
      if (last === null || !isSameRecords(last.records, records) || !isSameList(last.told, told))
        last = { records, told, made: cohortEpisodes(records, null) };
      return last.made;
    },
    progress: (frame, enrolment, facts) => {
      const { asOf } = frame;
      const known = remembered.get(enrolment.id);
      if (
        known &&
        known.from <= asOf &&
        asOf < known.until &&
        isSameEnrolment(known.enrolment, enrolment) &&
        isSameList(known.facts, facts)
      )
        return { ...known.progress, enrolment };
      const progress = learnerProgress(frame, enrolment, facts, null);
      if (remembered.size >= MOST && !known) remembered.clear();
      remembered.set(enrolment.id, {
        enrolment,
        facts,
        progress,
        from: asOf,
        until: nextChange(frame, facts),
      });
      return progress;
    },
  };
}

/**
 * The first instant after T (ms) at which time alone may change a learner's progress: days are counted from midnight to
 * midnight, sessions by their end, and facts may be dated in the future. Beginning and end of enrolment and suspensions
 * are seen in the enrolment as it stands at T.
 */
function nextChange({ asOf, today, calendar, definition }: Frame, facts: readonly KnownFact[]): number {
  const instants = [calendar.midnight(today + 1)];
  for (const unit of definition.units) {
    const slot = slotOf(unit);
    if (slot !== null && slot.to > asOf) instants.push(slot.to);
  }
  for (const { at } of facts) if (at > asOf) instants.push(at);
  return Math.min(...instants);
}

/** The very same lists, whatever the facts. */
function isSameRecords(a: EnrolmentRecords, b: EnrolmentRecords): boolean {
  return (
    a.changes === b.changes && a.identities === b.identities && a.links === b.links && a.rules === b.rules
  );
}

function isSameList<Item>(a: readonly Item[], b: readonly Item[]): boolean {
  return a.length === b.length && a.every((item, index) => item === b[index]);
}

/** Equal but for the end of the window, which goes on with T while an enrolment lasts. */
function isSameEnrolment(a: Enrolment, b: Enrolment): boolean {
  return (
    a.learnerId === b.learnerId &&
    a.enrolledAt === b.enrolledAt &&
    a.endedAt === b.endedAt &&
    a.reason === b.reason &&
    a.window.from === b.window.from &&
    a.pauses.length === b.pauses.length &&
    a.pauses.every(([from, to], index) => from === b.pauses[index]?.[0] && to === b.pauses[index]?.[1])
  );
}
