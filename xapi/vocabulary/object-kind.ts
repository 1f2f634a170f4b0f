import type { ObjectKind } from './event.ts';

const KINDS: ReadonlyMap<string, ObjectKind> = new Map<string, ObjectKind>([
  ['http://adlnet.gov/expapi/activities/course', 'course'],
  ['https://w3id.org/xapi/cmi5/activitytype/course', 'course'],
  ['http://adlnet.gov/expapi/activities/attempt', 'attempt'],
  ['https://xapi.edlm/profiles/edlm-lms/concepts/activity-types/submission', 'submission'],
  ['http://id.tincanapi.com/activitytype/submission', 'submission'],
]);

/** Kind of an activity by its type; unknown and missing types are `other`. */
export function objectKindOf(type: string | undefined): ObjectKind {
  return KINDS.get(type ?? '') ?? 'other';
}

/** Groups are joined and left too, which has nothing to do with attendance (vocabulary.md "join / leave collision"). */
export function isGroupType(type: string | undefined): boolean {
  return type !== undefined && /[/:#](group|cohort)$/.test(type);
}
