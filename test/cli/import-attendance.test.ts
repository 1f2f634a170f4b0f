import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningAssidu, startAssidu } from '../support/start-assidu.ts';
import { assidu, type Ran } from './run.ts';

const SESSION = 'https://training.example.org/paris-1';

describe('assidu import attendance', () => {
  let running: RunningAssidu;
  const files = mkdtempSync(join(tmpdir(), 'assidu-files-'));
  const file = (name: string, text: string) => {
    const path = join(files, name);
    writeFileSync(path, text);
    return path;
  };
  const run = (...args: readonly string[]): Promise<Ran> =>
    assidu(running.folder, ['import', 'attendance', ...args], {
      environment: { ASSIDU_SECRET: running.secret },
    });
  const register = file(
    'register.csv',
    'courriel;statut\nana@example.org;présente\nguest@example.org;présent\n',
  );

  beforeAll(async () => {
    running = await startAssidu();
    await running.request('PUT', '/api/v1/cohorts/blended', {
      id: 'blended',
      title: 'Blended',
      kind: 'blended',
      startsOn: '2026-09-01',
      units: [
        { id: SESSION, satisfiedBy: 'Attended', startsAt: '2026-10-13T09:00Z', endsAt: '2026-10-13T12:00Z' },
      ],
    });
    await running.request('POST', '/api/v1/cohorts/blended/enrolments', [
      { actor: { mbox: 'mailto:ana@example.org' } },
    ]);
  });
  afterAll(async () => {
    await running.close();
    rmSync(files, { recursive: true });
  });

  it('reports what it read, as text and as JSON, and lists the rows that match nobody', async () => {
    const dry = await run(register, '--cohort', 'blended', '--dry-run', '--json');
    expect(dry.code).toBe(0);
    expect(JSON.parse(dry.stdout)).toMatchObject({ dryRun: true, rows: 2, matched: 1, recorded: 1 });
    const first = await run(register, '--cohort', 'blended');
    expect(first).toMatchObject({ code: 0, stderr: '' });
    expect(first.stdout).toContain('2 rows, 1 matched: 1 recorded, 0 unchanged');
    expect(first.stdout).toMatch(/3 +nobody +— +guest@example.org/);
    expect((await run(register, '--cohort', 'blended')).stdout).toContain('0 recorded, 1 unchanged');
    const { json } = await running.request('GET', '/api/v1/cohorts/blended/attendance');
    expect(json).toMatchObject([{ session: SESSION, recordedBy: { way: 'file', id: 'register.csv' } }]);
  });

  it('fails when nobody matches or a line is at fault, and is a usage error without a cohort', async () => {
    const strangers = file('strangers.csv', 'courriel;statut\nguest@example.org;présent\n');
    expect(await run(strangers, '--cohort', 'blended')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('no row matches anybody'),
    });
    const faulty = file('faulty.csv', 'courriel;statut\nana@example.org;présente\nana@example.org;tard\n');
    expect(await run(faulty, '--cohort', 'blended')).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(/line 3: status: tard/),
    });
    for (const args of [
      [register],
      [register, '--cohort', 'blended', '--date-format', 'ymd'],
      [register, '--cohort', 'blended', '--timezone', 'Mars'],
    ])
      expect((await run(...args)).code).toBe(2);
  });
});
