import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { account, definition } from '../api/definition.ts';
import { type RunningAssidu, startAssidu } from '../support/start-assidu.ts';
import { idsOf, query } from '../xapi/statements.ts';
import { assidu, type Ran } from './run.ts';

/** Commands beside a running server, over the same data folder. */
let server: RunningAssidu;
const ran: Record<string, Ran> = {};

const UNIT = 'https://lms.example.org/mod/page/view.php?id=12';
const YAML = `
id: from-yaml
title: {fr: "Promotion 9", en: "Class 9"}
kind: blended
startsOn: 2026-09-07
units:
  - {id: "${UNIT}", plannedMinutes: 45}
`;
const FAULTY = YAML.replace('plannedMinutes: 45', 'plannedMinutes: 45, minScore: 60').replace(
  'kind: blended',
  'kind: mixed',
);
const BROKEN = YAML.replace('kind: blended', 'kind: blended\nkind: spoc');
const PLATFORM = [
  ['--name', 'Campus'],
  ['--issuer', 'https://moodle.example.org'],
  ['--client-id', 'abc'],
  ['--auth-url', 'https://moodle.example.org/mod/lti/auth.php'],
  ['--token-url', 'https://moodle.example.org/mod/lti/token.php'],
  ['--jwks-url', 'https://moodle.example.org/mod/lti/certs.php'],
  ['--deployment', '1'],
  ['--deployment', '2'],
  ['--org', 'default'],
].flat();
const said = (name: string) => ({
  actor: account(name),
  verb: { id: 'http://adlnet.gov/expapi/verbs/completed' },
  object: { id: UNIT },
  timestamp: '2026-09-10T10:00:00Z',
});
const NDJSON = `${['1', '2', '3'].map((name) => JSON.stringify(said(name))).join('\n')}\n`;
const ARRAY = JSON.stringify([said('4'), { ...said('5'), verb: 'did' }, said('6')], null, 1);

beforeAll(async () => {
  server = await startAssidu();
  const file = (name: string, content: string | Uint8Array) => {
    const path = join(server.folder, name);
    writeFileSync(path, content);
    return path;
  };
  const run = async (commands: Record<string, readonly [args: readonly string[], input?: string]>) => {
    await Promise.all(
      Object.entries(commands).map(async ([name, [args, input]]) => {
        ran[name] = await assidu(server.folder, args, input === undefined ? {} : { input });
      }),
    );
  };
  const packed = file('statements.ndjson.gz', gzipSync(NDJSON));
  const create = ['key', 'create', '--org', 'default', '--scopes', 'all,cohorts', '--json'];
  await run({
    keyCreate: [create],
    platformAdd: [['platform', 'add', ...PLATFORM, '--json']],
    applyYaml: [['cohort', 'apply', file('cohort.yaml', YAML), '--json']],
    applyJson: [['cohort', 'apply', '-'], JSON.stringify(definition({ id: 'from-json' }))],
    applyFaulty: [['cohort', 'apply', file('faulty.yaml', FAULTY)]],
    applyBroken: [['cohort', 'apply', file('broken.yaml', BROKEN)]],
    importArray: [['import', 'statements', file('statements.json', ARRAY)]],
    importPacked: [['import', 'statements', packed]],
  });
  await server.request('POST', '/api/v1/cohorts/from-yaml/enrolments', [
    { actor: account('1'), enrolledAt: '2026-09-07T08:00:00Z' },
    { actor: account('7'), enrolledAt: '2026-09-07T08:00:00Z' },
  ]);
  const metrics = ['metrics', 'from-yaml', '--as-of', '2026-09-20T12:00:00Z'];
  await run({
    importAgain: [['import', 'statements', '-'], NDJSON],
    importRubbish: [['import', 'statements', '-'], 'rubbish\n'],
    metricsText: [metrics],
    metricsJson: [[...metrics, '--json']],
    platformAgain: [['platform', 'add', ...PLATFORM]],
    verify: [['verify']],
  });
}, 120_000);
afterAll(() => server.close());

const of = (name: string): Ran => {
  const found = ran[name];
  if (!found) throw new Error(`nothing ran as ${name}`);
  return found;
};
const json = (name: string) => JSON.parse(of(name).stdout);
const failed = { code: 1, stdout: '' };
const succeeded = { code: 0, stderr: '' };

describe('assidu key', () => {
  it('create prints key and secret, which work at once at the running server, and stop when revoked', async () => {
    expect(of('keyCreate')).toMatchObject(succeeded);
    expect(json('keyCreate')).toEqual({
      key: expect.stringMatching(/^ak_[0-9a-f]{24}$/),
      secret: expect.stringMatching(/^[\w-]{43}$/),
    });
    const { key, secret } = json('keyCreate');
    const authorization = `Basic ${Buffer.from(`${key}:${secret}`).toString('base64')}`;
    for (const path of ['/xapi/statements?limit=1', '/api/v1/cohorts'])
      expect((await server.request('GET', path, undefined, { authorization })).status).toBe(200);
    const revoked = await assidu(server.folder, ['key', 'revoke', key]);
    expect(revoked).toMatchObject({ code: 0, stdout: `${key} is revoked\n` });
    expect((await server.request('GET', '/api/v1/cohorts', undefined, { authorization })).status).toBe(401);
  });
});

