import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { PNG } from '../organisations/logos.ts';
import { assidu } from './run.ts';

describe('organisation set and show', () => {
  const folder = mkdtempSync(join(tmpdir(), 'assidu-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const run = (...args: readonly string[]) => assidu(folder, ['organisation', ...args]);
  const file = (name: string, bytes: Buffer | string): string => {
    writeFileSync(join(folder, name), bytes);
    return join(folder, name);
  };

  it('keep what is given, leave the rest, and take the logo away on demand', async () => {
    const logo = file('logo.png', PNG);
    const set = await run(
      'set',
      '--name',
      'Université',
      '--website',
      'https://a.example',
      '--logo',
      logo,
      '--json',
    );
    expect([set.code, set.stderr]).toEqual([0, '']);
    expect(JSON.parse(set.stdout)).toMatchObject({
      org: 'default',
      name: { fr: 'Université', en: null },
      logo: { type: 'image/png', bytes: PNG.length },
    });
    await run('set', '--name-en', 'University', '--no-logo');
    expect(JSON.parse((await run('show', '--json')).stdout)).toEqual({
      org: 'default',
      name: { fr: 'Université', en: 'University' },
      website: 'https://a.example',
      logo: null,
    });
    expect((await run('show', '--org', 'other')).stdout).toContain('name     -');
  }, 60_000);

  it('refuse what is no image or no address, naming the option, and keep nothing of it', async () => {
    const [logo, website, nothing, absent] = await Promise.all([
      run('set', '--name', 'X', '--logo', file('page.svg', '<html></html>')),
      run('set', '--website', 'formation'),
      run('set'),
      run('set', '--logo', join(folder, 'absent.png')),
    ]);
    expect([logo.code, website.code, nothing.code, absent.code]).toEqual([2, 2, 2, 1]);
    expect(logo.stderr).toContain('--logo must be a PNG, JPEG or SVG image');
    expect(website.stderr).toContain('--website must be an address');
    expect((await run('show')).stdout).not.toContain('X');
  }, 60_000);
});
