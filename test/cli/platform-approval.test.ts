import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { registerAt } from '../lti/registering.ts';
import { Browser } from '../platform/browser.ts';
import { type DemoLms, startDemoLms } from '../platform/demo-lms.ts';
import { someCourse, somePeople } from '../platform/demo-people.ts';
import { type RunningAssidu, startAssidu } from '../support/start-assidu.ts';
import { assidu, type Ran } from './run.ts';

let product: RunningAssidu;
let moodle: DemoLms;
let canvas: DemoLms;

beforeAll(async () => {
  const people = { name: 'Campus', users: somePeople, courses: [someCourse] };
  [product, moodle, canvas] = await Promise.all([
    startAssidu(),
    startDemoLms({ profile: 'moodle', ...people }),
    startDemoLms({ profile: 'canvas', ...people }),
  ]);
});
afterAll(async () => {
  await Promise.all([product.close(), moodle.close(), canvas.close()]);
});

const run = (...args: readonly string[]): Promise<Ran> =>
  assidu(product.folder, ['platform', ...args], { environment: { ASSIDU_URL: product.url } });
const register = async (lms: DemoLms, code?: string) =>
  registerAt(await lms.registrationUrl(`${product.url}/lti/register`), code);
const launch = (lms: DemoLms, clientId: string) =>
  new Browser().launch(lms, { user: '3', course: '2', link: '1', clientId });

describe('platform invite, list and approve, beside a running server', () => {
  it('take platforms in: by a code, by approval, and their deployments', async () => {
    const invited = await run('invite', '--org', 'north', '--days', '2', '--json');
    const { code, ...rest } = JSON.parse(invited.stdout);
    expect(rest).toMatchObject({
      org: 'north',
      firstDeployment: false,
      registerUrl: `${product.url}/lti/register`,
    });
    expect(Date.parse(rest.expiresAt)).toBeGreaterThan(Date.now() + 86_400_000);
    await register(canvas, code);
    await register(moodle);

    const { registrations } = product.services.storage;
    const [ofCanvas] = await registrations.list('north');
    const [ofMoodle] = await registrations.list('');
    if (ofCanvas === undefined || ofMoodle === undefined) throw new Error('two platforms are missing');
    canvas.activate(ofCanvas.clientId, 'account 1');
    moodle.activate(ofMoodle.clientId);
    expect((await launch(canvas, ofCanvas.clientId)).status).toBe(403);
    expect((await launch(moodle, ofMoodle.clientId)).status).toBe(403);

    const [listed, nameless] = await Promise.all([run('list'), run('approve', ofMoodle.id)]);
    expect(listed.stdout).toMatch(/waiting\s+status/);
    expect(listed.stdout).toMatch(/north .* account 1\s+active/);
    expect(listed.stdout).toMatch(/ — .* pending/);
    expect([nameless.code, nameless.stderr]).toEqual([2, expect.stringContaining('--org')]);

    const [taken, deployed, foreign] = await Promise.all([
      run('approve', ofMoodle.id, '--org', 'south'),
      run('approve', ofCanvas.id, '--deployment', 'account 1'),
      run('approve', ofCanvas.id, '--org', 'south'),
    ]);
    expect([taken.stderr, deployed.stderr]).toEqual(['', '']);
    expect([taken.stdout, deployed.stdout]).toEqual([
      expect.stringContaining('active in south; deployments: 1'),
      expect.stringContaining('active in north; deployments: account 1'),
    ]);
    expect([foreign.code, foreign.stderr]).toEqual([1, expect.stringContaining('belongs to north')]);
    expect((await launch(canvas, ofCanvas.clientId)).status).toBe(200);
    expect((await launch(moodle, ofMoodle.clientId)).status).toBe(200);
  }, 60_000);

  it('refuse what makes no sense', async () => {
    const refused = await Promise.all([
      run('invite', '--days', '0'),
      run('invite', '--org', ' '),
      run('approve', 'unknown'),
    ]);
    expect(refused.map(({ code }) => code)).toEqual([2, 2, 1]);
  }, 60_000);
});

describe('what is public beside registration', () => {
  it('is the page of values to enter by hand, in two languages', async () => {
    const page = await fetch(`${product.url}/lti/manual?lang=en`);
    const html = await page.text();
    expect(html).toContain('lang="en"');
    for (const path of ['launch', 'login', 'jwks', 'register', 'canvas.json'])
      expect(html).toContain(`value="${product.url}/lti/${path}"`);
    expect(html).toContain('user_username=$User.username');
    expect(await (await fetch(`${product.url}/lti/manual?lang=fr`)).text()).toContain(
      'Adresse d’enregistrement',
    );
  });

  it('is a configuration for Canvas, with nothing of a person in it', async () => {
    const { status, json } = await product.request('GET', '/lti/canvas.json?lang=en');
    expect([status, json.target_link_uri]).toEqual([200, `${product.url}/lti/launch`]);
  });

  it('is a logo that other sites may show', async () => {
    const { icon_url } = (await product.request('GET', '/lti/canvas.json')).json.extensions[0].settings;
    const logo = await fetch(icon_url);
    expect([logo.status, logo.headers.get('content-type')]).toEqual([200, 'image/svg+xml']);
    expect(logo.headers.get('cross-origin-resource-policy')).toBe('cross-origin');
  });
});
