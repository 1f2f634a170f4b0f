import type { CohortProgress } from '../progress/cohort-progress.ts';
import type { LearnerProgress } from '../progress/learner-progress.ts';
import { quantile } from './quantile.ts';
import type { UnitFigures } from './types.ts';

/** First required unit, in the order of the definition, that this learner has not satisfied; null when none is left. */
export function firstUnsatisfied({ units }: LearnerProgress): string | null {
  return units.find((unit) => unit.required && !unit.waived && unit.satisfiedAt === null)?.id ?? null;
}

/** Per unit: reached, satisfied, median days from start to satisfied, leavers (metrics.md "Funnel, pace"). */
export function unitsOf({ frame, learners }: CohortProgress): readonly UnitFigures[] {
  const leftAt = learners
    .filter(({ state }) => state === 'dropped' || state === 'withdrawn')
    .map(firstUnsatisfied);
  return frame.definition.units.map(({ id }, index) => {
    const days: number[] = [];
    let reached = 0;
    for (const { units, enrolment } of learners) {
      const unit = units[index];
      if (unit?.reached) reached += 1;
      if (unit && unit.satisfiedAt !== null)
        days.push(frame.calendar.day(unit.satisfiedAt) - enrolment.entry);
    }
    return {
      id,
      reached,
      satisfied: days.length,
      medianDays: quantile(days, 0.5),
      leavers: leftAt.filter((left) => left === id).length,
    };
  });
}
