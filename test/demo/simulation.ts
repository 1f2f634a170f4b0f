import type { CohortDefinitionInput } from '../../config/cohort-definition.ts';
import type { Statement } from '../../xapi/statement/types.ts';
import type { DemoUser } from '../platform/demo-types.ts';
import type { DemoCohort } from './cohorts.ts';
import {
  courseViewed,
  dayAttended,
  type MoodleCourse,
  meetingAttended,
  moduleCompleted,
  moduleViewed,
  quizAttempted,
} from './moodle-statements.ts';
import { type Chance, seededChance } from './random.ts';

const DAY = 86_400_000;
const MINUTE = 60_000;

/** How people go through a course. */
const STORIES = ['finishes', 'drifts', 'returns', 'never', 'late', 'withdraws'] as const;
type Story = (typeof STORIES)[number];

/** What the simulation tells the product of one learner. */
export interface Told {
  readonly user: DemoUser;
  readonly story: Story;
  readonly enrolledAt: number;
  readonly ended: { readonly at: number; readonly reason: 'withdrawn' | 'transferred' } | null;
  readonly statements: readonly Statement[];
}

type Unit = NonNullable<CohortDefinitionInput['units']>[number];

/**
 * Simulates each learner's way through a cohort: the same seed, the same story. Each has a chance of their own, so that
 * one who gets a day further at another hour of the day does not change everybody after.
 */
export function simulate(
  cohort: DemoCohort,
  course: MoodleCourse,
  learners: readonly DemoUser[],
  seed: number,
): readonly Told[] {
  let attempt = 0;
  return learners.map((user, index) => {
    const chance = seededChance(seed + 7_919 * index);
    const story = storyOf(chance);
    const enrolledAt = story === 'late' ? cohort.start + chance.between(8, 16) * DAY : cohort.start - 3 * DAY;
    const statements: Statement[] = [];
    const units = cohort.definition.units ?? [];
    const stopsBefore =
      story === 'drifts' || story === 'withdraws' ? chance.between(1, units.length - 2) : units.length;
    const pause = story === 'returns' ? chance.between(14, 19) * DAY : 0;
    const pausesBefore = chance.between(1, 3);
    let clock =
      Math.max(enrolledAt, cohort.start) +
      chance.between(0, 4) * DAY +
      chance.between(7 * 60, 20 * 60) * MINUTE;
    for (const [index, unit] of units.entries()) {
      if (story === 'never' || index >= stopsBefore) break;
      if (index === pausesBefore) clock += pause;
      const at = sessionStart(unit) ?? clock;
      if (at > cohort.end) break;
      if (sessionStart(unit) !== null && chance.next() < 0.15) continue;
      attempt += 1;
      statements.push(...learn(course, user, unit, at, attempt, chance));
      clock = Math.max(clock, at) + chance.between(3, 8) * DAY + chance.between(-180, 180) * MINUTE;
    }
    const until = statements.filter(({ timestamp }) => Date.parse(timestamp ?? '') <= cohort.end);
    const last = until.reduce(
      (latest, { timestamp }) => Math.max(latest, Date.parse(timestamp ?? '')),
      cohort.start,
    );
    const endsAt = last + chance.between(2, 6) * DAY;
    return {
      user,
      story,
      enrolledAt,
      ended:
        story === 'withdraws' && endsAt < cohort.end
          ? { at: endsAt, reason: chance.next() < 0.3 ? 'transferred' : 'withdrawn' }
          : null,
      statements: until,
    };
  });
}

function storyOf(chance: Chance): Story {
  const roll = chance.next();
  if (roll < 0.44) return 'finishes';
  if (roll < 0.62) return 'drifts';
  if (roll < 0.72) return 'returns';
  if (roll < 0.84) return 'never';
  return roll < 0.91 ? 'late' : 'withdraws';
}

function sessionStart(unit: Unit): number | null {
  return unit.startsAt === undefined ? null : Date.parse(unit.startsAt);
}

/** What a learner does with one unit, from `at` on. */
function learn(
  course: MoodleCourse,
  user: DemoUser,
  unit: Unit,
  at: number,
  attempt: number,
  chance: Chance,
): readonly Statement[] {
  if (unit.modality === 'in-person') return [dayAttended(course, user, unit.id, at + 15 * MINUTE)];
  if (unit.modality === 'virtual-class') {
    const to = Date.parse(unit.endsAt ?? '') - chance.between(0, 30) * MINUTE;
    return meetingAttended(course, user, { unit: unit.id, from: at + chance.between(0, 4) * MINUTE, to });
  }
  const minutes = unit.plannedMinutes ?? 20;
  const opened = [courseViewed(course, user, at), moduleViewed(course, user, unit.id, at + MINUTE)];
  if (unit.modality !== 'assessment')
    return [...opened, moduleCompleted(course, user, unit.id, at + minutes * MINUTE)];
  const first = chance.between(7, 20);
  const tries = [
    quizAttempted(
      course,
      user,
      { unit: unit.id, attempt: 2 * attempt, points: first },
      at + minutes * MINUTE,
    ),
  ];
  if (first < 12 && chance.next() < 0.8)
    tries.push(
      quizAttempted(
        course,
        user,
        { unit: unit.id, attempt: 2 * attempt + 1, points: Math.min(20, first + chance.between(2, 8)) },
        at + DAY,
      ),
    );
  return [...opened, ...tries];
}
