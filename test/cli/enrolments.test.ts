import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningAssidu, startAssidu } from '../support/start-assidu.ts';
import { assidu as runIn } from './run.ts';

let assidu: RunningAssidu;
beforeAll(async () => {
  assidu = await startAssidu();
  await assidu.request('PUT', '/api/v1/cohorts/c', {
    id: 'c',
    title: 'A cohort',
    kind: 'spoc',
    startsOn: '2026-09-07',
    units: [{ id: 'https://lms.example/unit' }],
  });
});
afterAll(() => assidu.close());

const run = (...args: readonly string[]) =>
  runIn(assidu.folder, args, { environment: { ASSIDU_SECRET: assidu.secret } });
const file = (name: string, text: string | Uint8Array): string => {
  const path = join(assidu.folder, name);
  writeFileSync(path, text);
  return path;
};
const enrolled = async () => (await assidu.request('GET', '/api/v1/cohorts/c/metrics')).json.counts.enrolled;

describe('assidu import enrolments', () => {
  it('records a file once, says before what it would do, and shows faults by line', async () => {
    const good = file('good.csv', 'email;inscrit le\na@exemple.fr;2026-09-08\nb@exemple.fr;\n');
    const dry = await run('import', 'enrolments', good, '--cohort', 'c', '--dry-run');
    expect(dry).toMatchObject({ code: 0, stdout: '2 would be recorded, 0 unchanged\n' });
    expect(await enrolled()).toBe(0);
    expect((await run('import', 'enrolments', good, '--cohort', 'c')).stdout).toBe(
      '2 recorded, 0 unchanged\n',
    );
    const again = await run('import', 'enrolments', good, '--cohort', 'c', '--json');
    expect(JSON.parse(again.stdout)).toMatchObject({ recorded: 0, unchanged: 2, faulty: 0 });
    expect(await enrolled()).toBe(2);

    const bad = file('bad.csv', 'email;fin;motif\nc@exemple.fr;;\nnobody;;\n');
    const refused = await run('import', 'enrolments', bad, '--cohort', 'c');
    expect(refused.code).toBe(1);
    expect(refused.stderr).toMatch(/line 3, email: /);
    expect(refused.stderr).toMatch(/nothing was recorded/);
    expect(await enrolled()).toBe(2);
    const skipped = await run('import', 'enrolments', bad, '--cohort', 'c', '--skip-invalid');
    expect(skipped).toMatchObject({ code: 0, stdout: '1 recorded, 0 unchanged, 1 faulty\n' });
    expect(await enrolled()).toBe(3);
  }, 60_000);

  it('refuses what is not UTF-8, and cohorts that are not there', async () => {
    const latin = file('latin.csv', Buffer.from('email;nom\na@exemple.fr;Zo\u00e9\n', 'latin1'));
    const [encoding, unknown] = await Promise.all([
      run('import', 'enrolments', latin, '--cohort', 'c'),
      run('import', 'enrolments', file('x.csv', 'email\na@b.fr'), '--cohort', 'nowhere'),
    ]);
    expect(encoding.stderr).toMatch(/is not UTF-8/);
    expect(unknown).toMatchObject({ code: 1, stdout: '' });
  }, 60_000);
});

describe('assidu identity', () => {
  it('links, shows, lists and unlinks, never by name', async () => {
    const account = 'account|https://lms.example|7';
    expect((await run('identity', 'link', 'ana@exemple.fr', account)).stdout).toBe('linked\n');
    const [shown, listed, byName, rule] = await Promise.all([
      run('identity', 'show', account),
      run('identity', 'list', '--json'),
      run('identity', 'link', 'Ana Lopez', account),
      run('identity', 'rule', 'email', 'on'),
    ]);
    expect(shown.stdout).toMatch(/mbox\|mailto:ana@exemple\.fr/);
    expect(JSON.parse(listed.stdout)).toMatchObject([{ by: 'hand', recordedBy: 'assidu identity' }]);
    expect([byName.code, byName.stdout]).toEqual([2, '']);
    expect(rule.stdout).toBe('email on\n');
    expect((await run('identity', 'unlink', account, 'ana@exemple.fr')).stdout).toBe('unlinked\n');
  }, 60_000);
});
