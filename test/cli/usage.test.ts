import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assidu, type Ran } from './run.ts';

let folder: string;
const ran: Record<string, Promise<Ran>> = {};

/** All at once: starting a process takes far longer than what it does. */
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'assidu-cli-'));
  const data = join(folder, 'data');
  writeFileSync(join(folder, 'file'), '');
  ran.nothing = assidu(data, []);
  ran.help = assidu(data, ['--help']);
  ran.helpOfCommand = assidu(data, ['key', 'create', '--help']);
  ran.unknown = assidu(data, ['keys']);
  ran.missing = assidu(data, ['key', 'create']);
  ran.badScope = assidu(data, ['key', 'create', '--scopes', 'all,everything']);
  ran.badTerms = assidu(
    data,
    'key create --scopes all --requests-per-minute many --trusted-source lms --expires soon'.split(' '),
  );
  ran.badInstant = assidu(data, ['metrics', 'class-9', '--as-of', 'yesterday']);
  const url = 'https://lms.example.org';
  ran.badPlatform = assidu(
    data,
    ['platform', 'add', '--name', 'x', '--issuer', 'lms', '--client-id', 'c', '--auth-url', 'y'].concat([
      '--token-url',
      url,
      '--jwks-url',
      url,
    ]),
  );
  ran.badSettings = assidu(data, ['key', 'list'], {
    environment: { PORT: 'three', ASSIDU_SECRET: 'short', ASSIDU_LOG: 'loud' },
  });
  ran.production = assidu(data, ['serve'], { environment: { NODE_ENV: 'production' } });
  ran.badFolder = assidu(join(folder, 'file'), ['key', 'list']);
  const taken = createServer().listen(0);
  await once(taken, 'listening');
  const address = taken.address();
  const PORT = String(typeof address === 'object' && address ? address.port : 0);
  ran.takenPort = assidu(join(folder, 'served'), ['serve'], { environment: { PORT } });
  await Promise.all(Object.values(ran));
  taken.close();
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const of = async (name: string): Promise<Ran> => {
  const found = await ran[name];
  if (!found) throw new Error(`nothing ran as ${name}`);
  return found;
};

describe('the command line', () => {
  it('shows help on stdout and is content', async () => {
    expect(await of('help')).toMatchObject({
      code: 0,
      stderr: '',
      stdout: expect.stringContaining('Usage: assidu'),
    });
    const { code, stdout } = await of('helpOfCommand');
    expect([code, stdout]).toEqual([0, expect.stringContaining('--scopes')]);
  });

  it.each(['nothing', 'unknown', 'missing', 'badScope', 'badTerms', 'badInstant', 'badPlatform'])(
    'exits with 2 when it is called wrongly, and says so on stderr only: %s',
    async (name) => {
      expect(await of(name)).toMatchObject({ code: 2, stdout: '', stderr: expect.stringMatching(/./) });
    },
  );

  it('names the option at fault', async () => {
    expect((await of('missing')).stderr).toMatch(/--scopes/);
    expect((await of('badScope')).stderr).toMatch(/^assidu: --scopes: everything is not one of /);
    const terms = (await of('badTerms')).stderr;
    for (const option of ['--requests-per-minute', '--trusted-source', '--expires'])
      expect(terms).toContain(`${option}: `);
    expect((await of('badInstant')).stderr).toMatch(/^assidu: --as-of: must be a date and time with a zone/);
    const { stderr } = await of('badPlatform');
    for (const option of ['--issuer', '--auth-url', '--deployment']) expect(stderr).toContain(`${option}: `);
    expect(stderr).not.toContain('--token-url');
  });

  it('touches no store when it is called wrongly', () => {
    expect(existsSync(join(folder, 'data'))).toBe(false);
  });

  it('exits with 1 and a line for each bad setting', async () => {
    const { code, stdout, stderr } = await of('badSettings');
    expect([code, stdout]).toEqual([1, '']);
    const [head, ...lines] = stderr.trimEnd().split('\n');
    expect(head).toBe('assidu: settings:');
    expect(lines.map((line) => line.trim().split(':')[0])).toEqual(['PORT', 'ASSIDU_SECRET', 'ASSIDU_LOG']);
    expect((await of('production')).stderr.match(/is needed in production/g)).toHaveLength(2);
  });

  it('says in a line when the data folder cannot be one', async () => {
    const { code, stderr } = await of('badFolder');
    expect([code, stderr.trimEnd().split('\n').length]).toEqual([1, 1]);
  });

  it('says in a line when the port is taken', async () => {
    const { code, stderr } = await of('takenPort');
    expect([code, stderr]).toEqual([1, expect.stringMatching(/^assidu: .*EADDRINUSE.*\n$/)]);
  });
});
