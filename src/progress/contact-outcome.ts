import type { LearnerProgress } from './learner-progress.ts';

/** What came of a contact: completed since; left since; active again since; nothing so far. `at` in ms: when. */
export type ContactOutcome =
  | { readonly kind: 'completed' | 'left' | 'back'; readonly at: number }
  | { readonly kind: 'nothing' };

/** What a learner has done since a contact (ms). That somebody called them is no act: only what they do themselves counts. */
export function contactOutcome(
  { completedAt, enrolment, acts }: Pick<LearnerProgress, 'completedAt' | 'enrolment' | 'acts'>,
  contactedAt: number,
): ContactOutcome {
  if (completedAt !== null && completedAt > contactedAt) return { kind: 'completed', at: completedAt };
  const { endedAt } = enrolment;
  if (endedAt !== null && endedAt > contactedAt) return { kind: 'left', at: endedAt };
  const act = acts.find((each) => each > contactedAt);
  return act === undefined ? { kind: 'nothing' } : { kind: 'back', at: act };
}
