import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openConnection } from '../../src/storage/embedded/connection.ts';
import { openEmbedded } from '../../src/storage/embedded/open-embedded.ts';
import { runScript } from '../support/run-script.ts';
import { accessKey } from './contract/keys.ts';
import { allOf, asking, idsOf, newOrg, statements, stored } from './contract/subject.ts';

interface Report {
  readonly written: readonly { readonly id: string; readonly stored: number }[];
  readonly learner: string;
}

const PROCESSES = 5;
const EACH = 40;
/** Long enough for all of them to have started, in ms. */
const HEAD_START = 2_500;

describe('the embedded store under several processes', () => {
  const folders: string[] = [];
  const newFolder = (): string => {
    const folder = mkdtempSync(join(tmpdir(), 'assidu-processes-'));
    folders.push(folder);
    return folder;
  };
  afterAll(() => {
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  });

  it('knows at once what another process makes of a key, however often it was asked for before', async () => {
    const folder = newFolder();
    const [serving, command] = [
      openEmbedded({ folder, mode: 'threads' }),
      openEmbedded({ folder, mode: 'inline' }),
    ];
    try {
      const made = Array.from({ length: 20 }, () => accessKey());
      for (const key of made) {
        expect(await serving.keys.find(key.key)).toBeNull();
        await command.keys.insert(key);
        expect(await serving.keys.find(key.key)).toEqual(key);
        await command.keys.revoke(key.org, key.key, 1);
        expect((await serving.keys.find(key.key))?.revokedAt).toBe(1);
      }
    } finally {
      await serving.close();
      await command.close();
    }
  });

  it('is made by five processes at once, which all write, while a sixth reads as well as it writes', {
    timeout: 60_000,
  }, async () => {
    const folder = newFolder();
    const org = newOrg();
    const at = Date.now() + HEAD_START;
    const running = Promise.all(
      Array.from({ length: PROCESSES }, () =>
        runScript('test/storage/writing-process.ts', [folder, `${at}`, `${EACH}`, org]),
      ),
    );
    await new Promise((resolve) => setTimeout(resolve, at - Date.now()));
    const storage = openEmbedded({ folder, mode: 'threads' });
    let ended = false;
    const ends = running.finally(() => {
      ended = true;
    });
    const own: string[] = [];
    let last = 0;
    while (!ended) {
      own.push(...(await stored(storage, org, statements(1))).ids);
      const { seq } = await storage.statements.head();
      expect(seq).toBeGreaterThan(last);
      last = seq;
    }
    const results = await ends;
    expect(results.map(({ code, stderr }) => ({ code, stderr }))).toEqual(
      Array(PROCESSES).fill({ code: 0, stderr: '' }),
    );
    const reports = results.map(({ stdout }): Report => JSON.parse(stdout));
    const written = reports.flatMap((report) => report.written);
    const kept = await allOf(storage, org, asking());
    expect(idsOf(kept).toSorted()).toEqual([...idsOf(written), ...own].toSorted());
    expect(new Set(reports.map(({ learner }) => learner)).size).toBe(1);
    // Every append waited for its answer, so each was a commit of its own: no two processes shared a `stored`.
    expect(new Set(kept.map((each) => each.stored)).size).toBe(kept.length);
    expect(kept.map((each) => each.stored)).toEqual(
      kept.map((each) => each.stored).toSorted((a, b) => a - b),
    );
    expect(await allOf(storage, org, asking({ agent: 'mailto:same@example.org' }))).toHaveLength(
      written.length,
    );
    await storage.close();
  });

  it('lets reads pass and writes wait while another process holds a transaction', async () => {
    const folder = newFolder();
    const org = newOrg();
    const storage = openEmbedded({ folder, mode: 'threads' });
    const { lastSeq } = await stored(storage, org, statements(1));
    const other = openConnection(join(folder, 'assidu.sqlite'), 'write');
    other.exec('BEGIN IMMEDIATE');
    other.run('UPDATE statements SET text = ?', '{"uncommitted":true}');
    const waiting = stored(storage, org, statements(1));
    expect(await storage.statements.head()).toMatchObject({ seq: lastSeq });
    expect((await storage.statements.feed(0, 1))[0]?.text).not.toContain('uncommitted');
    other.exec('ROLLBACK');
    other.close();
    expect((await waiting).lastSeq).toBeGreaterThan(lastSeq);
    await storage.close();
  });

  it('is not opened when a newer version has made it', async () => {
    const folder = newFolder();
    await openEmbedded({ folder, mode: 'inline' }).close();
    const database = openConnection(join(folder, 'assidu.sqlite'), 'write');
    database.exec('PRAGMA user_version = 1000');
    database.close();
    expect(() => openEmbedded({ folder, mode: 'inline' })).toThrow(/newer version/);
  });
});
