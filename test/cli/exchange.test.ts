import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openEmbedded } from '../../src/storage/embedded/open-embedded.ts';
import { plainStatement } from '../support/open-node.ts';
import { type RunningAssidu, startAssidu } from '../support/start-assidu.ts';
import { assidu } from './run.ts';

const folder = mkdtempSync(join(tmpdir(), 'assidu-exchange-'));
let far: RunningAssidu;
let [username, password] = ['', ''];
beforeAll(async () => {
  far = await startAssidu();
  [username = '', password = ''] = Buffer.from(far.authorization.slice(6), 'base64').toString().split(':');
});
afterAll(async () => {
  await far.close();
  rmSync(folder, { recursive: true, force: true });
});

const account = () => ['--name', 'far', '--url', `${far.url}/xapi`, '--username', username];

describe('assidu forward', () => {
  it('adds, lists, pauses and removes a target, and never prints its password', {
    timeout: 60_000,
  }, async () => {
    const args = ['forward', 'add', ...account(), '--password-stdin', '--verb', 'https://v.example/did'];
    const added = await assidu(folder, [...args, '--from', 'beginning', '--json'], {
      input: `${password}\n`,
    });
    expect([added.code, added.stderr]).toEqual([0, '']);
    expect(added.stdout).not.toContain(password);
    const { id } = JSON.parse(added.stdout);
    expect((await assidu(folder, ['forward', 'pause', id])).stdout).toBe(`${id} is paused\n`);
    const [listed, replayed] = await Promise.all([
      assidu(folder, ['forward', 'list']),
      assidu(folder, ['forward', 'dead', 'replay', id, '--all']),
    ]);
    expect(listed.stdout).toMatch(new RegExp(`${id} +far +${far.url}/xapi +paused +0 +0 +0`));
    expect(replayed.stdout).toBe('0 taken, 0 refused again\n');
    expect((await assidu(folder, ['forward', 'remove', id])).stdout).toBe(`${id} is removed\n`);
  });

  it('says which option is at fault, and that a password on the command line can be seen', async () => {
    const seen = await assidu(folder, [
      'forward',
      'add',
      ...account().with(3, 'http://lrs.example/xapi'),
      '--password',
      'p',
      '--cohort',
      'nowhere',
    ]);
    expect(seen.code).toBe(2);
    expect(seen.stderr).toContain('--password-stdin');
    expect(seen.stderr).toContain('assidu: --url: must be https');
  });
});

describe('assidu pull', () => {
  it('fetches what another LRS has, and only what is new when it is run again', {
    timeout: 60_000,
  }, async () => {
    const statements = Array.from({ length: 130 }, () => plainStatement());
    await far.request('POST', '/xapi/statements', statements);
    const args = ['pull', 'add', ...account(), '--password-stdin', '--every', '30', '--json'];
    const added = await assidu(folder, args, { input: password });
    expect(added.stderr).toBe('');
    const { id, everyMinutes } = JSON.parse(added.stdout);
    expect(everyMinutes).toBe(30);
    expect(await assidu(folder, ['pull', 'run', id])).toMatchObject({
      code: 0,
      stdout: '130 taken, 0 refused\n',
    });
    expect((await assidu(folder, ['pull', 'run', id])).stdout).toBe('0 taken, 0 refused\n');
    const storage = openEmbedded({ folder, mode: 'inline' });
    const kept = await storage.statements.feed(0, 1_000);
    await storage.close();
    expect(kept.map((each) => each.id)).toEqual(statements.map((each) => each.id));
    const listed = await assidu(folder, ['pull', 'list']);
    expect(listed.stdout).toMatch(new RegExp(`${id} +far +${far.url}/xapi +scheduled`));
  });
});
