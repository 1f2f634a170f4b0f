import { afterAll, afterEach } from 'vitest';
import type { Browser, LoginPage } from '../platform/browser.ts';
import { type DemoLms, type DemoLmsOptions, startDemoLms } from '../platform/demo-lms.ts';
import { someCourse, somePeople, toolAt } from '../platform/demo-people.ts';
import { registrationOf, startTool, type TestTool, type TestToolOptions } from './tool.ts';

/** A platform and the tool, registered there. */
export interface Pair {
  readonly lms: DemoLms;
  readonly tool: TestTool;
}

export const clientId = '0dbbxfQNuARSwJP';
/** The launch of a learner. */
export const launch = { user: '4', course: '2', link: '1', clientId };

async function freshPair(
  lmsOptions: Partial<DemoLmsOptions> = {},
  toolOptions: TestToolOptions = {},
): Promise<Pair> {
  const lms = await startDemoLms({
    profile: 'moodle',
    name: 'Campus',
    users: somePeople,
    courses: [someCourse],
    ...lmsOptions,
  });
  const tool = await startTool(toolOptions);
  lms.registerTool(toolAt(tool.origin));
  await tool.storage.registrations.save(registrationOf(lms));
  return { lms, tool };
}

/** Pairs for the tests of a file, closed by themselves. */
export function usePairs(): {
  /** One for all tests that want nothing special: making keys is what costs. */
  pair(): Promise<Pair>;
  /** One of this test's own. */
  ownPair(lms?: Partial<DemoLmsOptions>, tool?: TestToolOptions): Promise<Pair>;
} {
  const opened: { close(): Promise<void> }[] = [];
  let kept: Promise<Pair> | undefined;
  afterEach(async () => {
    for (const server of opened.splice(0).reverse()) await server.close();
  });
  afterAll(async () => {
    const both = await kept;
    await both?.tool.close();
    await both?.lms.close();
  });
  return {
    pair: async () => {
      kept ??= freshPair();
      const both = await kept;
      both.tool.logged.length = 0;
      both.tool.launches.length = 0;
      await both.tool.storage.registrations.remove('default', 'second');
      await both.tool.storage.registrations.save(registrationOf(both.lms));
      return both;
    },
    ownPair: async (lms, tool) => {
      const both = await freshPair(lms, tool);
      opened.push(both.lms, both.tool);
      return both;
    },
  };
}

/** The platform's answer to a login, made by hand. */
export async function answerTo(
  { lms }: Pair,
  login: LoginPage,
  overrides: Record<string, unknown> = {},
): Promise<{ id_token: string; state: string }> {
  const { state = '', nonce = '' } = login.authRequest ?? {};
  const token = await lms.idToken({ user: '4', course: '2', link: '1', clientId, nonce, overrides });
  return { id_token: token, state };
}

/** What a browser sends back of the login's cookies. */
export function loginCookies(browser: Browser, { tool }: Pair): string {
  return browser.jar.header(`${tool.origin}/lti/launch`) ?? '';
}

/** Why the last request was refused, as the log says. */
export const lastReason = (tool: TestTool) => tool.logged.at(-1)?.fields.reason;
