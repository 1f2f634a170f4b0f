import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { openMongo } from '../../src/storage/mongodb/open-mongodb.ts';
import type { StoredStatement } from '../../src/storage/ports/index.ts';
import { mongoServer, newDatabase } from '../support/mongodb-server.ts';
import { dropDatabase } from '../support/open-mongodb.ts';
import { type Running, startScript } from '../support/run-script.ts';
import { newOrg, statements, stored } from './contract/subject.ts';

const server = await mongoServer();
/** Processes at once, and how often each place is filled anew. */
const PLACES = 3;
const LIVES = 2;

describe.skipIf(server === null)(
  'processes over one MongoDB database that are killed while they write',
  () => {
    it('lose nothing they have acknowledged, leave nothing in part and double nothing', {
      timeout: 120_000,
    }, async () => {
      if (server === null) throw new Error('skipped');
      const uri = newDatabase(server);
      const org = newOrg();
      const start = (name: string): Running =>
        startScript('test/storage/mongodb-writing-process.ts', [uri, org, name]);
      const lives = Array.from({ length: PLACES }, async (_, place) => {
        const said: string[] = [];
        for (let life = 0; life < LIVES; life += 1) {
          const running = start(`p${place}-${life}`);
          await running.spoke;
          await pause(Math.random() * 1_000);
          running.kill();
          const { stdout, stderr } = await running.ended;
          expect(stderr).toBe('');
          // A line that was cut off was not told to anybody.
          said.push(
            ...stdout
              .slice(0, stdout.lastIndexOf('\n') + 1)
              .split('\n')
              .filter(Boolean),
          );
        }
        return said.map((line) => line.split(' '));
      });
      const acknowledged = (await Promise.all(lives)).flat();
      expect(acknowledged.length).toBeGreaterThan(0);

      const storage = openMongo({ uri, lease: 300 });
      try {
        // Its answer says that everything before is finished.
        const { lastSeq } = await stored(storage, org, statements(1));
        const kept: StoredStatement[] = [];
        for (let after = 0; ; ) {
          const page = await storage.statements.feed(after, 500);
          kept.push(...page);
          after = page.at(-1)?.seq ?? after;
          if (page.length < 500) break;
        }
        const ids = kept.map(({ id }) => id);
        expect(new Set(ids).size).toBe(ids.length);
        expect(kept.at(-1)?.seq).toBe(lastSeq);
        for (const [mark = '', ...batch] of acknowledged) {
          expect(ids.filter((id) => batch.includes(id))).toEqual(batch);
          const sha2 = createHash('sha256').update(mark).digest('hex');
          const bytes: Uint8Array[] = [];
          for await (const chunk of storage.attachments.read(org, sha2)) bytes.push(chunk);
          expect(Buffer.concat(bytes).toString()).toBe(mark);
        }
        // Batches of three, all of each, and at most one more of each life: accepted, but not acknowledged in time.
        const batches = (kept.length - 1) / 3;
        expect(Number.isInteger(batches)).toBe(true);
        expect(batches).toBeGreaterThanOrEqual(acknowledged.length);
        expect(batches).toBeLessThanOrEqual(acknowledged.length + PLACES * LIVES);
        expect(await storage.check.faults()).toEqual([]);
      } finally {
        await storage.close();
        await dropDatabase(uri);
      }
    });
  },
);
