import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium } from 'playwright-core';
import { canvasUserId } from '../platform/canvas-claims.ts';
import { type DemoLms, type DemoLmsOptions, startDemoLms } from '../platform/demo-lms.ts';
import { somePeople } from '../platform/demo-people.ts';
import type { DemoLink, DemoUser } from '../platform/demo-types.ts';
import { freePort } from '../support/free-port.ts';
import { startPrefixProxy } from '../support/prefix-proxy.ts';
import { type RunningAssidu, startAssidu } from '../support/start-assidu.ts';

const DAY = 86_400_000;
const clientId = 'two-sites';

/** The product on one site and demo LMSs on another. */
export interface TwoSites {
  /** On 127.0.0.1. */
  readonly tool: string;
  /** Everything the product logged, as text. */
  log(): string;
  /** Another LMS, on localhost, with a course `2`, its link `1`, a cohort of three learners, and staff `3`. */
  addLms(options: Pick<DemoLmsOptions, 'profile' | 'storage'>, links?: readonly DemoLink[]): Promise<DemoLms>;
  readonly services: RunningAssidu['services'];
  /** Asks the product's API. */
  readonly request: RunningAssidu['request'];
  close(): Promise<void>;
}

/** Starts the product on a site of its own, behind a proxy that publishes it under a path when one is given. */
export async function startTwoSites(prefix = ''): Promise<TwoSites> {
  const port = await freePort();
  const published = prefix === '' ? port : await freePort();
  const tool = `http://127.0.0.1:${published}${prefix}`;
  const proxy =
    prefix === '' ? null : await startPrefixProxy(prefix, { port: published, to: port, host: '127.0.0.1' });
  const lines: string[] = [];
  const line = (fields: Readonly<Record<string, unknown>>, message: string) => {
    lines.push(`${message} ${JSON.stringify(fields)}`);
  };
  const assidu = await startAssidu({ port, publicUrl: tool, log: { info: line, warn: line, error: line } });
  const platforms: DemoLms[] = [];
  return {
    tool,
    log: () => lines.join('\n'),
    services: assidu.services,
    request: assidu.request,
    addLms: async (options, links = []) => {
      const lms = await startDemoLms({
        ...options,
        host: 'localhost',
        name: options.profile === 'canvas' ? 'Canvas' : 'Moodle',
        users: somePeople,
        courses: [
          {
            id: '2',
            label: 'SPOC-GP',
            title: 'Gestion de projet',
            links: [{ id: '1', title: 'Mon parcours' }, ...links],
          },
        ],
      });
      platforms.push(lms);
      await introduce(assidu, lms, options.profile, tool);
      return lms;
    },
    close: async () => {
      for (const lms of platforms) await lms.close();
      proxy?.closeAllConnections();
      proxy?.close();
      await assidu.close();
    },
  };
}

async function introduce(
  assidu: RunningAssidu,
  lms: DemoLms,
  profile: DemoLmsOptions['profile'],
  tool: string,
): Promise<void> {
  const id = `lms-${new URL(lms.url).port}`;
  await assidu.services.storage.registrations.save({
    id,
    org: 'default',
    name: id,
    issuer: lms.issuer,
    clientId,
    authUrl: lms.authUrl,
    tokenUrl: lms.tokenUrl,
    jwksUrl: lms.jwksUrl,
    deployments: ['1'],
    status: 'active',
    actorFormat: { homePage: lms.issuer, name: 'sub' },
    frameOrigins: [],
    createdAt: 0,
  });
  lms.registerTool({
    clientId,
    deploymentId: '1',
    loginUrl: `${tool}/lti/login`,
    launchUrl: `${tool}/lti/launch`,
    redirectUris: [`${tool}/lti/launch`],
    toolJwksUrl: `${tool}/lti/jwks`,
  });
  const course = await courseOf(lms);
  const learners = somePeople.filter(({ roles }) => roles.some((role) => role.endsWith('#Learner')));
  await done(
    assidu.request('PUT', `/api/v1/cohorts/${id}`, {
      id,
      title: { fr: 'Gestion de projet', en: 'Project management' },
      kind: 'spoc',
      startsOn: new Date(Date.now() - 10 * DAY).toISOString().slice(0, 10),
      contexts: [{ platform: lms.issuer, course, activity: `${lms.issuer}/course/2` }],
      units: [1, 2, 3].map((n) => ({ id: `${lms.issuer}/unit/${n}`, title: { fr: `Étape ${n}` } })),
    }),
  );
  await done(
    assidu.request(
      'POST',
      `/api/v1/cohorts/${id}/enrolments`,
      learners.map((user) => ({
        actor: { name: user.name, account: { homePage: lms.issuer, name: subOf(lms, profile, user) } },
        enrolledAt: new Date(Date.now() - 9 * DAY).toISOString(),
      })),
    ),
  );
}

/** The `sub` of somebody's launches, which rosters name too. */
function subOf({ url }: DemoLms, profile: DemoLmsOptions['profile'], user: DemoUser): string {
  return profile === 'canvas' ? canvasUserId(url, user) : user.id;
}

/** The id by which the LMS's messages name the course. */
async function courseOf(lms: DemoLms): Promise<string> {
  const token = await lms.idToken({ user: '3', course: '2', clientId, nonce: 'n' });
  const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
  return claims['https://purl.imsglobal.org/spec/lti/claim/context'].id;
}

async function done(answer: ReturnType<RunningAssidu['request']>): Promise<void> {
  const { status, text } = await answer;
  if (status >= 300) throw new Error(`${status} ${text}`);
}

/** What a frame on another site may keep: cookies parted by site as Chromium ships, only storage so parted, nothing. */
export type Keeping = 'cookies' | 'storage' | 'nothing';

/** Chromium with third-party cookies blocked, and what it lets frames of `tool` in pages of `platform` keep. */
export async function openChromium(
  executablePath: string,
  {
    keeping,
    tool,
    platform,
  }: { readonly keeping: Keeping; readonly tool: string; readonly platform: string },
): Promise<{ readonly context: BrowserContext; close(): Promise<void> }> {
  const profile = mkdtempSync(join(tmpdir(), 'assidu-chromium-'));
  // 2 is to block, as a person can do for a site (chrome://settings/content/cookies).
  const exceptions = keeping === 'cookies' ? {} : { cookies: { [`${tool},${platform}`]: { setting: 2 } } };
  mkdirSync(join(profile, 'Default'));
  writeFileSync(
    join(profile, 'Default', 'Preferences'),
    JSON.stringify({
      profile: { block_third_party_cookies: true, cookie_controls_mode: 1, content_settings: { exceptions } },
    }),
  );
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    locale: 'fr-FR',
    viewport: { width: 1280, height: 1000 },
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-component-update',
      '--disable-sync',
      '--test-third-party-cookie-phaseout',
      // In the place of Playwright's own list, which always switches off that storage is parted by site.
      `--disable-features=${keeping === 'nothing' ? 'ThirdPartyStoragePartitioning' : 'Translate'}`,
    ],
  });
  return {
    context,
    close: async () => {
      await context.close();
      rmSync(profile, { recursive: true, force: true });
    },
  };
}
