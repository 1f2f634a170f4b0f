import type { CourseOfUsers, CourseServices, CourseStore, CourseUser } from '../../ports/course-store.ts';
import type { MongoContext } from '../context.ts';
import { insertNew, insertOnce } from '../insert.ts';
import { keyOf } from '../keys.ts';
import { COURSE_USERS, COURSES, type CourseFields, type CourseUserFields } from './courses-collection.ts';

/** What a launch told, without what it did not tell. */
function told({ membershipsUrl, lineItemsUrl, scopes }: CourseServices): Partial<CourseServices> {
  return {
    ...(membershipsUrl === null ? {} : { membershipsUrl }),
    ...(lineItemsUrl === null ? {} : { lineItemsUrl }),
    ...(scopes.length === 0 ? {} : { scopes }),
  };
}

function userFields(course: CourseOfUsers, user: CourseUser): CourseUserFields {
  const { org, registrationId, courseId } = course;
  const place = [org, registrationId, courseId] as const;
  return { _id: keyOf(...place, user.sub), within: keyOf(...place), org, registrationId, courseId, ...user };
}

export function createCourses({ model }: MongoContext): CourseStore {
  const courses = model(COURSES);
  const users = model(COURSE_USERS);
  return {
    save: async (course) => {
      const { org, registrationId, deployment, courseId, seenAt } = course;
      const _id = keyOf(org, registrationId, deployment, courseId);
      if (await insertOnce(courses, { _id, ...course })) return;
      await courses.updateOne({ _id }, { $set: told(course), $max: { seenAt } });
    },
    list: async (org) => {
      const found = await courses
        .find(org === null ? {} : { org })
        .sort({ org: 1, registrationId: 1, deployment: 1, courseId: 1 })
        .lean<CourseFields[]>();
      return found.map(({ _id, ...course }) => course);
    },
    saveUsers: async (course, given) => {
      const records = given.map((user) => userFields(course, user));
      const taken = await insertNew(users, records);
      const renewed = taken.flatMap((index) => records[index] ?? []);
      if (renewed.length === 0) return;
      await users.bulkWrite(
        renewed.map(({ _id, learnerId, groups }) => ({
          updateOne: {
            filter: { _id },
            update: { $set: { learnerId, ...(groups === null ? {} : { groups: [...groups] }) } },
          },
        })),
      );
    },
    users: async ({ org, registrationId, courseId }) => {
      const found = await users
        .find({ within: keyOf(org, registrationId, courseId) })
        .sort({ sub: 1 })
        .lean<CourseUserFields[]>();
      return found.map(({ sub, learnerId, groups }) => ({ sub, learnerId, groups }));
    },
  };
}
