import { type Cookie, CookieJar } from './cookie-jar.ts';
import type { DemoLms } from './demo-types.ts';
import { findContinuation, frameAddress, type HtmlForm } from './html-forms.ts';

export { parseForms } from './html-forms.ts';

const mostHops = 20;
const redirects = new Set([301, 302, 303, 307, 308]);

/** One request and what came back, redirects included. */
export interface Hop {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly status: number;
  readonly location?: string;
  readonly setCookie: readonly string[];
}

/** The page at the end of a navigation, with every hop that led to it. */
export interface BrowserPage {
  readonly status: number;
  readonly url: string;
  readonly html: string;
  readonly headers: Headers;
  readonly hops: readonly Hop[];
}

/** Which link of which course, as whom, in which registered tool (`clientId`). */
export interface LaunchRequest {
  readonly user: string;
  readonly course: string;
  readonly link: string;
  readonly clientId: string;
}

/** The authentication request a tool's login leads to, stopped before it reaches the LMS. */
export interface LoginPage extends BrowserPage {
  readonly authRequest: Readonly<Record<string, string>> | undefined;
}

interface Navigation {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly form?: Readonly<Record<string, string>>;
}

function navigationOf({ method, action, fields }: HtmlForm): Navigation {
  if (method === 'post') return { method: 'POST', url: action, form: fields };
  const url = new URL(action);
  // A GET form replaces the query its action had (HTML, form submission algorithm).
  url.search = new URLSearchParams(fields).toString();
  return { method: 'GET', url: url.href };
}

/** A browser without scripts: keeps cookies, follows redirects one by one, walks through LTI launches. */
export class Browser {
  readonly jar: CookieJar;
  readonly #blocked: readonly string[];
  /** Where the last page came from: the Origin of the next form it posts. */
  #page: string | undefined;

  /** `blockedOrigins`: origins whose cookies are neither kept nor sent (third-party cookies off). */
  constructor(options: { readonly now?: () => number; readonly blockedOrigins?: readonly string[] } = {}) {
    this.jar = new CookieJar(options.now);
    this.#blocked = options.blockedOrigins ?? [];
  }

  /** Opens a page. */
  get(url: string, headers: Readonly<Record<string, string>> = {}): Promise<BrowserPage> {
    return this.#navigate({ method: 'GET', url }, headers);
  }

  /** Posts a form as the page last opened would (its Origin; the target's own when none was). */
  post(
    url: string,
    form: Readonly<Record<string, string>>,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<BrowserPage> {
    return this.#navigate({ method: 'POST', url, form }, headers);
  }

  /** Submits a form of a page. */
  submit(form: HtmlForm): Promise<BrowserPage> {
    return this.#navigate(navigationOf(form), {});
  }

  /** The cookies that a request to this address would carry. */
  cookies(url: string): readonly Cookie[] {
    return this.jar.for(url);
  }

  /** Runs a whole launch as the frame in the course page does, up to the page that waits for a person. */
  async launch(lms: DemoLms, request: LaunchRequest): Promise<BrowserPage> {
    return this.#follow(await this.#openFrame(lms, request), () => false);
  }

  /** Runs a launch through the tool's login and stops before the LMS answers: for tests that answer themselves. */
  async login(lms: DemoLms, request: LaunchRequest): Promise<LoginPage> {
    let authRequest: Readonly<Record<string, string>> | undefined;
    const page = await this.#follow(await this.#openFrame(lms, request), ({ url, form }) => {
      if (!url.startsWith(lms.authUrl)) return false;
      authRequest = { ...Object.fromEntries(new URL(url).searchParams), ...form };
      return true;
    });
    return { ...page, authRequest };
  }

  async #openFrame(lms: DemoLms, { user, course, link, clientId }: LaunchRequest): Promise<BrowserPage> {
    const query = new URLSearchParams({ as: user, client: clientId, link });
    const top = await this.get(`${lms.url}/course/${encodeURIComponent(course)}?${query}`);
    const address = frameAddress(top.html, 'tool', top.url);
    if (address === undefined) return top;
    const frame = await this.get(address);
    return { ...frame, hops: [...top.hops, ...frame.hops] };
  }

  /** Goes on from a page as long as it does so by itself; `stop` may hold back a request. */
  async #follow(first: BrowserPage, stop: (next: Navigation) => boolean): Promise<BrowserPage> {
    let page = first;
    while (page.hops.length < mostHops && page.status < 400) {
      const step = findContinuation(page.html, page.url);
      if (step === undefined) return page;
      const next =
        step.kind === 'form' ? navigationOf(step.form) : ({ method: 'GET', url: step.href } as const);
      if (stop(next)) return page;
      const answer = await this.#navigate(next, {}, stop);
      page = { ...answer, hops: [...page.hops, ...answer.hops] };
      if (redirects.has(page.status)) return page;
    }
    return page;
  }

  async #navigate(
    first: Navigation,
    headers: Readonly<Record<string, string>>,
    stop: (next: Navigation) => boolean = () => false,
  ): Promise<BrowserPage> {
    const hops: Hop[] = [];
    let next = first;
    for (;;) {
      const { response, hop } = await this.#request(next, headers);
      hops.push(hop);
      const html = await response.text();
      const page = { status: hop.status, url: hop.url, html, headers: response.headers, hops };
      if (hop.location === undefined || !redirects.has(hop.status)) {
        this.#page = hop.url;
        return page;
      }
      if (hops.length >= mostHops)
        throw new Error(`more than ${mostHops} redirects, last to ${hop.location}`);
      const keepsMethod = hop.status === 307 || hop.status === 308;
      next = keepsMethod ? { ...next, url: hop.location } : { method: 'GET', url: hop.location };
      if (stop(next)) return page;
    }
  }

  async #request(
    { method, url, form }: Navigation,
    extra: Readonly<Record<string, string>>,
  ): Promise<{ readonly response: Response; readonly hop: Hop }> {
    const { origin } = new URL(url);
    const blocked = this.#blocked.includes(origin);
    const cookie = blocked ? undefined : this.jar.header(url);
    const response = await fetch(url, {
      method,
      redirect: 'manual',
      headers: {
        accept: 'text/html,application/xhtml+xml,*/*;q=0.8',
        'accept-language': 'fr,en;q=0.8',
        'user-agent': 'Mozilla/5.0 (test browser)',
        ...(cookie === undefined ? {} : { cookie }),
        ...(method === 'POST' ? { origin: new URL(this.#page ?? url).origin } : {}),
        ...extra,
      },
      ...(form === undefined ? {} : { body: new URLSearchParams(form) }),
    });
    const setCookie = response.headers.getSetCookie();
    if (!blocked) for (const line of setCookie) this.jar.take(line, url);
    const location = response.headers.get('location');
    return {
      response,
      hop: {
        method,
        url,
        status: response.status,
        setCookie,
        ...(location === null ? {} : { location: new URL(location, url).href }),
      },
    };
  }
}
