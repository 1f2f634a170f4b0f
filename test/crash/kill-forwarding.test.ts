import { randomInt, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningAssidu, startAssidu } from '../support/start-assidu.ts';
import { completion, ENROLLED, prepareStore, statementsIn } from './prepare.ts';
import { type ServerProcess, startServerProcess } from './server-process.ts';

const ROUNDS = 2;
/** Of 10 to 30 statements each. */
const BATCHES = 40;

describe('a server killed while it forwards', () => {
  const folder = mkdtempSync(join(tmpdir(), 'assidu-kill-forwarding-'));
  let far: RunningAssidu;
  let server: ServerProcess | undefined;
  beforeAll(async () => {
    far = await startAssidu();
  });
  afterAll(async () => {
    server?.kill();
    await server?.ended;
    await far.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('has brought its target, in the end, every acknowledged statement, in order and once', {
    timeout: 120_000,
  }, async () => {
    const authorization = await prepareStore(folder);
    const headers = {
      authorization,
      'content-type': 'application/json',
      'X-Experience-API-Version': '1.0.3',
    };
    const ask = async (path: string, body?: unknown) => {
      const response = await fetch(`${server?.url}${path}`, {
        headers,
        ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
      });
      expect(response.ok, path).toBe(true);
      return response.json();
    };
    const acknowledged: string[] = [];
    let target = '';
    for (let round = 0; round < ROUNDS; round += 1) {
      server = await startServerProcess(folder);
      if (round === 0) {
        const [username, password] = Buffer.from(far.authorization.slice(6), 'base64').toString().split(':');
        const account = { name: 'far', url: `${far.url}/xapi`, username, password };
        ({ id: target } = await ask('/api/v1/forwards', account));
      }
      const before = await far.services.storage.statements.head();
      const wanted = before.seq + randomInt(1, 400);
      const send = async () => {
        try {
          for (let batch = 0; batch < BATCHES; batch += 1) {
            const ids = Array.from({ length: randomInt(10, 30) }, () => randomUUID());
            await ask(
              '/xapi/statements',
              ids.map((id) => completion(randomInt(ENROLLED), id)),
            );
            acknowledged.push(...ids);
          }
        } catch (error) {
          if (!(error instanceof TypeError)) throw error;
        }
      };
      const sending = send();
      while ((await far.services.storage.statements.head()).seq < wanted) await setTimeout(randomInt(1, 5));
      server.kill();
      await server.ended;
      await sending;
    }
    expect(acknowledged.length).toBeGreaterThan(0);

    server = await startServerProcess(folder);
    // What the dead one held is free again when its lease has ended.
    while ((await ask(`/api/v1/forwards/${target}`)).behind > 0) await setTimeout(200);
    const here = (await statementsIn(folder)).map(({ id }) => id);
    const there = (await statementsIn(far.folder)).map(({ id }) => id);
    expect(there).toEqual(here);
    expect(here).toEqual(expect.arrayContaining(acknowledged));
    expect(await ask(`/api/v1/forwards/${target}/dead-letters`)).toEqual([]);
  });
});
