import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import XAPI from '@xapi/xapi';
import pino from 'pino';
import { realWorld } from '../../src/compose.ts';
import type { CohortMetrics } from '../../src/metrics/types.ts';
import { startServer } from '../../src/server.ts';
import type { Services } from '../../src/services.ts';
import { newAccessKey } from '../../xapi/credentials.ts';
import { Browser } from '../platform/browser.ts';
import { type DemoLms, startDemoLms } from '../platform/demo-lms.ts';
import type { DemoCourse, DemoUser } from '../platform/demo-types.ts';
import { type DemoCohort, finishedBlended, runningSpoc } from './cohorts.ts';
import type { MoodleCourse } from './moodle-statements.ts';
import { demoPeople } from './people.ts';
import { seededChance } from './random.ts';
import { simulate, type Told } from './simulation.ts';

const SEED = 20_260_907;
const LEARNERS = 60;
const IN_SPOC = 34;
/** As many statements a request as Moodle's plugin sends. */
const BATCH = 30;
const CLIENT_ID = 'assidu-demo';

/** Product and demo LMS, running, with two cohorts told. */
export interface Stage {
  readonly url: string;
  readonly lms: DemoLms;
  readonly staff: { readonly manager: DemoUser; readonly director: DemoUser };
  readonly learners: readonly DemoUser[];
  readonly courses: readonly DemoCourse[];
  readonly clientId: string;
  readonly key: { readonly key: string; readonly secret: string };
  readonly launches: number;
  readonly statements: number;
  metrics(cohortId: string): Promise<CohortMetrics>;
  readonly cohortIds: readonly string[];
  readonly services: Services;
  close(): Promise<void>;
}

