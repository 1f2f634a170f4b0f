import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openEmbedded } from '../../src/storage/embedded/open-embedded.ts';
import { statement } from '../xapi/statements.ts';
import { assidu } from './run.ts';

const folder = mkdtempSync(join(tmpdir(), 'assidu-quarantine-'));
const good = statement();
const spoilt = { ...statement(), verb: { id: 'did' } };
const entry = (id: string, text: string, receivedAt: number) => ({
  org: 'default',
  id,
  keyId: 'gone',
  receivedAt,
  version: '1.0.3' as const,
  text,
  code: 'invalid-statement' as const,
  problems: [{ path: 'verb.id', message: 'must be an IRI with a scheme' }],
});

beforeAll(async () => {
  const storage = openEmbedded({ folder, mode: 'inline' });
  await storage.quarantine.put([
    entry('good', JSON.stringify(good), Date.UTC(2026, 0, 5)),
    entry('spoilt', JSON.stringify(spoilt), Date.UTC(2026, 0, 6)),
    entry('rubbish', '{}', Date.UTC(2026, 0, 7)),
  ]);
  await storage.close();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const run = (...args: readonly string[]) => assidu(folder, ['quarantine', ...args]);

describe('assidu quarantine', () => {
  it('lists what could not be stored and shows it as it was sent', async () => {
    const [text, json, shown] = await Promise.all([
      run('list'),
      run('list', '--json'),
      run('show', 'spoilt'),
    ]);
    expect(text.stdout).toMatch(
      /^spoilt +— +2026-01-06T00:00:00\.000Z +1 +invalid-statement +verb\.id must be/m,
    );
    expect(JSON.parse(json.stdout)).toMatchObject([{ id: 'good' }, { id: 'spoilt' }, { id: 'rubbish' }]);
    expect(shown.stdout).toBe(`${JSON.stringify(spoilt)}\n`);
  });

  it('replays all, tells how many, and leaves the others where they are', async () => {
    const all = await run('replay', '--all');
    expect(all).toEqual({ code: 0, stdout: '1 stored, 2 still refused\n', stderr: '' });
  });

  it('fails when nothing could be stored, and says what is wrong with one that is replayed alone', async () => {
    const [all, one] = await Promise.all([run('replay', '--all', '--json'), run('replay', 'spoilt')]);
    expect([all.code, JSON.parse(all.stdout)]).toEqual([1, { stored: 0, refused: 2 }]);
    expect(all.stderr).toContain('nothing could be stored');
    expect([one.code, one.stdout]).toEqual([1, '']);
    expect(one.stderr).toContain('verb.id: must be an IRI');
  });

  it('replays one with its correction, and discards another', async () => {
    const file = join(folder, 'corrected.json');
    writeFileSync(file, JSON.stringify({ ...spoilt, verb: { id: 'https://example.org/did' } }));
    const [corrected, discarded] = await Promise.all([
      run('replay', 'spoilt', '--with', file),
      run('discard', 'rubbish'),
    ]);
    expect(corrected.stdout).toBe(`spoilt is stored as statement ${spoilt.id}\n`);
    expect(discarded.stdout).toBe('rubbish is discarded\n');
    const resolved = await run('list', '--state', 'resolved', '--json');
    expect(JSON.parse(resolved.stdout)).toMatchObject([
      { id: 'good', resolution: 'replayed' },
      { id: 'spoilt', resolution: 'replayed' },
      { id: 'rubbish', resolution: 'discarded' },
    ]);
  });

  it.each([
    [['list', '--state', 'closed'], 2, '--state'],
    [['replay'], 2, '--all'],
    [['show', 'unknown'], 1, 'unknown'],
  ] as const)('%j ends with %i and names %s', async (args, code, name) => {
    const ran = await run(...args);
    expect([ran.code, ran.stdout]).toEqual([code, '']);
    expect(ran.stderr).toContain(name);
  });
});
