import { createCalendar } from '../progress/calendar.ts';
import type { Step } from './learner-steps.ts';

/** A step with a date that is still to be done, or was due. */
export interface Upcoming {
  readonly step: Step;
  /** ms: when the session begins, or the end of the day on which the step is due. */
  readonly at: number;
}

const DATED = ['overdue', 'dueOn', 'upcoming'] as const;

/** What has a date and is not done, soonest first: so what is overdue comes before all else. `zone` is IANA. */
export function upcomingSteps(steps: readonly Step[], zone: string): readonly Upcoming[] {
  return steps
    .filter(({ status }) => DATED.some((each) => each === status))
    .flatMap((step) => (step.when === null ? [] : [{ step, at: instantOf(step.when, zone) }]))
    .sort((a, b) => a.at - b.at);
}

function instantOf(when: string, zone: string): number {
  // A due day lasts until its end.
  return when.length === 10 ? createCalendar(zone, when).midnight(1) - 1 : Date.parse(when);
}
