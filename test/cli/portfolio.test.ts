import { afterAll, beforeAll, expect, it } from 'vitest';
import { type RunningAssidu, startAssidu } from '../support/start-assidu.ts';
import { assidu, type Ran } from './run.ts';

let product: RunningAssidu;
beforeAll(async () => {
  product = await startAssidu();
  for (const [id, programme, enrolled] of [
    ['a', 'Leadership', 8],
    ['b', 'Comité', 3],
  ] as const) {
    await product.request('PUT', `/api/v1/cohorts/${id}`, {
      id,
      title: id,
      kind: 'spoc',
      startsOn: '2026-01-05',
      endsOn: '2026-03-01',
      tags: { programme },
      units: [{ id: 'https://lms.example/unit/a' }],
    });
    await product.request(
      'POST',
      `/api/v1/cohorts/${id}/enrolments`,
      Array.from({ length: enrolled }, (_, number) => ({
        actor: { account: { homePage: 'https://lms.example', name: `${id}-${number}` } },
        enrolledAt: '2026-01-05T09:00:00Z',
      })),
    );
  }
});
afterAll(() => product.close());

const run = (...args: readonly string[]): Promise<Ran> =>
  assidu(product.folder, args, { environment: { ASSIDU_URL: product.url } });

it('portfolio prints programmes with their figures, small groups withheld, and refuses what it cannot read', async () => {
  const [text, json, bad] = await Promise.all([
    run('portfolio', '--state', 'final'),
    run('portfolio', '--by', 'businessUnit', '--programme', 'Leadership', '--json'),
    run('portfolio', '--from', 'last year'),
  ]);
  expect(text.code).toBe(0);
  expect(text.stdout).toMatch(/Comité\s+1\s+< 5/);
  expect(text.stdout).toMatch(/Leadership\s+1\s+8\s+0/);
  expect(text.stdout).toMatch(/together\s+2\s+8\s/);
  expect(JSON.parse(json.stdout)).toMatchObject({
    query: { by: 'businessUnit', programme: 'Leadership' },
    final: { groups: [{ name: null, enrolled: 8 }] },
  });
  expect([bad.code, bad.stdout, bad.stderr.includes('from')]).toEqual([2, '', true]);
}, 60_000);

it('grant add makes an executive of one business unit, named with its tag', async () => {
  await product.services.storage.registrations.save({
    id: 'campus',
    org: 'default',
    name: 'Campus',
    issuer: 'https://lms.example',
    clientId: 'c',
    authUrl: 'https://lms.example/auth',
    tokenUrl: 'https://lms.example/token',
    jwksUrl: 'https://lms.example/jwks',
    deployments: ['1'],
    status: 'active',
    actorFormat: { homePage: 'https://lms.example', name: 'sub' },
    frameOrigins: [],
    createdAt: 0,
  });
  const add = ['grant', 'add', '--platform', 'campus', '--sub', '9', '--role', 'executive'];
  const [added, bad, single] = await Promise.all([
    run(...add, '--tag', 'businessUnit=Eau France'),
    run(...add, '--tag', 'Eau France'),
    run(...add, '--cohort', 'a'),
  ]);
  expect(added.stdout).toMatch(/9 is executive of businessUnit Eau France/);
  expect((await product.services.grants.list('default')).map(({ role, tags }) => [role, tags])).toEqual([
    ['executive', { businessUnit: 'Eau France' }],
  ]);
  expect([bad.code, bad.stderr.includes('--tag'), single.code, single.stderr.includes('--cohort')]).toEqual([
    2,
    true,
    2,
    true,
  ]);
}, 60_000);
