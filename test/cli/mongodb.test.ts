import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { type ServerProcess, startServerProcess } from '../crash/server-process.ts';
import { mongoServer, newDatabase } from '../support/mongodb-server.ts';
import { dropDatabase } from '../support/open-mongodb.ts';
import { assidu } from './run.ts';

const server = await mongoServer();
const SECRET = 'a secret that all instances of this test share';

/** What is called over the database while it is served. */
const COMMANDS = [
  'cohort list',
  'platform list',
  'platform invite',
  'tool-key list',
  'grant list',
  'quarantine list',
  'forward list',
  'pull list',
  'export statements --agent {"mbox":"mailto:p7@example.org"}',
  'access --actor {"mbox":"mailto:p7@example.org"}',
  'erase --actor {"mbox":"mailto:p7@example.org"} --yes',
  'rebuild',
  'verify',
];

const statement = (name: string) => ({
  actor: { mbox: `mailto:${name}@example.org` },
  verb: { id: 'http://adlnet.gov/expapi/verbs/completed' },
  object: { id: 'https://example.org/course' },
});

describe('commands that name MongoDB', () => {
  it('need the secret that all instances share, and a database', async () => {
    const environment = { MONGODB_URI: 'mongodb://127.0.0.1:9/assidu' };
    expect(await assidu('', ['key', 'list'], { environment })).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringContaining('ASSIDU_SECRET: is needed with MONGODB_URI'),
    });
  });

  it.each([
    ['--from', 'sqlite:data'],
    ['--to', 'mongodb://127.0.0.1/assidu'],
    ['--from', 'data', '--to', 'mongodb://127.0.0.1/assidu'],
    ['--from', 'sqlite:data', '--to', 'mongodb://127.0.0.1'],
  ])('migrate is called wrongly with %s %s %s %s', async (...args) => {
    expect(await assidu('', ['migrate', ...args.filter((arg) => arg !== undefined)])).toMatchObject({
      code: 2,
      stdout: '',
    });
  });

  it('migrate brings the embedded store up to date where no other is named', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'assidu-migrate-'));
    const first = await assidu(folder, ['migrate']);
    expect(first).toMatchObject({ code: 0, stderr: '', stdout: expect.stringContaining('schema 1') });
    const again = await assidu(folder, ['migrate', '--json']);
    expect(JSON.parse(again.stdout)).toEqual({ store: `sqlite:${folder}`, made: [] });
    rmSync(folder, { recursive: true });
  });
});

describe.skipIf(server === null)('over MongoDB', { timeout: 300_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'assidu-over-mongodb-'));
  const uri = server === null ? '' : newDatabase(server);
  const environment = { MONGODB_URI: uri, ASSIDU_SECRET: SECRET };
  const command = (...args: readonly string[]) => assidu(folder, args, { environment });
  const instances: ServerProcess[] = [];
  const startInstance = async (): Promise<ServerProcess> => {
    const instance = await startServerProcess(folder, environment);
    instances.push(instance);
    return instance;
  };
  afterAll(async () => {
    for (const instance of instances) instance.kill();
    rmSync(folder, { recursive: true, force: true });
    await dropDatabase(uri);
  });

  it('a store is moved there by a command, then indexed by another, and served by two instances', async () => {
    const made = await assidu(folder, ['key', 'create', '--scopes', 'all,cohorts', '--json'], {
      environment: { ASSIDU_SECRET: SECRET },
    });
    const { key, secret }: { key: string; secret: string } = JSON.parse(made.stdout);
    const lines = Array.from({ length: 300 }, (_, n) => JSON.stringify(statement(`p${n}`))).join('\n');
    await assidu(folder, ['import', 'statements', '-'], { input: lines });
    const moved = await command('migrate', '--from', `sqlite:${folder}`, '--to', uri, '--json');
    expect(moved).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(moved.stdout).moved).toContainEqual({ name: 'statements', rows: 300 });
    const again = await command('migrate', '--from', `sqlite:${folder}`, '--to', uri);
    expect(again).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('already') });
    expect((await command('migrate')).stdout).toMatch(/^mongodb:\S+ is up to date\n$/);

    const [one, other] = await Promise.all([startInstance(), startInstance()]);
    const headers = {
      authorization: `Basic ${Buffer.from(`${key}:${secret}`).toString('base64')}`,
      'content-type': 'application/json',
      'X-Experience-API-Version': '1.0.3',
    };
    const count = async (url: string) => {
      const query = new URLSearchParams({ activity: 'https://example.org/course', limit: '500' });
      const response = await fetch(`${url}/xapi/statements?${query}`, { headers });
      return JSON.parse(await response.text()).statements.length;
    };
    const post = (url: string, body: unknown) =>
      fetch(`${url}/xapi/statements`, { method: 'POST', headers, body: JSON.stringify(body) });
    expect((await post(one.url, [statement('x'), statement('y')])).status).toBe(200);
    expect([await count(one.url), await count(other.url)]).toEqual([302, 302]);
    one.stop();
    expect((await one.ended).code).toBe(0);
    expect((await post(other.url, statement('z'))).status).toBe(200);
    expect(await count(other.url)).toBe(303);
    for (const line of COMMANDS) {
      const { code, stderr } = await command(...line.split(' '));
      expect({ line, code, stderr }).toEqual({ line, code: 0, stderr: '' });
    }
    const listed = await command('key', 'list', '--json');
    expect(JSON.parse(listed.stdout)).toMatchObject([{ key }]);
    other.stop();
    expect((await other.ended).code).toBe(0);
  });

  it('an instance is not ready while the database does not answer, and says so', async () => {
    const wrong = {
      MONGODB_URI: 'mongodb://127.0.0.1:9/assidu?serverSelectionTimeoutMS=300',
      ASSIDU_SECRET: SECRET,
    };
    expect(await assidu(folder, ['key', 'list'], { environment: wrong })).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringContaining('the database did not do what it was asked'),
    });
  });
});
