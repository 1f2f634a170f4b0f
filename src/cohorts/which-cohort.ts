import type { CohortContext } from '../../config/cohort-definition.ts';
import { createCalendar } from '../progress/calendar.ts';
import { frameOf } from '../progress/enrolments.ts';
import type { Launch } from '../storage/ports/launch-store.ts';
import type { Cohort } from './definitions.ts';

/** Where a launch comes from, as far as cohorts care. */
export type LaunchPlace = Pick<Launch, 'deployment' | 'courseId' | 'groups' | 'cohortParameter'> & {
  readonly issuer: string;
  readonly clientId: string;
};

export type CohortChoice =
  | { readonly kind: 'one'; readonly cohort: Cohort }
  | { readonly kind: 'several'; readonly cohorts: readonly Cohort[] }
  | { readonly kind: 'none' };

/**
 * The cohort of a launch (lti.md "Which cohort"): the one named by the link; else the one whose context and group match;
 * else the only open one of the context. A name counts only within the cohort's own courses: a link is made by whoever
 * edits a course, and must not open other people's cohorts.
 */
export function whichCohort(place: LaunchPlace, cohorts: readonly Cohort[], now: number): CohortChoice {
  const ofCourse = cohorts.filter(({ definition }) =>
    definition.contexts.some((each) => isCourse(each, place)),
  );
  const named = ofCourse.find(({ id }) => id === place.cohortParameter);
  if (named) return { kind: 'one', cohort: named };
  const ofGroup = ofCourse.filter(({ definition }) =>
    definition.contexts.some(
      (each) => isCourse(each, place) && each.group !== undefined && place.groups.includes(each.group),
    ),
  );
  const candidates =
    ofGroup.length > 0
      ? ofGroup
      : ofCourse.filter(({ definition }) =>
          definition.contexts.some((each) => isCourse(each, place) && each.group === undefined),
        );
  const open = candidates.filter((cohort) => isOpen(cohort, now));
  const [only, second] = open.length > 0 ? open : candidates;
  if (only && !second) return { kind: 'one', cohort: only };
  if (candidates.length > 0) return { kind: 'several', cohorts: candidates };
  return ofCourse.length > 0 ? { kind: 'several', cohorts: ofCourse } : { kind: 'none' };
}

/** The cohorts that people of this course may see. */
export function cohortsOfCourse(place: LaunchPlace, cohorts: readonly Cohort[]): readonly Cohort[] {
  return cohorts.filter(({ definition }) => definition.contexts.some((each) => isCourse(each, place)));
}

/** Whether a context of a cohort is this course of this platform. */
export function isCourse(
  context: CohortContext,
  place: Pick<LaunchPlace, 'issuer' | 'clientId' | 'deployment' | 'courseId'>,
): boolean {
  return (
    context.platform.replace(/\/+$/, '') === place.issuer.replace(/\/+$/, '') &&
    context.course === place.courseId &&
    (context.client === undefined || context.client === place.clientId) &&
    (context.deployment === undefined || context.deployment === place.deployment)
  );
}

/** Open: not past its closing day. */
export function isOpen({ definition }: Cohort, now: number): boolean {
  return !frameOf(definition, createCalendar(definition.timezone, definition.startsOn), now).closed;
}
