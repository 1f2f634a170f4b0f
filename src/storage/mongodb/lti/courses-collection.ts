import { Schema } from 'mongoose';
import type { CourseOfUsers, CourseServices, CourseUser } from '../../ports/course-store.ts';
import { type CollectionDefinition, SCHEMA_OPTIONS } from '../collection.ts';

/** `_id` is of organisation, registration, deployment and course. */
export interface CourseFields extends CourseServices {
  readonly _id: string;
}

const courses = new Schema<CourseFields>(
  {
    _id: String,
    org: String,
    registrationId: String,
    deployment: String,
    courseId: String,
    membershipsUrl: String,
    lineItemsUrl: String,
    scopes: [String],
    seenAt: Number,
  },
  SCHEMA_OPTIONS,
);
courses.index({ org: 1, registrationId: 1, deployment: 1, courseId: 1 });

export const COURSES: CollectionDefinition<CourseFields> = { name: 'courses', schema: courses };

/** `_id` is of organisation, registration, course and `sub`; `within` of the first three. */
export interface CourseUserFields extends CourseOfUsers, CourseUser {
  readonly _id: string;
  readonly within: string;
}

const users = new Schema<CourseUserFields>(
  {
    _id: String,
    within: String,
    org: String,
    registrationId: String,
    courseId: String,
    sub: String,
    learnerId: String,
    groups: { type: [String], default: null },
  },
  SCHEMA_OPTIONS,
);
users.index({ within: 1, sub: 1 });
users.index({ org: 1, learnerId: 1 });
users.index({ org: 1, registrationId: 1, sub: 1 });

export const COURSE_USERS: CollectionDefinition<CourseUserFields> = { name: 'course_users', schema: users };
