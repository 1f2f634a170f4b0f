import type { Request, Response } from 'express';
import { launchOf } from '../../../lti/guard.ts';
import { platformOrigins } from '../../../lti/page-headers.ts';
import { seesCohort } from '../../cohorts/access.ts';
import type { Cohort } from '../../cohorts/definitions.ts';
import type { Enrolments } from '../../cohorts/enrolments.ts';
import type { Figures } from '../../cohorts/figures.ts';
import { notedAbout } from '../../cohorts/noted-about.ts';
import { enrolmentHistory, type HistoryEntry } from '../../progress/enrolment-history.ts';
import { learnerOf } from '../learner-of.ts';
import { learnerPage } from '../pages/learner-page.tsx';
import type { PageAnswers } from './page-answers.ts';

export interface LearnerPageDeps {
  readonly figures: Figures;
  readonly enrolments: Pick<Enrolments, 'known'>;
  readonly frameOf: PageAnswers['frameOf'];
}

/** Whose path is shown, and at which address. */
export interface LearnerAsked {
  readonly cohort: Cohort;
  readonly learner: string;
  readonly path: string;
  /** Number of the unit whose waiver lacks a reason. */
  readonly waiverFault?: number | null;
}

/** Sends a learner's path; false when they are not of the cohort. That the visitor may see it is checked before. */
export type SendLearner = (request: Request, response: Response, asked: LearnerAsked) => Promise<boolean>;

export function createSendLearner({ figures, enrolments, frameOf }: LearnerPageDeps): SendLearner {
  const historyOf = async (cohort: Cohort, learner: string): Promise<readonly HistoryEntry[]> => {
    const { records, persons } = await enrolments.known(cohort, null, [learner]);
    return enrolmentHistory(records, persons, persons.ofLearner(learner), null);
  };

  return async (request, response, { cohort, learner, path, waiverFault = null }) => {
    const context = launchOf(response);
    const found = await figures.of(cohort.org, cohort.id, { asOf: null, knownAt: null });
    const person = found.personOf(learner);
    const mine = learnerOf(found, person);
    if (mine === null) return false;
    // The whole path is short enough to be shown at its full height; a cohort scrolls in its own frame.
    const [platformOrigin] = platformOrigins(context.registration);
    response.type('html').send(
      learnerPage({
        ...frameOf(request, context, path, cohort.id),
        ...(platformOrigin === undefined ? {} : { platformOrigin }),
        definition: found.definition,
        ...mine,
        asOf: found.metrics.asOf,
        final: found.metrics.final,
        cohortVersion: cohort.version,
        platformOrigins: platformOrigins(context.registration),
        ...(seesCohort(context.launch)
          ? {
              history: await historyOf(cohort, learner),
              staff: { learnerId: learner, waiverFault, waivers: notedAbout(found, person).waivers },
            }
          : {}),
      }),
    );
    return true;
  };
}
