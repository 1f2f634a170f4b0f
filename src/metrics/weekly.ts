import type { CohortProgress } from '../progress/cohort-progress.ts';
import { exitsOf } from './exits.ts';
import type { WeekFigures } from './types.ts';
import { weekOf, weeksOf } from './weeks.ts';

/**
 * Week by week from day 0 to today or the closing day: acts, active learners, drops, at risk on the first day,
 * hazard = drops / at risk (metrics.md "Weekly"), of those who started. Acts before day 0 belong to no week.
 */
export function weeklyOf(progress: CohortProgress): readonly WeekFigures[] {
  const { frame, learners } = progress;
  const weeks = weeksOf(frame);
  const acts = new Array<number>(weeks.length).fill(0);
  const active = weeks.map(() => new Set<string>());
  for (const learner of learners)
    for (const act of learner.acts) {
      const week = weekOf(frame, act);
      if (week < 0 || week >= weeks.length) continue;
      acts[week] = (acts[week] ?? 0) + 1;
      active[week]?.add(learner.enrolment.learnerId);
    }
  const exits = exitsOf(progress, 'started');
  return weeks.map(({ week, from }) => {
    const first = 7 * week;
    const drops = exits.filter(
      ({ event, day }) => event === 'dropout' && day >= first && day < first + 7,
    ).length;
    const atRisk = exits.filter(({ entry, day }) => entry < first && first <= day).length;
    return {
      week,
      from,
      acts: acts[week] ?? 0,
      activeLearners: active[week]?.size ?? 0,
      drops,
      atRisk,
      hazard: atRisk === 0 ? null : drops / atRisk,
    };
  });
}
