import type { CourseOfUsers, CourseServices, CourseUser } from '../../ports/course-store.ts';
import { read, write } from '../operation.ts';

export const courseOperations = {
  'courses.save': write(({ db }, course: CourseServices): null => {
    db.run(
      'INSERT INTO courses (org, registration_id, deployment, course_id, memberships_url, line_items_url, scopes, ' +
        'seen_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET ' +
        'memberships_url = coalesce(excluded.memberships_url, memberships_url), ' +
        'line_items_url = coalesce(excluded.line_items_url, line_items_url), ' +
        "scopes = CASE excluded.scopes WHEN '[]' THEN scopes ELSE excluded.scopes END, " +
        'seen_at = max(seen_at, excluded.seen_at)',
      course.org,
      course.registrationId,
      course.deployment,
      course.courseId,
      course.membershipsUrl,
      course.lineItemsUrl,
      JSON.stringify(course.scopes),
      course.seenAt,
    );
    return null;
  }),
  'courses.list': read(({ db }, org: string | null): readonly CourseServices[] =>
    db
      .all(
        'SELECT * FROM courses WHERE (?1 IS NULL OR org = ?1) ' +
          'ORDER BY org, registration_id, deployment, course_id',
        org,
      )
      .map((row) => ({
        org: String(row.org),
        registrationId: String(row.registration_id),
        deployment: String(row.deployment),
        courseId: String(row.course_id),
        membershipsUrl: textOrNull(row.memberships_url),
        lineItemsUrl: textOrNull(row.line_items_url),
        scopes: JSON.parse(String(row.scopes)),
        seenAt: Number(row.seen_at),
      })),
  ),
  'courses.saveUsers': write(
    ({ db }, input: { readonly course: CourseOfUsers; readonly users: readonly CourseUser[] }): null => {
      for (const { sub, learnerId, groups } of input.users)
        db.run(
          'INSERT INTO course_users (org, registration_id, course_id, sub, learner_id, groups) ' +
            'VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET learner_id = excluded.learner_id, ' +
            'groups = coalesce(excluded.groups, groups)',
          input.course.org,
          input.course.registrationId,
          input.course.courseId,
          sub,
          learnerId,
          groups === null ? null : JSON.stringify(groups),
        );
      return null;
    },
  ),
  'courses.users': read(({ db }, course: CourseOfUsers): readonly CourseUser[] =>
    db
      .all(
        'SELECT sub, learner_id, groups FROM course_users ' +
          'WHERE org = ? AND registration_id = ? AND course_id = ? ORDER BY sub',
        course.org,
        course.registrationId,
        course.courseId,
      )
      .map((row) => ({
        sub: String(row.sub),
        learnerId: String(row.learner_id),
        groups: row.groups === null ? null : JSON.parse(String(row.groups)),
      })),
  ),
};

function textOrNull(value: unknown): string | null {
  return value === null || value === undefined ? null : String(value);
}
