import type { Sender } from '../../xapi/intake.ts';
import { OWN_WRITER } from '../../xapi/vocabulary/entry.ts';
import { cohortActivity } from '../progress/place.ts';
import type { Cohort } from './definitions.ts';

export const COURSE_TYPE = 'http://adlnet.gov/expapi/activities/course';

/** What stands for a key in statements that we write ourselves. */
export const OWN_KEY_ID = OWN_WRITER;

/** Our own authority: it may say anything of standings, and void anything. `publicUrl` is its home. */
export function ownSender(org: string, publicUrl: string): Sender {
  return {
    org,
    authority: { objectType: 'Agent', name: 'Assidu', account: { homePage: publicUrl, name: 'assidu' } },
    writer: { keyId: OWN_KEY_ID, standings: true, voidsAny: true },
  };
}

/** An activity as our own statements name it; `name` by language. */
export function ownActivity(
  id: string,
  type: string,
  name: Readonly<Record<string, string>> | null,
): Readonly<Record<string, unknown>> {
  return { objectType: 'Activity', id, definition: { type, ...(name === null ? {} : { name }) } };
}

/** Where something happened that we say ourselves. */
export interface OwnPlace {
  readonly cohort: Cohort;
  /** The episode it belongs to, the statement's registration; null: of no episode. */
  readonly enrolmentId: string | null;
  /** Course of the LMS (`contexts[].activity`) where one is meant, its title by language where it is known. */
  readonly course?: { readonly activity: string; readonly title: Readonly<Record<string, string>> | null };
  /** Name of the LMS. */
  readonly platform?: string;
  /** BCP 47. */
  readonly language?: string;
  readonly extensions?: Readonly<Record<string, unknown>>;
  /** Context activities beside course and cohort. */
  readonly also?: { readonly category: readonly unknown[]; readonly grouping: readonly unknown[] };
}

/** The context of every statement of ours: platform, course and cohort, the episode as registration (vocabulary.md). */
export function ownContext(place: OwnPlace): Readonly<Record<string, unknown>> {
  const { cohort, enrolmentId, course, platform, language, extensions, also } = place;
  return {
    ...(enrolmentId === null ? {} : { registration: enrolmentId }),
    ...(platform === undefined ? {} : { platform }),
    ...(language === undefined ? {} : { language }),
    contextActivities: {
      ...(also === undefined ? {} : { category: also.category }),
      grouping: [
        ...(also?.grouping ?? []),
        ...(course === undefined ? [] : [ownActivity(course.activity, COURSE_TYPE, course.title)]),
        ownActivity(cohortActivity(cohort.org, cohort.id), COURSE_TYPE, null),
      ],
    },
    ...(extensions === undefined ? {} : { extensions }),
  };
}
