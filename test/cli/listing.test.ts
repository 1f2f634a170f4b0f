import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assidu, type Ran } from './run.ts';

const folder = mkdtempSync(join(tmpdir(), 'assidu-listing-'));
const lms = 'https://moodle.example.org';
const PLATFORM =
  `platform add --name Campus --issuer ${lms} --client-id abc --deployment 1 --json ` +
  `--auth-url ${lms}/auth --token-url ${lms}/token --jwks-url ${lms}/certs`;

const TERMS = [
  ['--requests-per-minute', '600'],
  ['--statements-per-minute', '3000'],
  ['--expires', '2099-01-31T00:00:00+01:00'],
  ['--trusted-source', `${lms}/campus/`],
  ['--on-invalid', 'skip'],
].flat();

describe('what was made by commands', () => {
  let platforms: Ran;
  let keys: Ran;
  let keyTable: Ran;
  let contentKeys: Ran;
  let cohorts: Ran;
  let shown: Ran;

  beforeAll(async () => {
    await assidu(folder, PLATFORM.split(' '));
    await Promise.all([
      assidu(folder, ['key', 'create', '--scopes', 'statements/write', '--name', 'plugin', ...TERMS]),
      assidu(folder, ['cohort', 'apply', 'config/examples/spoc.yaml']),
    ]);
    [platforms, keys, keyTable, contentKeys, cohorts, shown] = await Promise.all([
      assidu(folder, ['platform', 'list', '--json']),
      assidu(folder, ['key', 'list', '--json']),
      assidu(folder, ['key', 'list']),
      assidu(folder, ['key', 'list', '--content', '--json']),
      assidu(folder, ['cohort', 'list', '--json']),
      assidu(folder, ['cohort', 'show', 'gestion-projet-2026-09']),
    ]);
  }, 90_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('is listed: platforms, active at once', () => {
    expect(JSON.parse(platforms.stdout)).toMatchObject([
      { name: 'Campus', issuer: lms, clientId: 'abc', deployments: ['1'], status: 'active' },
    ]);
  });

  it('is listed: keys, without any secret', () => {
    expect(JSON.parse(keys.stdout)).toMatchObject([{ name: 'plugin', scopes: ['statements/write'] }]);
    expect(keys.stdout).not.toMatch(/secret/i);
  });

  it('is listed: the terms of a key', () => {
    expect(JSON.parse(keys.stdout)).toMatchObject([
      {
        limits: { requestsPerMinute: 600, statementsPerMinute: 3_000 },
        expiresAt: '2099-01-30T23:00:00.000Z',
        trustedSource: `${lms}/campus`,
        onInvalid: 'skip',
        boundTo: null,
      },
    ]);
    expect(keyTable.stdout).toContain(`600 requests/min, 3000 statements/min, trusted: ${lms}/campus`);
    expect(contentKeys.stdout).toBe('[]\n');
  });

  it('is listed and shown: cohorts, with defaults filled in', () => {
    expect(JSON.parse(cohorts.stdout)).toMatchObject([{ id: 'gestion-projet-2026-09', version: 1 }]);
    expect(JSON.parse(shown.stdout)).toMatchObject({
      id: 'gestion-projet-2026-09',
      units: [{ satisfiedBy: 'Completed', modality: 'online', required: true }, { minScore: 0.6 }],
    });
  });
});
