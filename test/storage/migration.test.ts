import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mongoose from 'mongoose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openConnection } from '../../src/storage/embedded/connection.ts';
import { openEmbedded } from '../../src/storage/embedded/open-embedded.ts';
import {
  type MigrationResult,
  type MigrationStep,
  migrateStore,
} from '../../src/storage/migration/migrate-store.ts';
import { MOVES, NOT_MOVED } from '../../src/storage/migration/moves/index.ts';
import { openMongo } from '../../src/storage/mongodb/open-mongodb.ts';
import { mongoServer, newDatabase } from '../support/mongodb-server.ts';
import { dropDatabase } from '../support/open-mongodb.ts';
import { newOrg, statement, stored } from './contract/subject.ts';
import { fillStore } from './migration/full-store.ts';
import { readStore } from './migration/read-store.ts';

const server = await mongoServer();
const STATEMENTS = 2_000;

describe('what is moved out of an embedded store', () => {
  it('is every table, but for what is made anew', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'assidu-tables-'));
    await openEmbedded({ folder, mode: 'inline' }).close();
    const connection = openConnection(join(folder, 'assidu.sqlite'), 'read');
    const tables = connection
      .all("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'")
      .map(({ name }) => String(name));
    connection.close();
    rmSync(folder, { recursive: true });
    const moved = new Set([...MOVES.flatMap((move) => move.tables), ...NOT_MOVED]);
    expect(tables.filter((name) => !moved.has(name))).toEqual([]);
    expect([...moved].filter((name) => !tables.includes(name))).toEqual([]);
  });
});

describe.skipIf(server === null)('moving an embedded store into MongoDB', { timeout: 180_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'assidu-migration-'));
  const databases: string[] = [];
  const newTarget = (): string => {
    const uri = server === null ? '' : newDatabase(server);
    databases.push(uri);
    return uri;
  };
  const move = (uri: string, onStep: (step: MigrationStep) => void = () => undefined) =>
    migrateStore({ folder, uri, clock: Date.now, onStep });
  const sourceHash = () =>
    createHash('sha256')
      .update(readFileSync(join(folder, 'assidu.sqlite')))
      .digest('hex');
  let whole: Partial<MigrationResult> = {};
  let before: Awaited<ReturnType<typeof readStore>> = {};
  beforeAll(async () => {
    const storage = openEmbedded({ folder, mode: 'inline' });
    await fillStore(storage, STATEMENTS);
    before = await readStore(storage);
    await storage.close();
  });
  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true });
    for (const uri of databases) await dropDatabase(uri);
  });

  it('leaves every port answering what it answered, and the source as it was', async () => {
    const uri = newTarget();
    const hash = sourceHash();
    const result = await move(uri);
    whole = result;
    expect(sourceHash()).toBe(hash);
    expect(result.resumed).toBe(false);
    expect(result.moved).toContainEqual({ name: 'statements', rows: STATEMENTS + 25 });
    const storage = openMongo({ uri });
    try {
      expect(await readStore(storage)).toEqual(before);
      const { seq, stored: last } = await storage.statements.head();
      const next = await stored(storage, newOrg(), [statement()]);
      expect(next.lastSeq).toBeGreaterThan(seq);
      expect(next.stored).toBeGreaterThan(last);
      expect(await storage.cohorts.addVersion(version)).toMatchObject({ version: 3 });
    } finally {
      await storage.close();
    }
    await expect(move(uri)).rejects.toMatchObject({ code: 'conflict' });
  });

  it('goes on where it was interrupted, tells what is not as it should be, and comes to the same end', async () => {
    const uri = newTarget();
    const interrupted = new Error('interrupted');
    const until = (name: string, done: number) => (step: MigrationStep) => {
      if (step.name === name && step.done >= done) throw interrupted;
    };
    for (const stop of [until('learners', 1), until('statements', 1_000), until('statements', 2_000)])
      await expect(move(uri, stop)).rejects.toMatchObject({ cause: interrupted });
    const early = openMongo({ uri });
    await expect(early.statements.head()).rejects.toMatchObject({ code: 'storage' });
    await early.close();
    const text = await replaceText(uri, '{"changed":true}');
    await expect(move(uri)).rejects.toMatchObject({
      code: 'storage',
      problems: [{ path: 'statements', message: expect.any(String) }],
    });
    await replaceText(uri, text);
    const seen: MigrationStep[] = [];
    const result = await move(uri, (step) => seen.push(step));
    expect(result).toEqual({ ...whole, resumed: true });
    expect(seen.filter(({ step }) => step === 'move')).toEqual([]);
  });

  it('refuses a database that holds something else, and a source that is none', async () => {
    const uri = newTarget();
    const storage = openMongo({ uri });
    await storage.cohorts.addVersion(version);
    await storage.close();
    await expect(move(uri)).rejects.toMatchObject({ code: 'conflict' });
    const nowhere = { folder: join(folder, 'none'), uri, clock: Date.now };
    await expect(migrateStore(nowhere)).rejects.toMatchObject({ code: 'not-found' });
  });

  it('refuses a source that was written to since the move began', async () => {
    const uri = newTarget();
    const interrupted = new Error('interrupted');
    const stop = ({ name }: MigrationStep) => {
      if (name === 'statements') throw interrupted;
    };
    await expect(move(uri, stop)).rejects.toMatchObject({ cause: interrupted });
    const storage = openEmbedded({ folder, mode: 'inline' });
    await stored(storage, newOrg(), [statement()]);
    await storage.close();
    await expect(move(uri)).rejects.toMatchObject({ code: 'conflict' });
  });
});

/** Changes the text of the first statement of a database; answers what it was. */
async function replaceText(uri: string, text: string): Promise<string> {
  const connection = await mongoose.createConnection(uri).asPromise();
  const statements = connection.collection('statements');
  const before = await statements.findOne({ seq: 1 });
  await statements.updateOne({ seq: 1 }, { $set: { text } });
  await connection.close();
  return String(before?.text);
}

const version = {
  org: 'default',
  cohortId: 'spoc',
  definition: '{}',
  removed: false,
  recordedAt: 0,
  recordedBy: 'a test',
};
