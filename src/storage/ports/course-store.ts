/** A course of a platform, at one deployment: the same context id may appear under several (Canvas). */
export interface CoursePlace {
  readonly org: string;
  readonly registrationId: string;
  readonly deployment: string;
  readonly courseId: string;
}

/** What launches told of the services of a course. */
export interface CourseServices extends CoursePlace {
  /** NRPS: the roster. Null: never told. */
  readonly membershipsUrl: string | null;
  /** AGS: the line items. Null: never told. */
  readonly lineItemsUrl: string | null;
  /** AGS scopes that the platform gives. */
  readonly scopes: readonly string[];
  /** ms since the epoch. */
  readonly seenAt: number;
}

/** A learner as a platform's course knows them. */
export interface CourseUser {
  /** The platform's user id: `sub` of launches, `user_id` of rosters, `userId` of scores. */
  readonly sub: string;
  readonly learnerId: string;
  /** Groups the last launch named; null: no launch named any. */
  readonly groups: readonly string[] | null;
}

/** Of which platform and course users are. */
export interface CourseOfUsers {
  readonly org: string;
  readonly registrationId: string;
  readonly courseId: string;
}

export interface CourseStore {
  /** Inserts or renews. What a launch does not tell (null, no scopes) leaves what was told before. */
  save(course: CourseServices): Promise<void>;
  /** Of an organisation; of all where it is null. */
  list(org: string | null): Promise<readonly CourseServices[]>;
  /** Inserts or renews users; `groups` null leaves the groups named before. */
  saveUsers(course: CourseOfUsers, users: readonly CourseUser[]): Promise<void>;
  users(course: CourseOfUsers): Promise<readonly CourseUser[]>;
}
