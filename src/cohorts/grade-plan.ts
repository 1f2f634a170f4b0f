import type { CohortDefinition } from '../../config/cohort-definition.ts';
import type { Score } from '../../lti/services/scores.ts';
import type { LearnerRow } from '../metrics/types.ts';
import type { GradeSent } from '../storage/ports/grade-store.ts';

/** A score as the figures have it. */
export interface WantedScore {
  readonly score: Score;
  /** Nothing was done yet: said only where something else was said before. */
  readonly blank: boolean;
}

/** A score that the platform does not have yet. */
export interface DueScore {
  readonly sub: string;
  readonly score: Score;
  /** What is kept of it. */
  readonly value: string;
  readonly before: GradeSent | null;
}

const WORDS = {
  fr: {
    completed: 'Parcours terminé',
    progress: (share: string) => `Parcours : ${share}`,
    unit: 'Étape validée',
    open: 'Étape à reprendre',
  },
  en: {
    completed: 'Course completed',
    progress: (share: string) => `Progress: ${share}`,
    unit: 'Step completed',
    open: 'Step to be taken again',
  },
} as const;

/**
 * The scores of learners, by learner: of the whole cohort (`unit` null) progress x maximum, of a unit all or nothing. Of
 * several episodes the last counts. Nobody who ended, without progress (nothing is required of them), or whose unit is
 * waived has a score; excluded people are in no row.
 */
export function wantedScores(
  { grades }: CohortDefinition,
  rows: readonly LearnerRow[],
  learnerOf: ReadonlyMap<string, string>,
  unit: string | null,
): ReadonlyMap<string, WantedScore> {
  const last = new Map<string, LearnerRow>();
  for (const row of rows) {
    const learner = learnerOf.get(row.enrolmentId);
    if (learner !== undefined) last.set(learner, row);
  }
  const wanted = new Map<string, WantedScore>();
  for (const [learner, row] of last) {
    if (row.endedAt !== null) continue;
    const score = unit === null ? scoreOfCohort(grades, row) : scoreOfUnit(grades, row, unit);
    if (score !== null) wanted.set(learner, score);
  }
  return wanted;
}

type Grades = CohortDefinition['grades'];

function scoreOfCohort({ scoreMaximum, comment }: Grades, row: LearnerRow): WantedScore | null {
  const { progress, completedAt, firstActAt } = row;
  if (progress === null) return null;
  const completed = completedAt !== null;
  const share = (language: 'fr' | 'en') =>
    new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 0 }).format(progress);
  return {
    score: {
      scoreGiven: Math.round(progress * scoreMaximum * 100) / 100,
      scoreMaximum,
      activityProgress: completed ? 'Completed' : 'InProgress',
      ...(comment === false
        ? {}
        : { comment: completed ? WORDS[comment].completed : WORDS[comment].progress(share(comment)) }),
    },
    blank: firstActAt === null && progress === 0 && !completed,
  };
}

function scoreOfUnit({ scoreMaximum, comment }: Grades, row: LearnerRow, unit: string): WantedScore | null {
  const found = row.units.find(({ id }) => id === unit);
  if (found === undefined || found.waived) return null;
  const satisfied = found.satisfiedAt !== null;
  return {
    score: {
      scoreGiven: satisfied ? scoreMaximum : 0,
      scoreMaximum,
      activityProgress: satisfied ? 'Completed' : 'InProgress',
      ...(comment === false ? {} : { comment: WORDS[comment][satisfied ? 'unit' : 'open'] }),
    },
    blank: !satisfied,
  };
}

/**
 * What differs from what the platform acknowledged, and may be tried at `now` (ms): those who failed least first, so that
 * one who always fails stands in nobody's way.
 * @param people the platform's user ids and their learners
 */
export function dueScores(
  wanted: ReadonlyMap<string, WantedScore>,
  people: readonly { readonly sub: string; readonly learnerId: string }[],
  sent: ReadonlyMap<string, GradeSent>,
  now: number,
): readonly DueScore[] {
  const due = people.flatMap(({ sub, learnerId }): DueScore[] => {
    const want = wanted.get(learnerId);
    const before = sent.get(sub) ?? null;
    if (want === undefined || (want.blank && before?.value == null)) return [];
    const value = JSON.stringify(want.score);
    const waits = before !== null && (before.dead || (before.nextAttemptAt ?? 0) > now);
    return before?.value === value || waits ? [] : [{ sub, score: want.score, value, before }];
  });
  return due.sort(
    (a, b) => (a.before?.attempts ?? 0) - (b.before?.attempts ?? 0) || (a.sub < b.sub ? -1 : 1),
  );
}

/** The time of the next score of a person, ms: now, but in a later second than the one before (Moodle's 409). */
export function nextTimestamp(before: GradeSent | null, now: number): number {
  const last = before?.timestamp ?? null;
  return last === null ? now : Math.max(now, Math.floor(last / 1_000) * 1_000 + 1_000);
}
