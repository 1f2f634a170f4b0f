import { COURSE, COURSE_TYPE, type Told, told } from './scene.ts';

/** Verbs of enrolment, as Moodle's logstore_xapi uses them on courses. */
export const ENROLMENT_VERB = {
  enrolled: 'https://xapi.edlm/profiles/edlm-lms/concepts/verbs/enrolled',
  withdrew: 'http://activitystrea.ms/leave',
  suspended: 'https://w3id.org/xapi/tla/verbs/suspended',
  resumed: 'https://w3id.org/xapi/tla/verbs/resumed',
} as const;
export type EnrolmentVerb = keyof typeof ENROLMENT_VERB;

/** A statement of somebody's enrolment in the course of the scenes, by a writer who may. */
export function tells(
  verb: EnrolmentVerb,
  at: number,
  change: Partial<Pick<Told, 'stored' | 'voidedAt' | 'standings'>> & { readonly by?: string } = {},
): Told {
  return told(ENROLMENT_VERB[verb], COURSE, at, { type: COURSE_TYPE, standings: true, ...change });
}