/** Starts everything on this machine over a store of its own, then tells the story over HTTP as an LMS would. */
export async function setStage(options: {
  readonly port: number;
  readonly lmsPort: number;
  readonly say: (line: string) => void;
}): Promise<Stage> {
  const { say } = options;
  const folder = mkdtempSync(join(tmpdir(), 'assidu-demo-'));
  const url = `http://localhost:${options.port}`;
  const chance = seededChance(SEED);
  const people = demoPeople(LEARNERS, chance);
  const courses = demoCourses(people.learners, [people.manager, people.director]);
  const world = realWorld(pino({ level: process.env.ASSIDU_LOG ?? 'warn' }, pino.destination(2)));
  const server = await startServer(
    {
      port: options.port,
      publicUrl: url,
      secret: randomBytes(32).toString('hex'),
      dataFolder: folder,
      maxBody: '20mb',
      maxAttachment: '100mb',
      maxStatements: 10_000,
      allowPrivate: true,
      metricsFrom: 'local',
      drain: 0,
      logLevel: 'warn',
      mongodbUri: undefined,
    },
    world,
  ).catch((error: unknown) => {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  });
  const lms = await startDemoLms({
    profile: 'moodle',
    port: options.lmsPort,
    name: 'Campus de démonstration',
    users: [people.manager, people.director, ...people.learners],
    courses,
  });
  const { storage } = server.services;
  const { accessKey, secret } = newAccessKey(
    { org: 'default', name: 'demo', scopes: ['all', 'cohorts'], at: world.clock() },
    world.random,
  );
  await storage.keys.insert(accessKey);
  await storage.registrations.save({
    id: 'demo-lms',
    org: 'default',
    name: 'Campus de démonstration',
    issuer: lms.issuer,
    clientId: CLIENT_ID,
    authUrl: lms.authUrl,
    tokenUrl: lms.tokenUrl,
    jwksUrl: lms.jwksUrl,
    deployments: ['1'],
    status: 'active',
    actorFormat: { homePage: lms.issuer, name: 'sub' },
    frameOrigins: [],
    createdAt: world.clock(),
  });
  lms.registerTool({
    clientId: CLIENT_ID,
    deploymentId: '1',
    loginUrl: `${url}/lti/login`,
    launchUrl: `${url}/lti/launch`,
    redirectUris: [`${url}/lti/launch`],
    toolJwksUrl: `${url}/lti/jwks`,
  });

  const api = apiClient(url, accessKey.key, secret);
  const spoc = runningSpoc(lms.issuer, world.clock());
  const blended = finishedBlended(lms.issuer, world.clock());
  let statements = 0;
  let launches = 0;
  for (const [cohort, learners] of [
    [spoc, people.learners.slice(0, IN_SPOC)],
    [blended, people.learners.slice(IN_SPOC - 4)],
  ] as const) {
    say(`${cohort.definition.id}: ${learners.length} learners…`);
    await api('PUT', `/api/v1/cohorts/${cohort.definition.id}`, cohort.definition);
    const course: MoodleCourse = {
      lms: lms.issuer,
      courseId: cohort.courseId,
      courseTitle: cohort.definition.id,
      names: namesOf(cohort),
    };
    const told = simulate(cohort, course, learners, SEED);
    await api(
      'POST',
      `/api/v1/cohorts/${cohort.definition.id}/enrolments`,
      told.map(enrolmentOf(lms.issuer)),
    );
    statements += await sendAll(url, accessKey.key, secret, told);
    launches += await launchSome(lms, cohort, told, people);
  }
  return {
    url,
    lms,
    staff: people,
    learners: people.learners,
    courses,
    clientId: CLIENT_ID,
    key: { key: accessKey.key, secret },
    launches,
    statements,
    cohortIds: [spoc.definition.id, blended.definition.id],
    services: server.services,
    metrics: (cohortId) => api('GET', `/api/v1/cohorts/${cohortId}/metrics`),
    close: async () => {
      await lms.close();
      await server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** What the LMS calls its modules. */
function namesOf({ definition }: DemoCohort): ReadonlyMap<string, string> {
  return new Map(
    (definition.units ?? []).flatMap(({ id, title }) =>
      title === undefined || typeof title === 'string' || title.fr === undefined ? [] : [[id, title.fr]],
    ),
  );
}

function demoCourses(learners: readonly DemoUser[], staff: readonly DemoUser[]): readonly DemoCourse[] {
  const course = (id: string, label: string, title: string, members: readonly DemoUser[]): DemoCourse => ({
    id,
    label,
    title,
    members: [...staff, ...members].map((user) => user.id),
    links: [{ id: `${id}1`, title: 'Mon parcours (Assidu)', graded: false }],
  });
  return [
    course('2', 'SPOC-GP9', 'SPOC Gestion de projet', learners.slice(0, IN_SPOC)),
    course('3', 'BLEND-MH4', 'Manager en mode hybride', learners.slice(IN_SPOC - 4)),
  ];
}

function enrolmentOf(homePage: string) {
  return ({ user, enrolledAt, ended }: Told) => ({
    actor: { name: user.name, account: { homePage, name: user.id } },
    enrolledAt: new Date(enrolledAt).toISOString(),
    ...(ended === null ? {} : { endedAt: new Date(ended.at).toISOString(), reason: ended.reason }),
  });
}

type Api = <Answer>(method: string, path: string, body?: unknown) => Promise<Answer>;

function apiClient(url: string, key: string, secret: string): Api {
  const authorization = `Basic ${Buffer.from(`${key}:${secret}`).toString('base64')}`;
  return async (method, path, body) => {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: { authorization, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
    return JSON.parse(text);
  };
}

/** Sends the statements with the xAPI client people use, in the order of time, as a plugin's queue does. */
async function sendAll(url: string, key: string, secret: string, told: readonly Told[]): Promise<number> {
  const Client = XAPI.default;
  const client = new Client({
    endpoint: `${url}/xapi/`,
    auth: Client.toBasicAuth(key, secret),
    version: '1.0.3',
  });
  const all = told
    .flatMap(({ statements }) => statements)
    .sort((a, b) => (a.timestamp ?? '').localeCompare(b.timestamp ?? ''));
  for (let from = 0; from < all.length; from += BATCH) {
    const statements: Parameters<typeof client.sendStatements>[0]['statements'] = JSON.parse(
      JSON.stringify(all.slice(from, from + BATCH)),
    );
    await client.sendStatements({ statements });
  }
  return all.length;
}

/** Real launches of everybody who began, and of the staff. */
async function launchSome(
  lms: DemoLms,
  cohort: DemoCohort,
  told: readonly Told[],
  staff: { readonly manager: DemoUser; readonly director: DemoUser },
): Promise<number> {
  const visitors = told
    .filter(({ statements, ended }) => statements.length > 0 && ended === null)
    .map(({ user }) => user);
  const everybody = [staff.manager, staff.director, ...visitors];
  for (const user of everybody) {
    const page = await new Browser().launch(lms, {
      user: user.id,
      course: cohort.courseId,
      link: `${cohort.courseId}1`,
      clientId: CLIENT_ID,
    });
    if (page.status !== 200) throw new Error(`the launch of ${user.name} answered ${page.status}`);
  }
  return everybody.length;
}
