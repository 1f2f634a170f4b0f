import { Browser, type BrowserPage, parseForms } from '../platform/browser.ts';
import { type DemoLms, startDemoLms } from '../platform/demo-lms.ts';
import { someCourse, somePeople, toolAt } from '../platform/demo-people.ts';
import { registrationOf, startTool, type TestTool } from './tool.ts';

const clientId = '0dbbxfQNuARSwJP';
/** The link that these launches open, as a learner. */
export const launch = { user: '4', course: '2', link: '1', clientId };

/** The value of a page's first attribute of this name; empty when there is none. */
export function attribute(html: string, name: string): string {
  return new RegExp(`${name}="([^"]*)"`).exec(html)?.[1] ?? '';
}

export interface Asked {
  readonly browser: Browser;
  readonly login: BrowserPage;
  readonly bind: string;
  readonly state: string;
  readonly page: BrowserPage;
  prove(bind: string, headers?: Record<string, string>): Promise<BrowserPage>;
}

export interface Carried {
  readonly browser: Browser;
  readonly page: BrowserPage;
  readonly secret: string;
  readonly url: string;
  /** Asks as the page's script does. */
  ask(url?: string, headers?: Record<string, string>): Promise<BrowserPage>;
  post(url: string, form: Record<string, string>, headers?: Record<string, string>): Promise<BrowserPage>;
}

/** A Canvas and the tool, and launches of browsers that keep no cookie of the tool. */
export interface Cookieless {
  readonly lms: DemoLms;
  readonly tool: TestTool;
  /** A browser that keeps no cookie of the tool. */
  withoutCookies(): Browser;
  /** A launch up to the page that asks for the proof. */
  asked(user?: string, overrides?: Record<string, unknown>): Promise<Asked>;
  /** A launch whose session no cookie holds for. */
  carried(user?: string): Promise<Carried>;
  lastReason(): unknown;
  close(): Promise<void>;
}

/** Starts both. */
export async function startCookieless(clock: () => number): Promise<Cookieless> {
  const lms = await startDemoLms({
    profile: 'canvas',
    name: 'Campus',
    users: somePeople,
    courses: [someCourse],
    clock: () => new Date(clock()),
  });
  const tool = await startTool({ clock });
  lms.registerTool(toolAt(tool.origin));
  await tool.storage.registrations.save(registrationOf(lms));
  const withoutCookies = () => new Browser({ blockedOrigins: [tool.origin] });

  async function asked(user = '4', overrides: Record<string, unknown> = {}): Promise<Asked> {
    const browser = withoutCookies();
    const login = await browser.login(lms, { ...launch, user });
    const { state = '', nonce = '' } = login.authRequest ?? {};
    const id_token = await lms.idToken({ ...launch, user, nonce, overrides });
    const page = await browser.post(`${tool.origin}/lti/launch`, { id_token, state });
    const [form] = parseForms(page.html, page.url);
    return {
      browser,
      login,
      bind: attribute(login.html, 'data-bind'),
      state,
      page,
      prove: (bind, headers) => browser.post(form?.action ?? '', { ...form?.fields, bind }, headers),
    };
  }

  async function carried(user = '4'): Promise<Carried> {
    const { browser, bind, prove } = await asked(user);
    const page = await prove(bind);
    const secret = attribute(page.html, 'data-secret');
    const url = attribute(page.html, 'data-location');
    const added = { 'assidu-session': secret, 'sec-fetch-site': 'same-origin' };
    return {
      browser,
      page,
      secret,
      url,
      ask: (other = url, headers = {}) => browser.get(other, { ...added, ...headers }),
      post: (to, form, headers = {}) => browser.post(to, form, { ...added, origin: tool.origin, ...headers }),
    };
  }

  return {
    lms,
    tool,
    withoutCookies,
    asked,
    carried,
    lastReason: () => tool.logged.at(-1)?.fields.reason,
    close: async () => {
      await tool.close();
      await lms.close();
    },
  };
}
