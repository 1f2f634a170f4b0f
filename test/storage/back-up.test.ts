import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openEmbedded } from '../../src/storage/embedded/open-embedded.ts';
import { assidu } from '../cli/run.ts';
import { type RunningAssidu, startAssidu } from '../support/start-assidu.ts';

const statement = (n: number) => ({
  actor: { account: { homePage: 'https://lms.example', name: `learner ${n}` } },
  verb: { id: 'http://adlnet.gov/expapi/verbs/completed' },
  object: { id: 'https://lms.example/unit' },
});

describe('assidu backup', () => {
  const targets = mkdtempSync(join(tmpdir(), 'assidu-backup-'));
  let product: RunningAssidu;
  beforeAll(async () => {
    product = await startAssidu();
  });
  afterAll(async () => {
    await product.close();
    rmSync(targets, { recursive: true, force: true });
  });

  const send = async (n: number): Promise<string> => {
    const answer = await product.request('POST', '/xapi/statements', statement(n));
    expect(answer.status).toBe(200);
    return answer.json[0];
  };

  it('holds everything acknowledged before it began, is whole, and lets others write meanwhile', async () => {
    const before = await Promise.all(Array.from({ length: 200 }, (_, n) => send(n)));
    const target = join(targets, 'whole');
    let done = false;
    const running = assidu(product.folder, ['backup', target, '--json']).finally(() => {
      done = true;
    });
    let meanwhile = 0;
    while (!done) {
      await send(1_000 + meanwhile);
      meanwhile += 1;
    }
    const { code, stdout, stderr } = await running;
    expect(stderr).toBe('');
    expect(code).toBe(0);
    expect(meanwhile).toBeGreaterThan(0);
    expect(JSON.parse(stdout)).toEqual({
      folder: target,
      bytes: statSync(join(target, 'assidu.sqlite')).size,
    });
    const copy = openEmbedded({ folder: target, mode: 'inline' });
    const kept = await copy.statements.feed(0, 10_000);
    expect(await copy.check.faults()).toEqual([]);
    await copy.close();
    const ids = new Set(kept.map(({ id }) => id));
    expect(before.filter((id) => !ids.has(id))).toEqual([]);
    const verified = await assidu(target, ['verify'], { environment: { ASSIDU_SECRET: product.secret } });
    expect(verified.code).toBe(0);
  });

  it('brings the secret along that the data cannot be read without', async () => {
    const alone = join(targets, 'alone');
    expect((await assidu(alone, ['key', 'create', '--scopes', 'all', '--json'])).code).toBe(0);
    expect((await assidu(alone, ['backup', join(targets, 'with-secret')])).code).toBe(0);
    expect(readdirSync(join(targets, 'with-secret')).sort()).toEqual(['assidu.sqlite', 'secret']);
    expect(statSync(join(targets, 'with-secret', 'secret')).mode & 0o077).toBe(0);
  });

  it('writes nothing into a folder that holds something, and copies no store that is not there', async () => {
    const taken = mkdtempSync(join(targets, 'taken-'));
    writeFileSync(join(taken, 'letter'), 'mine');
    const refused = await assidu(product.folder, ['backup', taken]);
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain(`${taken} is not empty`);
    expect(readdirSync(taken)).toEqual(['letter']);
    const nothing = await assidu(join(targets, 'nothing'), ['backup', join(targets, 'new')]);
    expect(nothing.code).toBe(1);
    expect(nothing.stderr).toContain('there is no store in');
    expect(readdirSync(targets)).not.toContain('new');
  });
});
