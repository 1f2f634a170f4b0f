import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Campus, instructor, person, startCampus } from '../support/campus.ts';
import { assidu, type Ran } from './run.ts';

let campus: Campus;
let platform: string;
beforeAll(async () => {
  campus = await startCampus({ profile: 'moodle', people: [person('7', instructor)] });
  const [only] = await campus.assidu.services.storage.registrations.list('default');
  platform = only?.id ?? '';
});
afterAll(() => campus.close());

const run = (...args: readonly string[]): Promise<Ran> =>
  assidu(campus.assidu.folder, args, { environment: { ASSIDU_URL: campus.assidu.url } });

describe('grant add, list and remove, beside a running server', () => {
  it('give a role, say who gave it, and take it back', async () => {
    const added = await run(
      'grant',
      'add',
      '--platform',
      platform,
      '--sub',
      '7',
      '--role',
      'dlm',
      '--expires',
      '30d',
      '--json',
    );
    const grant = JSON.parse(added.stdout);
    expect(grant).toMatchObject({ platform, sub: '7', role: 'dlm', cohort: null, inForce: true });
    expect(grant.grantedBy).toMatch(/^command line/);
    expect(Date.parse(grant.expiresAt)).toBeGreaterThan(Date.now() + 29 * 86_400_000);
    expect(await campus.assidu.services.grants.list('default')).toEqual([grant]);
    const [listed, removed] = [await run('grant', 'list'), await run('grant', 'remove', grant.id)];
    expect(listed.stdout).toContain(`${platform}  7`);
    expect([removed.code, await campus.assidu.services.grants.list('default')]).toEqual([0, []]);
  }, 60_000);

  it('refuse what makes no sense, naming the option', async () => {
    const add = ['grant', 'add', '--platform', platform, '--sub', '7'];
    const refused = await Promise.all([
      run(...add, '--role', 'learner'),
      run(...add),
      run(...add, '--role', 'lcm', '--expires', 'yesterday'),
      run(...add, '--role', 'lcm', '--cohort', 'none'),
      run(...add, '--role', 'lcm', '--org', 'elsewhere'),
      run('grant', 'remove', 'none'),
    ]);
    expect(refused.map(({ code }) => code)).toEqual([2, 2, 2, 2, 2, 1]);
    expect(refused.slice(2, 5).map(({ stderr }) => /--\w+/.exec(stderr)?.[0])).toEqual([
      '--expires',
      '--cohort',
      '--platform',
    ]);
  }, 60_000);
});

describe('platform roles show, set and reset', () => {
  it('change what roles mean from the next request on, and back', async () => {
    expect(await campus.launch('7')).toBe(200);
    const set = await run(
      'platform',
      'roles',
      'set',
      platform,
      '--map',
      'Instructor=observer',
      '--map',
      'https://x.example/r?a=b=lcm',
    );
    expect(set.stdout).toMatch(/membership#Instructor\s+observer\s+set here/);
    expect(set.stdout).toMatch(/https:\/\/x\.example\/r\?a=b\s+lcm\s+set here/);
    expect(await campus.launch('7')).toBe(403);
    const shown = await run('platform', 'roles', 'show', platform, '--json');
    expect(JSON.parse(shown.stdout)).toContainEqual({
      role: 'membership#Learner',
      meaning: 'learner',
      usual: true,
    });
    await run('platform', 'roles', 'reset', platform);
    expect(await campus.launch('7')).toBe(200);
  }, 60_000);

  it('refuse what is no mapping, and platforms of others', async () => {
    const refused = await Promise.all([
      run('platform', 'roles', 'set', platform, '--map', 'membership#Mentor'),
      run('platform', 'roles', 'set', platform, '--map', 'membership#Mentor=king'),
      run('platform', 'roles', 'set', platform),
      run('platform', 'roles', 'show', platform, '--org', 'elsewhere'),
    ]);
    expect(refused.map(({ code }) => code)).toEqual([2, 2, 2, 1]);
  }, 60_000);
});

describe('platform review', () => {
  it('prints where to go and what to type, and no code in the address', async () => {
    const { stdout } = await run('platform', 'review', '--json');
    const { code, reviewUrl, ...rest } = JSON.parse(stdout);
    expect([reviewUrl, rest.org]).toEqual([`${campus.assidu.url}/lti/review`, 'default']);
    const answer = await fetch(reviewUrl, {
      method: 'POST',
      headers: { origin: campus.assidu.url },
      body: new URLSearchParams({ code: code.toLowerCase().replaceAll('-', ' ') }),
    });
    expect(answer.status).toBe(200);
  }, 60_000);
});
