import { createCalendar } from '../progress/calendar.ts';
import type { Episode } from '../progress/episode.ts';
import type { EnrolmentChange } from '../storage/ports/cohort-store.ts';
import type { Cohort } from './definitions.ts';
import { firstOfEpisode, laterThan } from './episodes.ts';
import type { RosterPlan } from './roster-plan.ts';

/**
 * The changes of enrolment that a plan amounts to, at `now` (ms). A roster gives no dates: the first reading assumes the
 * start of the cohort (metrics.md "enrolment"), a later one the moment it was read.
 * @param episodes those that hold
 * @param taken ids that new episodes must not have
 */
export function rosterChanges(
  cohort: Cohort,
  plan: RosterPlan,
  episodes: readonly Episode[],
  now: number,
  taken: ReadonlySet<string>,
): readonly EnrolmentChange[] {
  const { timezone, startsOn } = cohort.definition;
  const start = createCalendar(timezone, startsOn).midnight(0);
  const own = new Map<string, Episode[]>();
  for (const each of episodes) own.set(each.learnerId, [...(own.get(each.learnerId) ?? []), each]);
  const ofLearner = (learnerId: string): readonly Episode[] => own.get(learnerId) ?? [];
  const isOpen = ({ reason, endedAt }: EnrolmentChange) =>
    reason !== 'excluded' && (endedAt === null || endedAt > now);
  const openOf = (learnerId: string): readonly EnrolmentChange[] =>
    ofLearner(learnerId)
      .filter(isOpen)
      .flatMap(({ parts }) => parts.filter(isOpen));
  const recording = { source: 'roster', recordedBy: 'roster' } as const;
  const begin = (learnerId: string, enrolledAt: number): EnrolmentChange => ({
    ...firstOfEpisode(cohort, learnerId, taken, enrolledAt, { ...recording, at: now }),
    enrolledAtSource: 'assumed',
  });
  const changed = (held: EnrolmentChange, change: Partial<EnrolmentChange>): EnrolmentChange => ({
    ...held,
    ...change,
    ...recording,
    recordedAt: laterThan(held, now),
  });
  return [
    ...plan.enrol.map(({ learnerId, from }) =>
      begin(learnerId, from === 'start' ? start : Math.max(now, start)),
    ),
    ...plan.resume.map((learnerId) => begin(learnerId, Math.max(now, start))),
    ...plan.end.flatMap((learnerId) =>
      openOf(learnerId).map((held) =>
        changed(held, { endedAt: Math.max(now, held.enrolledAt), reason: 'removed' }),
      ),
    ),
    ...plan.exclude.flatMap((learnerId) => {
      const parts = ofLearner(learnerId).flatMap((each) => each.parts);
      const counted = parts.filter(({ reason, told }) => reason !== 'excluded' && told !== true);
      return (counted.length > 0 ? counted : [begin(learnerId, now)]).map((held) =>
        changed(held, { endedAt: held.endedAt ?? now, reason: 'excluded' }),
      );
    }),
    ...plan.suspend.flatMap((learnerId) =>
      openOf(learnerId).map((held) => changed(held, { suspensions: [...held.suspensions, [now, null]] })),
    ),
    ...plan.unsuspend.flatMap((learnerId) =>
      openOf(learnerId).map((held) =>
        changed(held, {
          suspensions: held.suspensions.map(([from, to]) => [from, to === null ? Math.max(now, from) : to]),
        }),
      ),
    ),
  ];
}
