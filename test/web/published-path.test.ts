import type { Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { account, definition } from '../api/definition.ts';
import { registerAt } from '../lti/registering.ts';
import { Browser, type BrowserPage, parseForms } from '../platform/browser.ts';
import { type Campus, CLIENT, courseIdOf, learners, STAFF, startCampus } from '../support/campus.ts';
import { freePort } from '../support/free-port.ts';
import { startPrefixProxy } from '../support/prefix-proxy.ts';
import { type RunningAssidu, startAssidu } from '../support/start-assidu.ts';
import { idsOf, statement } from '../xapi/statements.ts';

/** The product behind a proxy that publishes it under a path, and strips that path from requests. */
let assidu: RunningAssidu;
beforeAll(async () => {
  assidu = await startAssidu({ publicUrl: 'https://example.org/training/assidu' });
});
afterAll(() => assidu.close());

/** A request to the published address, by way of the proxy. */
const ask = (published: string) => {
  expect(published).toMatch(/^\/training\/assidu\//);
  return assidu.request('GET', published.replace('/training/assidu', ''));
};

describe('behind a proxy that adds a path', () => {
  it('the next page of statements is found at the published address', async () => {
    const sent = [statement(), statement(), statement()];
    await assidu.request('POST', '/xapi/statements', sent);
    const first = await ask('/training/assidu/xapi/statements?limit=2&ascending=true');
    expect(first.json.more).toMatch(/^\/training\/assidu\/xapi\/statements\?/);
    const second = await ask(first.json.more);
    expect([...idsOf(first), ...idsOf(second)]).toEqual(sent.map(({ id }) => id));
    expect(second.json.more).toBe('');
  });

  it('so it is after an alternate request', async () => {
    const form = { Authorization: assidu.authorization, 'X-Experience-API-Version': '1.0.3', limit: '1' };
    const response = await fetch(`${assidu.url}/xapi/statements?method=GET`, {
      method: 'POST',
      body: new URLSearchParams(form),
    });
    const next = await ask((await response.json()).more);
    expect(idsOf(next)).toHaveLength(1);
  });

  it('so is the next page of a list of the API', async () => {
    await assidu.request('PUT', '/api/v1/cohorts/class-9', definition());
    await assidu.request(
      'POST',
      '/api/v1/cohorts/class-9/enrolments',
      ['1', '2'].map((name) => ({ actor: account(name), enrolledAt: '2026-09-07T08:00:00Z' })),
    );
    const first = await ask('/training/assidu/api/v1/cohorts/class-9/learners?limit=1');
    const [, next = ''] = /<([^>]+)>; rel="next"/.exec(first.headers.get('Link') ?? '') ?? [];
    const second = await ask(next);
    expect([first.json.length, second.json.length]).toEqual([1, 1]);
    expect(second.json[0].enrolmentId).not.toBe(first.json[0].enrolmentId);
    expect(second.headers.get('Link')).toBeNull();
  });
});

const PREFIX = '/training/assidu';

describe('a launch through such a proxy', () => {
  let product: RunningAssidu;
  let proxy: Server;
  let campus: Campus;
  let origin: string;
  const browser = new Browser();
  let page: BrowserPage;

  beforeAll(async () => {
    const [inner, outer] = [await freePort(), await freePort()];
    origin = `http://localhost:${outer}`;
    const url = `${origin}${PREFIX}`;
    product = await startAssidu({ port: inner, publicUrl: url });
    proxy = await startPrefixProxy(PREFIX, { port: outer, to: inner, host: 'localhost' });
    campus = await startCampus({ profile: 'moodle', people: learners(3), assidu: { ...product, url } });
    await campus.launch(STAFF);
    await product.request('PUT', '/api/v1/cohorts/spoc', {
      id: 'spoc',
      title: { fr: 'Gestion de projet' },
      kind: 'spoc',
      startsOn: '2026-01-05',
      contexts: [{ platform: campus.lms.issuer, course: await courseIdOf(campus) }],
      units: [{ id: 'https://units.example/read', title: 'Lire', content: { markAsDone: true } }],
    });
    await campus.launch('1');
    page = await browser.launch(campus.lms, { user: STAFF, course: '2', link: '1', clientId: CLIENT });
  });
  afterAll(async () => {
    await campus?.close();
    proxy?.closeAllConnections();
    proxy?.close();
    await product?.close();
  });

  /** Everything of ours that a page leads to, forms included. */
  const ledTo = ({ html, url }: BrowserPage): readonly string[] =>
    [...html.matchAll(/ (?:href|src|action)="([^"]+)"/g)].flatMap(([, to = '']) => {
      const address = new URL(to.replaceAll('&amp;', '&'), url);
      return address.origin === origin ? [address.href] : [];
    });
  const linkOf = (from: BrowserPage, pattern: RegExp): string =>
    ledTo(from).find((each) => pattern.test(each)) ?? '';

  it('ends on the cohort’s page at its published address, with every address of the page below it', async () => {
    expect(page.status).toBe(200);
    expect(page.url).toMatch(new RegExp(`^${origin}${PREFIX}/app/[\\w-]{22}/cohorts/spoc$`));
    const all = ledTo(page);
    expect(all.length).toBeGreaterThan(5);
    for (const each of all) expect(each).toContain(`${origin}${PREFIX}/app/`);
    // All but forms answer where the page says they are.
    const forms = new Set(parseForms(page.html, page.url).map(({ action }) => action));
    for (const each of all.filter((address) => !forms.has(address)))
      expect([each, (await browser.get(each)).status]).toEqual([each, 200]);
  });

  it('leads to the styles and islands, to a learner’s page, and back', async () => {
    const styles = await fetch(linkOf(page, /assidu\.css$/));
    expect([styles.status, styles.headers.get('content-type')]).toEqual([
      200,
      expect.stringMatching(/^text\/css/),
    ]);
    const path = await browser.get(linkOf(page, /\/learners\//));
    expect(path.html).toContain('Prénom 1');
    for (const each of ledTo(path)) expect(each).toContain(`${origin}${PREFIX}/`);
    for (const name of ['session-pages.js', 'lti-session.js', 'frame-resize.js'])
      expect((await fetch(`${origin}${PREFIX}/app/assets/${name}`)).status).toBe(200);
  });

  it('takes forms, whose redirects stay below the path, and ends there', async () => {
    const own = new Browser();
    const first = await own.launch(campus.lms, { user: '1', course: '2', link: '1', clientId: CLIENT });
    const unit = await own.get(linkOf(first, /\/units\//));
    const [form] = parseForms(unit.html, unit.url).filter(({ action }) => /\/done/.test(action));
    if (form === undefined) throw new Error('nothing to mark');
    const done = await own.submit(form);
    expect([done.status, done.url]).toEqual([200, expect.stringContaining(`${origin}${PREFIX}/app/`)]);
    expect(done.html).toContain('Vous l’avez marquée comme faite');
    const close = parseForms(done.html, done.url).find(({ action }) => /\/close$/.test(action));
    if (close === undefined) throw new Error('nothing to close');
    expect((await own.submit(close)).status).toBe(200);
    expect((await own.get(unit.url)).status).toBe(401);
  });

  it('keeps a session by a cookie of the host alone, as its name demands', () => {
    const [session] = browser.cookies(page.url).filter(({ name }) => name === '__Host-assidu');
    expect(session).toMatchObject({ path: '/' });
  });

  it('asks a browser that kept no cookie for its proof at the published addresses', async () => {
    const blocked = new Browser({ blockedOrigins: [origin] });
    const asked = await blocked.launch(campus.lms, { user: '1', course: '2', link: '1', clientId: CLIENT });
    const addresses = ledTo(asked);
    expect(addresses).toContain(`${origin}${PREFIX}/lti/launch/proof`);
    for (const each of addresses) expect(each).toContain(`${origin}${PREFIX}/`);
  });

  it('is what platforms are told: dynamic registration, values to copy, Canvas’s configuration', async () => {
    const at = async (path: string) => (await fetch(`${origin}${PREFIX}${path}`)).text();
    for (const path of ['/lti/canvas.json', '/lti/manual', '/lti/review', '/api/v1/openapi.json']) {
      const told = (await at(path)).replaceAll('\\/', '/');
      const addresses =
        told.match(/(?:http:\/\/localhost:\d+)?\/(?:training\/assidu\/)?(?:lti|app)\/[\w./-]+/g) ?? [];
      for (const each of addresses.filter((address) => !/^\/(lti|app)\//.test(address)))
        expect([path, each]).toEqual([path, expect.stringContaining(PREFIX)]);
    }
    const canvas = JSON.parse(await at('/lti/canvas.json'));
    expect([canvas.oidc_initiation_url, canvas.target_link_uri, canvas.public_jwk_url]).toEqual(
      ['login', 'launch', 'jwks'].map((door) => `${origin}${PREFIX}/lti/${door}`),
    );
    expect(JSON.parse(await at('/api/v1/openapi.json')).servers).toEqual([{ url: `${PREFIX}/api/v1` }]);
    await registerAt(await campus.lms.registrationUrl(`${origin}${PREFIX}/lti/register`));
    const [body] = Object.values(campus.lms.registrations());
    expect(body).toMatchObject({
      initiate_login_uri: `${origin}${PREFIX}/lti/login`,
      redirect_uris: [`${origin}${PREFIX}/lti/launch`],
      jwks_uri: `${origin}${PREFIX}/lti/jwks`,
      logo_uri: `${origin}${PREFIX}/app/assets/logo.svg`,
    });
  });
});
