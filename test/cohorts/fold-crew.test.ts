import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startThread } from '../../src/base/start-thread.ts';
import { createFoldCrew } from '../../src/cohorts/fold-crew.ts';
import { COHORT, type Folding, ORG, openFolding } from './folding.ts';

/** Few enough that a test has several stretches. */
const BOUNDS = { from: 100, stretch: 40 };

describe('a long history', () => {
  let folder: string;
  let folding: Folding;
  /** How each thread ended: 0 by itself, 1 in the middle of something; null while it is there. */
  let ends: (number | null)[];
  const startOn = (module: string) => (): Worker => {
    const thread = startThread(new URL(module, import.meta.url), { workerData: { folder } });
    const index = ends.push(null) - 1;
    thread.once('exit', (code) => {
      ends[index] = code;
    });
    return thread;
  };
  const start = startOn('../../src/fold-thread');
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'assidu-crew-'));
    ends = [];
    folding = openFolding(folder, (facts) => facts, createFoldCrew(2, start, BOUNDS));
    for (let batch = 0; batch < 5; batch += 1) await folding.tell(50);
  });
  afterEach(async () => {
    await folding.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const everything = async (): Promise<readonly string[]> =>
    (await folding.storage.statements.feed(0, 10_000)).map(({ id }) => id).toSorted();

  it('is made into the same facts by several threads, which are gone afterwards', async () => {
    await folding.define('first');
    await folding.feed.settled();
    expect(await folding.factsOf(1)).toEqual(await everything());
    expect(ends).toEqual([0, 0]);
  });

  it('goes on where a thread died, and nothing is counted as folded that was not', async () => {
    await folding.define('first');
    const dying = openFolding(
      folder,
      (facts) => facts,
      createFoldCrew(1, startOn('./dying-fold-thread'), BOUNDS),
    );
    await expect(dying.feed.settled()).rejects.toMatchObject({ code: 'storage' });
    await dying.close();
    const [reached] = await folding.storage.facts.positions();
    expect(reached).toMatchObject({ org: ORG, cohortId: COHORT });
    expect([40, 80]).toContain(reached?.seq);
    expect(ends).toEqual([1]);
    await folding.feed.settled();
    expect(await folding.factsOf(1)).toEqual(await everything());
  });

  it('that cannot be written leaves no thread in the middle of its work', async () => {
    await folding.define('first');
    const failing = openFolding(
      folder,
      (facts) => ({ ...facts, advance: () => Promise.reject(new Error('the disk is full')) }),
      createFoldCrew(2, start, BOUNDS),
    );
    await expect(failing.feed.settled()).rejects.toThrow('the disk is full');
    expect(ends).toEqual([0, 0]);
    await failing.close();
  });
});
