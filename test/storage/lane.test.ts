import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Lane, openThreadLane } from '../../src/storage/embedded/lane.ts';
import { openEmbedded } from '../../src/storage/embedded/open-embedded.ts';
import { packBatch } from '../../src/storage/embedded/packed-batch.ts';
import { anyWriter, statements } from './contract/subject.ts';

/** What no operation is called ends the thread that is told to do it: a fault of ours, as a fault in one would be. */
const DEADLY = 'no such operation';

describe('a thread of the embedded store that dies', () => {
  let folder: string;
  let lane: Lane;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'assidu-lane-'));
    await openEmbedded({ folder, mode: 'inline' }).close();
    lane = openThreadLane({ file: join(folder, 'assidu.sqlite'), access: 'write' });
  });
  afterEach(async () => {
    await lane.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const append = (count: number) =>
    lane.run('statements.append', {
      org: 'one',
      writer: anyWriter,
      batch: packBatch(statements(count)),
      attachments: [],
    });
  /** The answer of the first try that has one. */
  const again = async <Answer>(ask: () => Promise<Answer>): Promise<Answer> => {
    for (let tries = 0; tries < 200; tries += 1) {
      const answer = await ask().catch(() => null);
      if (answer !== null) return answer;
      await pause(20);
    }
    return ask();
  };
  const head = () => lane.run('statements.head', null);

  it('fails what waited for it, keeps what was answered, and is followed by another', async () => {
    await append(3);
    const [deadly, beside] = await Promise.allSettled([lane.run(DEADLY, null), append(2)]);
    for (const settled of [deadly, beside])
      expect(settled).toMatchObject({ status: 'rejected', reason: { code: 'storage' } });
    expect(await again(head)).toMatchObject({ seq: 3 });
    expect(await append(1)).toMatchObject({ kind: 'stored', lastSeq: 4 });
  });

  it('again and again is followed again and again, after a while', async () => {
    for (let death = 0; death < 2; death += 1) {
      await expect(lane.run(DEADLY, null)).rejects.toMatchObject({ code: 'storage' });
      await expect(head()).rejects.toThrow('a thread of the store has ended');
      expect(await again(head)).toMatchObject({ seq: 0 });
    }
  });

  it('is followed by none once the store is closed', async () => {
    await lane.close();
    await expect(head()).rejects.toThrow('the store is closed');
    await lane.close();
  });
});
