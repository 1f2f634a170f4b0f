import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openEmbedded } from '../../src/storage/embedded/open-embedded.ts';
import type { Storage } from '../../src/storage/ports/index.ts';
import {
  allOf,
  anyWriter,
  asking,
  direct,
  idsOf,
  newOrg,
  statement,
  statements,
  stored,
  writer,
} from './contract/subject.ts';

describe.each(['inline', 'threads'] as const)('group commit of the embedded store, %s', (mode) => {
  const folder = mkdtempSync(join(tmpdir(), 'assidu-group-'));
  let storage: Storage;
  beforeEach(() => {
    storage = openEmbedded({ folder, mode });
  });
  afterEach(async () => {
    await storage.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('lets writes that arrive together share a transaction, and so a `stored`', async () => {
    const org = newOrg();
    const results = await Promise.all(Array.from({ length: 400 }, () => stored(storage, org, statements(1))));
    const commits = new Set(results.map((result) => result.stored));
    expect(commits.size).toBeLessThan(results.length / 10);
    const kept = await allOf(storage, org, asking());
    expect(kept).toHaveLength(400);
    expect(new Set(kept.map((each) => each.stored))).toEqual(commits);
  });

  it('lets a write that fails or is refused harm none of its neighbours', async () => {
    const org = newOrg();
    const known = statement();
    await stored(storage, org, [known]);
    // No client can send an id twice in one batch; the store fails at it after it has begun to write.
    const twice = statement({ agents: direct('mailto:new@example.org'), verb: 'https://v.example/new' });
    const neighbours = [statement(), { ...twice, id: statement().id }, statement()];
    const [first, failed, second, refused, third] = await Promise.allSettled([
      stored(storage, org, neighbours.slice(0, 1)),
      storage.statements.append(org, anyWriter, [statement(), twice, twice]),
      stored(storage, org, neighbours.slice(1, 2)),
      storage.statements.append(org, anyWriter, [statement(), known]),
      stored(storage, org, neighbours.slice(2)),
    ]);
    expect([first, second, third].map(({ status }) => status)).toEqual(Array(3).fill('fulfilled'));
    expect(failed).toMatchObject({ status: 'rejected', reason: { code: 'storage' } });
    expect(refused).toMatchObject({ status: 'fulfilled', value: { kind: 'known', known: [{ index: 1 }] } });
    expect(idsOf(await allOf(storage, org, asking()))).toEqual(idsOf([known, ...neighbours]));
    // The terms that the failed write brought first are the neighbour's now.
    const found = await allOf(
      storage,
      org,
      asking({ agent: 'mailto:new@example.org', verb: 'https://v.example/new' }),
    );
    expect(idsOf(found)).toEqual(idsOf(neighbours.slice(1, 2)));
  });

  it('keeps an id that several send at once for one of them, and tells the others what is kept', async () => {
    const org = newOrg();
    const same = statement();
    const sent = Array.from({ length: 5 }, () => [statement(), same]);
    const results = await Promise.all(
      sent.map((batch, index) =>
        storage.statements.append(org, index < 3 ? anyWriter : writer(`key ${index}`), batch),
      ),
    );
    const kept = await storage.statements.get(org, same.id);
    expect(results.filter(({ kind }) => kind === 'stored')).toHaveLength(1);
    for (const result of results)
      if (result.kind === 'known') expect(result.known).toEqual([{ index: 1, text: kept?.text }]);
    expect(await allOf(storage, org, asking())).toHaveLength(2);
  });

  it('answers each write with the position of its own last statement', async () => {
    const org = newOrg();
    const batches = [3, 0, 1, 2].map((count) => statements(count));
    const results = await Promise.all(batches.map((batch) => stored(storage, org, batch)));
    for (const [index, batch] of batches.entries()) {
      const last = batch.at(-1);
      if (last) expect((await storage.statements.get(org, last.id))?.seq).toBe(results[index]?.lastSeq);
    }
    expect(idsOf(await allOf(storage, org, asking()))).toEqual(idsOf(batches.flat()));
  });

  it('answers other writes of the group as well', async () => {
    const org = newOrg();
    const [learner, , version] = await Promise.all([
      storage.cohorts.learnerOf(org, 'an actor', { learnerId: 'l', name: null, at: 0 }),
      stored(storage, org, statements(3)),
      storage.cohorts.addVersion({
        org,
        cohortId: 'spoc',
        definition: '{}',
        removed: false,
        recordedAt: 0,
        recordedBy: 'a test',
      }),
    ]);
    expect([learner.id, version.version]).toEqual(['l', 1]);
  });
});

describe('the clock of the embedded store', () => {
  const folder = mkdtempSync(join(tmpdir(), 'assidu-clock-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('may stand still or go back, even while the store is closed: `stored` grows with every commit', async () => {
    const org = newOrg();
    const instants: number[] = [];
    for (const now of [1_000, 500, 1_000]) {
      const storage = openEmbedded({ folder, mode: 'inline', clock: () => now });
      for (let turn = 0; turn < 3; turn += 1)
        instants.push((await stored(storage, org, statements(2))).stored);
      await storage.close();
    }
    expect(instants).toEqual(Array.from({ length: 9 }, (_, index) => 1_000 + index));
  });
});
