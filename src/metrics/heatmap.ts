import type { CohortProgress } from '../progress/cohort-progress.ts';
import { type Week, weekOf, weeksOf } from './weeks.ts';

/** A line of the weekly heatmap: one count for each week. */
export interface HeatLine {
  /** Of the unit, or of the enrolment. */
  readonly id: string;
  readonly counts: readonly number[];
}

/** What was done week by week. Instants before day 0 belong to no week (metrics.md "Weekly"). */
export interface Heatmap {
  readonly weeks: readonly Week[];
  /** By unit: how many satisfied it in the week, as it holds at T. */
  units(): readonly HeatLine[];
  /** By enrolment, in this order: acts of the learner in the week, while enrolled. */
  learners(enrolmentIds: readonly string[]): readonly HeatLine[];
}

/** The weekly heatmap of a cohort's progress at T; lines are made for who asks for them. */
export function heatmapOf(progress: CohortProgress): Heatmap {
  const { frame, learners } = progress;
  const weeks = weeksOf(frame);
  const countsOf = (instants: readonly number[]): readonly number[] => {
    const counts = new Array<number>(weeks.length).fill(0);
    for (const instant of instants) {
      const week = weekOf(frame, instant);
      if (week >= 0 && week < weeks.length) counts[week] = (counts[week] ?? 0) + 1;
    }
    return counts;
  };
  return {
    weeks,
    units: () =>
      frame.definition.units.map(({ id }, index) => ({
        id,
        counts: countsOf(learners.flatMap(({ units }) => units[index]?.satisfiedAt ?? [])),
      })),
    learners: (enrolmentIds) => {
      const actsOf = new Map(learners.map(({ enrolment, acts }) => [enrolment.id, acts]));
      return enrolmentIds.map((id) => ({ id, counts: countsOf(actsOf.get(id) ?? []) }));
    },
  };
}
