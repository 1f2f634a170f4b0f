import { randomInt, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { builtCommand } from '../support/built-product.ts';
import { runScript } from '../support/run-script.ts';
import { COHORT, completion, ENROLLED, prepareStore, statementsIn } from './prepare.ts';
import { environmentOf, type ServerProcess, startServerProcess } from './server-process.ts';

const ROUNDS = 3;
const CLIENTS = 4;

/** A batch that was sent, and whether its answer came. */
interface Batch {
  readonly ids: readonly string[];
  acknowledged: boolean;
}

const answered = (sent: readonly Batch[]): number => sent.filter(({ acknowledged }) => acknowledged).length;

describe('a server killed while it takes statements in', () => {
  const folder = mkdtempSync(join(tmpdir(), 'assidu-kill-'));
  let server: ServerProcess | undefined;
  afterAll(async () => {
    server?.kill();
    await server?.ended;
    rmSync(folder, { recursive: true, force: true });
  });

  /** Posts batches until the server is gone. */
  const send = async (url: string, authorization: string, sent: Batch[]): Promise<void> => {
    for (;;) {
      const batch: Batch = {
        ids: Array.from({ length: randomInt(1, 30) }, () => randomUUID()),
        acknowledged: false,
      };
      sent.push(batch);
      const statements = batch.ids.map((id) => completion(randomInt(2 * ENROLLED), id));
      try {
        const response = await fetch(`${url}/xapi/statements`, {
          method: 'POST',
          headers: { authorization, 'content-type': 'application/json', 'X-Experience-API-Version': '1.0.3' },
          body: JSON.stringify(statements),
        });
        expect(await response.json()).toEqual(batch.ids);
      } catch (error) {
        // The connection broke: whether the batch is kept is not known.
        if (error instanceof TypeError) return;
        throw error;
      }
      batch.acknowledged = true;
    }
  };

  const check = async (server: ServerProcess, authorization: string, sent: readonly Batch[]) => {
    const kept = (await statementsIn(folder)).map(({ id }) => id);
    const known = new Set(kept);
    expect(kept).toHaveLength(known.size);
    for (const { ids, acknowledged } of sent) {
      const there = ids.filter((id) => known.has(id)).length;
      if (acknowledged) expect(there).toBe(ids.length);
      else expect([0, ids.length]).toContain(there);
    }
    const response = await fetch(`${server.url}/api/v1/cohorts/${COHORT}/metrics`, {
      headers: { authorization },
    });
    expect(response.status).toBe(200);
    return response.json();
  };

  it('has every acknowledged statement exactly once, and every other batch whole or not at all', {
    timeout: 180_000,
  }, async () => {
    const authorization = await prepareStore(folder);
    const sent: Batch[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      server ??= await startServerProcess(folder);
      const { url, kill, ended } = server;
      const clients = Array.from({ length: CLIENTS }, () => send(url, authorization, sent));
      const enough = answered(sent) + randomInt(5, 60);
      while (answered(sent) < enough) await setTimeout(randomInt(1, 5));
      kill();
      expect((await ended).code).toBeNull();
      await Promise.all(clients);
      const [again, verified] = await Promise.all([
        startServerProcess(folder),
        // In the last round both find the log of the killed server at the same time.
        round < ROUNDS - 1 ? null : runScript(builtCommand(), ['verify'], environmentOf(folder)),
      ]);
      server = again;
      const metrics = await check(server, authorization, sent);
      if (verified) expect(verified).toEqual({ code: 0, stdout: `${COHORT}: equal\n`, stderr: '' });
      expect(metrics.counts).toMatchObject({ enrolled: ENROLLED, completed: expect.any(Number) });
      expect(metrics.counts.completed).toBeGreaterThan(0);
    }
  });
});
