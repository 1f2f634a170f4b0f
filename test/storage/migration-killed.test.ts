import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import mongoose from 'mongoose';
import { describe, expect, it } from 'vitest';
import { openEmbedded } from '../../src/storage/embedded/open-embedded.ts';
import { openMongo } from '../../src/storage/mongodb/open-mongodb.ts';
import { builtCommand } from '../support/built-product.ts';
import { mongoServer, newDatabase } from '../support/mongodb-server.ts';
import { dropDatabase } from '../support/open-mongodb.ts';
import { startScript } from '../support/run-script.ts';
import { anyWriter, newOrg, statement, stored } from './contract/subject.ts';
import { fillStore } from './migration/full-store.ts';
import { readStore } from './migration/read-store.ts';

const server = await mongoServer();
/** ASSIDU_MIGRATION_STATEMENTS=200000 makes it minutes. */
const STATEMENTS = Number(process.env.ASSIDU_MIGRATION_STATEMENTS ?? 20_000);
const OTHERS = 2_000;
const BATCH = 1_000;
/** At how many statements the process is killed. */
const KILLED_AT = [STATEMENTS * 0.3, STATEMENTS * 0.7];

/** Statements of an organisation of their own, as small as statements are. */
async function fillWith(folder: string): Promise<Awaited<ReturnType<typeof readStore>>> {
  const storage = openEmbedded({ folder, mode: 'inline' });
  await fillStore(storage, OTHERS);
  const before = await readStore(storage);
  const org = newOrg();
  for (let from = 0; from < STATEMENTS; from += BATCH)
    await storage.statements.append(
      org,
      anyWriter,
      Array.from({ length: BATCH }, (_, index) => {
        const n = from + index;
        return statement({
          agents: [{ term: `account|https://lms.example|${n % 900}`, related: false }],
          activities: [
            { term: `https://lms.example/unit/${n % 70}`, related: false },
            { term: 'https://lms.example/course', related: true },
          ],
        });
      }),
    );
  await storage.close();
  return before;
}

describe.skipIf(server === null)(`moving ${STATEMENTS} statements into MongoDB`, () => {
  it('comes to its end when the process is killed twice, with everything there once', {
    timeout: 1_800_000,
  }, async () => {
    if (server === null) throw new Error('skipped');
    const folder = mkdtempSync(join(tmpdir(), 'assidu-migration-killed-'));
    const uri = newDatabase(server);
    const before = await fillWith(folder);
    const connection = await mongoose.createConnection(uri).asPromise();
    const steps = connection.collection<{ readonly _id: string; readonly rows: number }>('migration_steps');
    const movedStatements = async () => (await steps.findOne({ _id: 'statements' }))?.rows ?? 0;
    const command = () =>
      startScript(builtCommand(), ['migrate', '--from', `sqlite:${folder}`, '--to', uri, '--json']);
    for (const most of KILLED_AT) {
      const running = command();
      while ((await movedStatements()) < most) await pause(100);
      running.kill();
      expect(await running.ended).toMatchObject({ code: null, stdout: '' });
      console.info(`killed at ${await movedStatements()} of ${STATEMENTS} statements`);
    }
    const began = performance.now();
    const { code, stdout, stderr } = await command().ended;
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    console.info(`the rest, and comparing all of it: ${Math.round(performance.now() - began)} ms`);
    const result = JSON.parse(stdout);
    expect(result.resumed).toBe(true);
    const rows: number = result.moved.find(({ name }: { name: string }) => name === 'statements').rows;
    expect(rows).toBeGreaterThan(STATEMENTS + OTHERS);
    expect(await connection.collection('statements').countDocuments({})).toBe(rows);
    await connection.close();

    const storage = openMongo({ uri });
    expect((await storage.statements.head()).seq).toBe(rows);
    expect(await storage.cohorts.people('default', { cohortId: 'spoc' })).toEqual(before.people);
    expect((await stored(storage, newOrg(), [statement()])).lastSeq).toBe(rows + 1);
    await storage.close();
    await dropDatabase(uri);
    rmSync(folder, { recursive: true });
  });
});
