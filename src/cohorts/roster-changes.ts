import { createCalendar } from '../progress/calendar.ts';
import type { EnrolmentChange } from '../storage/ports/cohort-store.ts';
import type { Cohort } from './definitions.ts';
import { firstOfEpisode, laterThan } from './episodes.ts';
import type { RosterPlan } from './roster-plan.ts';

/**
 * The changes of enrolment that a plan amounts to, at `now` (ms). A roster gives no dates: the first reading assumes the
 * start of the cohort (metrics.md "enrolment"), a later one the moment it was read.
 * @param episodes the changes that hold, one per episode
 */
export function rosterChanges(
  cohort: Cohort,
  plan: RosterPlan,
  episodes: readonly EnrolmentChange[],
  now: number,
): readonly EnrolmentChange[] {
  const { timezone, startsOn } = cohort.definition;
  const start = createCalendar(timezone, startsOn).midnight(0);
  const own = new Map<string, EnrolmentChange[]>();
  for (const each of episodes) own.set(each.learnerId, [...(own.get(each.learnerId) ?? []), each]);
  const ofLearner = (learnerId: string): readonly EnrolmentChange[] => own.get(learnerId) ?? [];
  const begin = (learnerId: string, enrolledAt: number): EnrolmentChange => ({
    ...firstOfEpisode(cohort, learnerId, ofLearner(learnerId).length, { enrolledAt, recordedAt: now }),
    enrolledAtSource: 'assumed',
    source: 'roster',
  });
  const finish = (held: EnrolmentChange, reason: 'removed' | 'excluded'): EnrolmentChange => ({
    ...held,
    endedAt: reason === 'excluded' ? (held.endedAt ?? now) : Math.max(now, held.enrolledAt),
    reason,
    source: 'roster',
    recordedAt: laterThan(held, now),
  });
  return [
    ...plan.enrol.map(({ learnerId, from }) =>
      begin(learnerId, from === 'start' ? start : Math.max(now, start)),
    ),
    ...plan.resume.map((learnerId) => begin(learnerId, Math.max(now, start))),
    ...plan.end.flatMap((learnerId) =>
      ofLearner(learnerId)
        .filter(({ reason, endedAt }) => reason !== 'excluded' && (endedAt === null || endedAt > now))
        .map((held) => finish(held, 'removed')),
    ),
    ...plan.exclude.flatMap((learnerId) => {
      const counted = ofLearner(learnerId).filter(({ reason }) => reason !== 'excluded');
      return (counted.length > 0 ? counted : [begin(learnerId, now)]).map((held) => finish(held, 'excluded'));
    }),
  ];
}
