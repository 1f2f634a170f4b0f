import type { CohortFigures } from '../cohorts/figures.ts';
import { learnerRows } from '../metrics/learner-rows.ts';
import type { LearnerRow } from '../metrics/types.ts';
import type { LearnerProgress } from '../progress/learner-progress.ts';

/** One person's latest enrolment, with its row: the rows of all others are not made for it. */
export interface LearnerOf {
  readonly row: LearnerRow;
  readonly sessions: LearnerProgress['sessions'];
}

/** Null for who is not enrolled. `person` as `CohortFigures.personOf` names them; the row names no actor. */
export function learnerOf(
  { progress, nameOf }: Pick<CohortFigures, 'progress' | 'nameOf'>,
  person: string,
): LearnerOf | null {
  const mine = progress.learners.findLast(({ enrolment }) => enrolment.learnerId === person);
  if (mine === undefined) return null;
  const naming = (learnerId: string) => ({ actor: {}, name: nameOf(learnerId) });
  const [row] = learnerRows({ ...progress, learners: [mine] }, naming);
  return row === undefined ? null : { row, sessions: mine.sessions };
}
