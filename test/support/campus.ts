import { Browser } from '../platform/browser.ts';
import { type DemoLms, startDemoLms } from '../platform/demo-lms.ts';
import type { DemoCourse, DemoUser } from '../platform/demo-types.ts';
import { type RunningAssidu, startAssidu } from './start-assidu.ts';

const membership = 'http://purl.imsglobal.org/vocab/lis/v2/membership';
const TEST_USER = 'http://purl.imsglobal.org/vocab/lti/system/person#TestUser';

/** A platform whose people a test changes, and the product registered there. */
export interface Campus {
  readonly assidu: RunningAssidu;
  readonly lms: DemoLms;
  /** The platform's people; change it at will. */
  readonly people: DemoUser[];
  /** Opens the tool as somebody; answers the page's status. */
  launch(user: string, link?: string): Promise<number>;
  close(): Promise<void>;
}

export const CLIENT = 'assidu-client';
export const STAFF = 'staff';

/** Somebody of the course, a learner unless told otherwise. */
export function person(id: string, change: Partial<DemoUser> = {}): DemoUser {
  return {
    id,
    name: `Prénom ${id}`,
    givenName: 'Prénom',
    familyName: id,
    email: `${id}@exemple.fr`,
    username: `user.${id}`,
    roles: [`${membership}#Learner`],
    ...change,
  };
}

export const instructor = { roles: [`${membership}#Instructor`] } as const;
export const testStudent = { roles: [`${membership}#Learner`, TEST_USER] } as const;

/** So many learners: `1`, `2`, … */
export const learners = (count: number): readonly DemoUser[] =>
  Array.from({ length: count }, (_, index) => person(String(index + 1)));

/** Starts a platform with one course (`2`), a member of staff (`staff`) and the people given; the product knows it. */
export async function startCampus(options: {
  readonly profile: 'moodle' | 'canvas';
  readonly people?: readonly DemoUser[];
  readonly course?: Partial<DemoCourse>;
  readonly assidu?: RunningAssidu;
  readonly clock?: () => number;
  readonly shareNames?: boolean;
}): Promise<Campus> {
  const { profile, clock } = options;
  const assidu = options.assidu ?? (await startAssidu(clock ? { clock } : {}));
  const people: DemoUser[] = [person(STAFF, instructor), ...(options.people ?? [])];
  const course: DemoCourse = {
    id: '2',
    label: 'GP',
    title: 'Gestion de projet',
    links: [{ id: '1', title: 'Assidu', graded: false }],
    ...options.course,
  };
  const lms = await startDemoLms({
    profile,
    name: 'Campus',
    users: people,
    courses: [course],
    ...(clock ? { clock: () => new Date(clock()) } : {}),
    ...(options.shareNames === undefined ? {} : { shareNames: options.shareNames }),
  });
  lms.registerTool({
    clientId: CLIENT,
    deploymentId: '1',
    loginUrl: `${assidu.url}/lti/login`,
    launchUrl: `${assidu.url}/lti/launch`,
    redirectUris: [`${assidu.url}/lti/launch`],
    toolJwksUrl: `${assidu.url}/lti/jwks`,
  });
  await assidu.services.storage.registrations.save({
    id: `campus-${new URL(lms.url).port}`,
    org: 'default',
    name: 'Campus',
    issuer: lms.issuer,
    clientId: CLIENT,
    authUrl: lms.authUrl,
    tokenUrl: lms.tokenUrl,
    jwksUrl: lms.jwksUrl,
    deployments: ['1'],
    status: 'active',
    actorFormat: { homePage: lms.issuer, name: 'sub' },
    frameOrigins: [],
    createdAt: 0,
  });
  return {
    assidu,
    lms,
    people,
    launch: async (user, link = course.links[0]?.id ?? '1') => {
      const page = await new Browser().launch(lms, { user, course: course.id, link, clientId: CLIENT });
      return page.status;
    },
    close: async () => {
      await lms.close();
      if (options.assidu === undefined) await assidu.close();
    },
  };
}

/** The id by which launches and rosters of the platform name the course. */
export async function courseIdOf({ assidu }: Campus): Promise<string> {
  const [course] = await assidu.services.storage.courses.list('default');
  if (course === undefined) throw new Error('no launch has told of a course');
  return course.courseId;
}
