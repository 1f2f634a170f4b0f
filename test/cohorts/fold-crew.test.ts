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
  let threads: Worker[];
  const start = (): Worker => {
    const thread = startThread(new URL('../../src/fold-thread', import.meta.url), { workerData: { folder } });
    threads.push(thread);
    return thread;
  };
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'assidu-crew-'));
    threads = [];
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
    expect(threads).toHaveLength(2);
    expect(threads.map(({ threadId }) => threadId)).toEqual([-1, -1]);
  });

  it('goes on where a thread died, and nothing is counted as folded that was not', async () => {
    await folding.define('first');
    const { advance } = folding.storage.facts;
    const dying = openFolding(
      folder,
      (facts) => ({
        ...facts,
        advance: async (...given) => {
          await advance(...given);
          await threads.at(-1)?.terminate();
        },
      }),
      createFoldCrew(1, start, BOUNDS),
    );
    await expect(dying.feed.settled()).rejects.toMatchObject({ code: 'storage' });
    await dying.close();
    const [reached] = await folding.storage.facts.positions();
    expect(reached).toMatchObject({ org: ORG, cohortId: COHORT });
    expect(reached?.seq).toBeLessThan(250);
    await folding.feed.settled();
    expect(await folding.factsOf(1)).toEqual(await everything());
  });
});