describe('assidu platform', () => {
  it('add registers a platform that is active at once', async () => {
    expect(of('platformAdd')).toMatchObject(succeeded);
    expect(json('platformAdd')).toMatchObject({
      org: 'default',
      name: 'Campus',
      issuer: 'https://moodle.example.org',
      clientId: 'abc',
      authUrl: 'https://moodle.example.org/mod/lti/auth.php',
      tokenUrl: 'https://moodle.example.org/mod/lti/token.php',
      jwksUrl: 'https://moodle.example.org/mod/lti/certs.php',
      deployments: ['1', '2'],
      status: 'active',
    });
    const login = new URLSearchParams({
      iss: 'https://moodle.example.org',
      client_id: 'abc',
      login_hint: '4',
      target_link_uri: `${server.url}/lti/launch`,
    });
    expect((await server.request('GET', `/lti/login?${login}`)).status).toBe(200);
  });

  it('add refuses a platform that is there already', () => {
    expect(of('platformAgain')).toMatchObject({
      ...failed,
      stderr: expect.stringMatching(/registered already\n$/),
    });
  });
});

describe('assidu cohort', () => {
  it('apply takes YAML, or JSON from standard input, and the server has it', async () => {
    expect(of('applyYaml')).toMatchObject(succeeded);
    expect(json('applyYaml')).toEqual({ id: 'from-yaml', version: 1, outcome: 'created' });
    expect(of('applyJson')).toEqual({ ...succeeded, stdout: 'from-json: created, version 1\n' });
    const { json: read } = await server.request('GET', '/api/v1/cohorts/from-yaml');
    expect(read).toMatchObject({ startsOn: '2026-09-07', units: [{ id: UNIT, plannedMinutes: 45 }] });
  });

  it('apply names each field at fault and its line', () => {
    expect(of('applyFaulty')).toMatchObject({
      ...failed,
      stderr: expect.stringMatching(
        /faulty\.yaml:\n {2}line 4: kind: .*\n {2}line 7: units\[0\]\.minScore: /,
      ),
    });
    expect(of('applyBroken')).toMatchObject({
      ...failed,
      stderr: expect.stringMatching(/broken\.yaml:\n {2}line 5: Map keys must be unique/),
    });
  });
});

describe('assidu import statements', () => {
  it('takes a JSON array, and tells the lines it refuses on stderr', () => {
    expect(of('importArray')).toEqual({
      code: 0,
      stdout: '2 accepted, 1 refused\n',
      stderr: expect.stringMatching(/^line \d+: verb: .*\n$/),
    });
    const line = Number(/^line (\d+)/.exec(of('importArray').stderr)?.[1]);
    expect(
      ARRAY.split('\n')
        .slice(line - 1)
        .join(''),
    ).toMatch(/^\s*\{.*"did"/);
  });

  it('takes packed lines, and the same again from standard input, without a double', async () => {
    expect(of('importPacked')).toEqual({ ...succeeded, stdout: '3 accepted, 0 refused\n' });
    expect(of('importAgain')).toEqual({ ...succeeded, stdout: '3 accepted, 0 refused\n' });
    expect(idsOf(await query(server, { activity: UNIT }))).toHaveLength(5);
  });

  it('fails when nothing could be taken', () => {
    const { code, stdout, stderr } = of('importRubbish');
    expect([code, stdout]).toEqual([1, '0 accepted, 1 refused\n']);
    expect(stderr).toMatch(/^line 1: /);
  });
});

describe('assidu metrics', () => {
  it('prints the figures that the server answers', async () => {
    expect(of('metricsJson')).toMatchObject(succeeded);
    const answer = await server.request('GET', '/api/v1/cohorts/from-yaml/metrics?asOf=2026-09-20T12:00:00Z');
    expect(json('metricsJson')).toEqual(answer.json);
    expect(answer.json.counts).toMatchObject({ enrolled: 2, completed: 1, notStarted: 1 });
  });

  it('prints them as a table for people', () => {
    expect(of('metricsText')).toMatchObject(succeeded);
    const { stdout } = of('metricsText');
    expect(stdout).toMatch(/^from-yaml, to date, as of 2026-09-20T12:00:00\.000Z\n/);
    expect(stdout).toMatch(/^completed +1$/m);
    expect(stdout).toMatch(/^completionOfEnrolled +1\/2 +50\.0 % +\d+\.\d–\d+\.\d$/m);
  });
});

describe('assidu verify', () => {
  it('finds the figures of every cohort equal to recomputed ones', () => {
    expect(of('verify')).toEqual({ ...succeeded, stdout: 'from-json: equal\nfrom-yaml: equal\n' });
  });
});
