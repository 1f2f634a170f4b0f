import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openConnection } from '../../src/storage/embedded/connection.ts';
import { openEmbedded } from '../../src/storage/embedded/open-embedded.ts';
import { runScript } from '../support/run-script.ts';
import { enrolled } from '../support/scene.ts';
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

  it('sees at once whom another process enrols, renames and links, however often it has looked before', async () => {
    const folder = newFolder();
    const [serving, command] = [
      openEmbedded({ folder, mode: 'threads' }),
      openEmbedded({ folder, mode: 'inline' }),
    ];
    const seen = async (org: string) => {
      const { learners, links } = await serving.cohorts.people(org, { cohortId: 'spoc' });
      const changes = await serving.cohorts.enrolmentChanges(org, 'spoc');
      return [changes.length, learners.map(({ name }) => name), links.length];
    };
    try {
      const [org, other] = [newOrg(), newOrg()];
      expect(await seen(org)).toEqual([0, [], 0]);
      const made = { learnerId: 'learner-1', name: 'A', at: 1 };
      await command.cohorts.learnerOf(org, 'mbox|mailto:a@example.org', made);
      const change = enrolled('learner-1', { org, cohortId: 'spoc' });
      await command.cohorts.addEnrolmentChanges([change]);
      expect(await seen(org)).toEqual([1, ['A'], 0]);
      expect(await serving.cohorts.enrolmentChanges(org, 'spoc')).toBe(
        await serving.cohorts.enrolmentChanges(org, 'spoc'),
      );
      await command.cohorts.renameLearner(org, 'learner-1', 'B');
      expect(await seen(org)).toEqual([1, ['B'], 0]);
      await command.cohorts.addIdentityLinks([
        {
          org,
          learnerId: 'learner-1',
          other: 'learner-2',
          linked: true,
          by: 'hand',
          recordedAt: 2,
          recordedBy: 'test',
        },
      ]);
      expect(await seen(org)).toEqual([1, ['B'], 1]);
      expect(await seen(other)).toEqual([0, [], 0]);
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
