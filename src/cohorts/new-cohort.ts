import type { CohortContext, CohortDefinition } from '../../config/cohort-definition.ts';
import type { Registration } from '../storage/ports/registration-store.ts';
import { placeOf, type Visitor } from './access.ts';
import type { Cohort } from './definitions.ts';
import type { Proposals } from './proposals.ts';
import { isCourse } from './which-cohort.ts';

const DAY = 86_400_000;
/** A first use further back is of an earlier promotion. */
const RECENT = 60 * DAY;
const USUAL_WEEKS = 12;

/** What a new cohort is made of, besides the launch it is made from. */
export interface NewCohortGiven {
  readonly visitor: Visitor;
  /** Registrations of the same issuer, this one included: the course must name which where there are several. */
  readonly sameIssuer: readonly Registration[];
  readonly cohorts: readonly Cohort[];
  /** The activity that the course is in statements; null where none tells. */
  readonly activity: string | null;
  readonly proposals: Proposals;
  /** ms since the epoch. */
  readonly now: number;
}

/** A definition to begin with: the launch's course, title, zone and group; dates, thresholds and rules as usual. */
export function newCohort(given: NewCohortGiven): CohortDefinition {
  const { visitor, cohorts, now, proposals } = given;
  const { launch } = visitor;
  const timezone = zoneOf(given);
  const first = proposals.activities[0]?.firstUse ?? null;
  const begun = first !== null && !proposals.bounded && now - first < RECENT ? first : now;
  const startsOn = dateIn(timezone, begun);
  const name = launch.courseTitle ?? launch.resourceLinkTitle ?? '';
  const others = cohortsAround(given);
  return {
    id: freeId(name, startsOn, new Set(cohorts.map(({ id }) => id))),
    title: name === '' ? {} : { [launch.locale]: name },
    kind: proposals.activities.some(({ modality }) => modality === 'virtual-class') ? 'blended' : 'spoc',
    timezone,
    startsOn,
    endsOn: new Date(Date.parse(startsOn) + USUAL_WEEKS * 7 * DAY).toISOString().slice(0, 10),
    graceDays: 7,
    contexts: contextsOf(given),
    breaks: [],
    tags: others[0]?.definition.tags ?? {},
    units: [],
    enrolFromStatements: false,
    completion: { require: 'all', mustSatisfy: [], acceptCourseCompletion: false },
    dropout: { warnAfterDays: 7, alertAfterDays: 14, dropAfterDays: 30, startWithinDays: 7 },
    grades: { lineItem: 'none', scoreMaximum: 100, comment: false },
  };
}

/** Cohorts of the same course, the newest first. */
function cohortsAround({ visitor, cohorts }: NewCohortGiven): readonly Cohort[] {
  const place = placeOf(visitor);
  return cohorts
    .filter(({ definition }) => definition.contexts.some((context) => isCourse(context, place)))
    .sort((a, b) => b.recordedAt - a.recordedAt);
}

/** The launch's course, as narrowly named as it must be; none for a launch from outside any course. */
export function contextsOf({
  visitor,
  sameIssuer,
  activity,
}: Pick<NewCohortGiven, 'visitor' | 'sameIssuer' | 'activity'>): CohortContext[] {
  const { launch, registration } = visitor;
  if (launch.courseId === null) return [];
  const shared = sameIssuer.length > 1 || registration.deployments.length > 1;
  const [group, another] = launch.groups;
  return [
    {
      platform: registration.issuer,
      ...(shared ? { client: registration.clientId, deployment: launch.deployment } : {}),
      course: launch.courseId,
      ...(group !== undefined && another === undefined ? { group } : {}),
      ...(activity === null ? {} : { activity }),
    },
  ];
}

/** The zone that the platform tells, else the one of the course's other cohorts, else the organisation's usual one. */
function zoneOf(given: NewCohortGiven): string {
  const { custom } = given.visitor.launch;
  const told = [custom.timezone, custom.user_timezone, custom.person_address_timezone].find(
    (zone) => zone !== undefined && isZone(zone),
  );
  const [around] = cohortsAround(given);
  const counts = new Map<string, number>();
  for (const { definition } of given.cohorts)
    counts.set(definition.timezone, (counts.get(definition.timezone) ?? 0) + 1);
  const [usual] = [...counts].sort((a, b) => b[1] - a[1])[0] ?? [];
  return told ?? around?.definition.timezone ?? usual ?? 'Europe/Paris';
}

export function isZone(zone: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: zone }));
  } catch {
    return false;
  }
}

/** The date in a zone of an instant (ms), YYYY-MM-DD. */
function dateIn(timezone: string, instant: number): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: timezone }).format(instant);
}

/** `gestion-de-projet-2026-09`, with a number behind where that is taken. */
export function freeId(name: string, startsOn: string, taken: ReadonlySet<string>): string {
  const plain = name
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 60)
    .replace(/-+$/, '');
  const month = startsOn.slice(0, 7);
  const id = plain === '' ? `cohorte-${month}` : plain.endsWith(month) ? plain : `${plain}-${month}`;
  for (let number = 1; ; number += 1) {
    const candidate = number === 1 ? id : `${id}-${number}`;
    if (!taken.has(candidate)) return candidate;
  }
}
