import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { freePort } from '../support/free-port.ts';
import { assidu } from './run.ts';

describe('a store met with another ASSIDU_SECRET', () => {
  const folder = mkdtempSync(join(tmpdir(), 'assidu-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const secrets = { old: randomBytes(32).toString('hex'), other: randomBytes(32).toString('hex') };
  const run = (secret: string, ...args: readonly string[]) =>
    assidu(folder, args, { environment: { ASSIDU_SECRET: secret } });

  it('is not served, and says what to do; after new tool keys it is', async () => {
    const made = await run(secrets.old, 'tool-key', 'rotate', '--json');
    expect(made.code).toBe(0);
    const environment = { ASSIDU_SECRET: secrets.other, PORT: String(await freePort()) };
    const refused = await assidu(folder, ['serve'], { environment });
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain('ASSIDU_SECRET: is not the one');
    expect(refused.stderr).toContain('docs/operate.md');
    const old: { kid: string }[] = JSON.parse((await run(secrets.old, 'tool-key', 'list', '--json')).stdout);
    expect((await run(secrets.other, 'tool-key', 'rotate')).code).toBe(0);
    for (const { kid } of old) expect((await run(secrets.other, 'tool-key', 'remove', kid)).code).toBe(0);
    const [first] = JSON.parse((await run(secrets.other, 'tool-key', 'list', '--json')).stdout);
    expect(first.signs).toBe(true);
  }, 60_000);
});
