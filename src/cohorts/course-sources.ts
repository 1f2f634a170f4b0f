import type { CohortContext } from '../../config/cohort-definition.ts';
import type { CourseServices, CourseStore } from '../storage/ports/course-store.ts';
import type { Registration, RegistrationStore } from '../storage/ports/registration-store.ts';
import type { Cohort } from './definitions.ts';
import { isCourse } from './which-cohort.ts';

/** A course of a cohort with the services that launches told of. */
export interface CourseSource {
  readonly context: CohortContext;
  readonly course: CourseServices;
  readonly registration: Registration;
}

export interface CourseSourceStores {
  readonly courses: Pick<CourseStore, 'list'>;
  readonly registrations: Pick<RegistrationStore, 'list'>;
}

/** The courses of cohorts of one organisation, on active registrations and approved deployments. */
export async function courseSources(
  org: string,
  { courses, registrations }: CourseSourceStores,
): Promise<(cohort: Cohort) => readonly CourseSource[]> {
  const [told, platforms] = await Promise.all([courses.list(org), registrations.list(org)]);
  const active = new Map(
    platforms.flatMap((each) => (each.status === 'active' ? [[each.id, each] as const] : [])),
  );
  return ({ definition }) =>
    definition.contexts.flatMap((context) =>
      told.flatMap((course): CourseSource[] => {
        const registration = active.get(course.registrationId);
        if (registration === undefined || !registration.deployments.includes(course.deployment)) return [];
        const { issuer, clientId } = registration;
        const { deployment, courseId } = course;
        return isCourse(context, { issuer, clientId, deployment, courseId })
          ? [{ context, course, registration }]
          : [];
      }),
    );
}
