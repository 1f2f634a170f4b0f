import type { Cohort } from '../cohorts/definitions.ts';
import { COURSE_TYPE, ownActivity } from '../cohorts/own-statements.ts';
import { cohortActivity } from '../progress/place.ts';
import type { OwnUnit } from './own-units.ts';

const EXTENSIONS = 'https://w3id.org/xapi/cmi5/context/extensions';
export const SESSION_ID = `${EXTENSIONS}/sessionid`;
/** Activity of the category of all that cmi5 defines (cmi5 9.6.2.1). */
const CMI5 = 'https://w3id.org/xapi/cmi5/context/categories/cmi5';
/** We record; what looking around or looking again would be is not asked for. */
const LAUNCH_MODE = 'Normal';

/** The publisher's id of the content (cmi5 9.6.2.3); the content's address stands for one that is not given. */
export function publisherId({ id, content }: OwnUnit): string {
  return content.publisherId ?? content.url ?? id;
}

/** When the content may consider itself done (cmi5 13.1.4 `moveOn`); a session's presence is not its matter. */
export function moveOnOf({ satisfiedBy }: OwnUnit): string {
  return satisfiedBy === 'Attended' ? 'NotApplicable' : satisfiedBy;
}

/** Up to four decimals (cmi5 10 `masteryScore`); undefined where the unit names no score. */
export function masteryScoreOf({ minScore }: OwnUnit): number | undefined {
  return minScore === undefined ? undefined : Math.round(minScore * 10_000) / 10_000;
}

/** The activities that every statement about this opening is grouped by: publisher's id, course, cohort. */
function grouping(unit: OwnUnit, cohort: Cohort, course: string | undefined) {
  return [
    { objectType: 'Activity', id: publisherId(unit) },
    ...(course === undefined ? [] : [ownActivity(course, COURSE_TYPE, null)]),
    ownActivity(cohortActivity(cohort.org, cohort.id), COURSE_TYPE, null),
  ];
}

/** The document `LMS.LaunchData` that content reads when it is opened (cmi5 10). `course`: activity of the LMS's. */
export function launchData(
  unit: OwnUnit,
  given: {
    readonly cohort: Cohort;
    readonly course: string | undefined;
    readonly session: string;
    readonly returnUrl: string;
  },
): Readonly<Record<string, unknown>> {
  const masteryScore = masteryScoreOf(unit);
  return {
    contextTemplate: {
      contextActivities: { grouping: grouping(unit, given.cohort, given.course) },
      extensions: { [SESSION_ID]: given.session },
    },
    launchMode: LAUNCH_MODE,
    launchMethod: 'AnyWindow',
    moveOn: moveOnOf(unit),
    ...(masteryScore === undefined ? {} : { masteryScore }),
    returnURL: given.returnUrl,
  };
}

/** Category and grouping of what we say ourselves of an opening (cmi5 9.6.2). */
export function cmi5Activities(unit: OwnUnit): {
  readonly category: readonly unknown[];
  readonly grouping: readonly unknown[];
} {
  return {
    category: [{ objectType: 'Activity', id: CMI5 }],
    grouping: [{ objectType: 'Activity', id: publisherId(unit) }],
  };
}

/** What `launched` says of an opening (cmi5 9.6.3); the address without its launch parameters. */
export function launchedExtensions(unit: OwnUnit, session: string): Readonly<Record<string, unknown>> {
  const masteryScore = masteryScoreOf(unit);
  return {
    [SESSION_ID]: session,
    [`${EXTENSIONS}/launchmode`]: LAUNCH_MODE,
    [`${EXTENSIONS}/launchurl`]: unit.content.url,
    [`${EXTENSIONS}/moveon`]: moveOnOf(unit),
    ...(masteryScore === undefined ? {} : { [`${EXTENSIONS}/masteryscore`]: masteryScore }),
  };
}
