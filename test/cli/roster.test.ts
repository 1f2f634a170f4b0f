import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Campus, learners, STAFF, startCampus } from '../support/campus.ts';
import { assidu } from './run.ts';

let campus: Campus;
beforeAll(async () => {
  campus = await startCampus({ profile: 'moodle', people: learners(5) });
  await campus.assidu.request('PUT', '/api/v1/cohorts/c', {
    id: 'c',
    title: 'A cohort',
    kind: 'spoc',
    startsOn: '2026-01-05',
    contexts: [{ platform: campus.lms.issuer, course: '2' }],
    units: [{ id: 'https://lms.example/unit' }],
    grades: { lineItem: 'cohort' },
  });
  await campus.launch(STAFF);
  await campus.assidu.services.rosterSchedule.look();
});
afterAll(() => campus.close());

const run = (...args: readonly string[]) =>
  assidu(campus.assidu.folder, args, { environment: { ASSIDU_SECRET: campus.assidu.secret } });

describe('assidu roster and grades', () => {
  it('say what a roster changed, what waits, and what went wrong, with exit code 1', async () => {
    campus.people.splice(2, 2);
    const read = await run('roster', 'sync', 'c');
    expect(read).toMatchObject({ code: 0, stderr: '' });
    expect(read.stdout).toMatch(/4 members, 3 learners: 0 enrolled, 0 back, 0 removed, 0 excluded/);
    expect(read.stdout).toMatch(/2 removals wait: roster confirm c/);
    campus.lms.fail({ service: 'memberships', status: 404, body: '{"reason":"Not Found"}' });
    const [failed, unknown] = await Promise.all([
      run('roster', 'sync', 'c'),
      run('roster', 'show', 'unknown'),
    ]);
    expect(failed.code).toBe(1);
    expect(failed.stderr).toMatch(/nobody was removed: Campus, course 2: the platform answered 404/);
    expect(unknown).toMatchObject({ code: 1, stdout: '' });
  }, 60_000);

  it('show held removals, send grades again, and list what was refused', async () => {
    const actor = { account: { homePage: campus.lms.issuer, name: '1' } };
    const verb = { id: 'http://adlnet.gov/expapi/verbs/completed' };
    const object = { id: 'https://lms.example/unit' };
    await campus.assidu.request('POST', '/xapi/statements', { actor, verb, object });
    campus.lms.fail({ service: 'scores', status: 400 });
    await campus.assidu.services.grades.send('default', 'c');
    const [shown, listed] = await Promise.all([
      run('roster', 'show', 'c', '--json'),
      run('grades', 'list', 'c', '--json'),
    ]);
    expect(JSON.parse(shown.stdout).held.learners).toHaveLength(2);
    expect(JSON.parse(listed.stdout)).toMatchObject({
      taken: 0,
      lines: [{ state: 'open' }],
      failing: [{ user: '1', state: 'refused' }],
    });
    expect((await run('grades', 'retry', 'c')).stdout).toBe('1 sent, 0 waiting, 0 refused\n');
    expect([...campus.lms.lineItems.values()][0]?.grades.get('1')?.score).toBe(100);
  }, 60_000);
});
