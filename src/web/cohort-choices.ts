import type { LaunchContext } from '../../lti/guard.ts';
import type { Mentee } from '../cohorts/access.ts';
import type { Cohort } from '../cohorts/definitions.ts';
import type { Locale, Texts } from './intl.ts';
import { cohortPath, learnerPath } from './paths.ts';
import { pseudonymCode } from './pseudonym.ts';
import type { CohortChoice } from './views.ts';

/** A cohort to choose among several. */
export function choiceOf(
  { launch }: LaunchContext,
  { id, definition }: Cohort,
  locale: Locale,
): CohortChoice {
  const { title, startsOn, endsOn } = definition;
  return {
    title: title[locale] ?? title.fr ?? Object.values(title)[0] ?? id,
    startsOn,
    ...(endsOn === undefined ? {} : { endsOn }),
    href: cohortPath(launch.id, id),
  };
}

/** The path of somebody whom the visitor mentors, to choose among several. */
export function menteeChoiceOf({ launch }: LaunchContext, mentee: Mentee, texts: Texts): CohortChoice {
  const { cohort, learnerId, enrolmentId } = mentee;
  const { title, startsOn, endsOn } = cohort.definition;
  const name = mentee.name ?? texts.t('learners.pseudonym', { code: pseudonymCode(enrolmentId) });
  return {
    title: `${name} · ${texts.pick(title)}`,
    startsOn,
    ...(endsOn === undefined ? {} : { endsOn }),
    href: learnerPath(launch.id, cohort.id, learnerId),
  };
}
