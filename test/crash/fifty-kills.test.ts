import { randomInt } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { builtCommand } from '../support/built-product.ts';
import { runScript } from '../support/run-script.ts';
import { type RunningAssidu, startAssidu } from '../support/start-assidu.ts';
import { sha } from '../xapi/multipart-body.ts';
import { attachmentFaults, rowsIn } from './attachment-faults.ts';
import { COHORT, prepareStore, statementsIn } from './prepare.ts';
import { newRequest, type SentRequest, sendRequest } from './sent.ts';
import { environmentOf, type ServerProcess, startServerProcess } from './server-process.ts';

const KILLS = 50;
/** Who sends at the same time. */
const SENDERS = ['batch', 'batch', 'lenient', 'lenient', 'attachments', 'single'] as const;
/** No server lives longer under load, ms. */
const LIFE = 900;

describe('a server killed fifty times while it takes statements in and forwards them', () => {
  const folder = mkdtempSync(join(tmpdir(), 'assidu-fifty-kills-'));
  const sent: SentRequest[] = [];
  let far: RunningAssidu;
  let server: ServerProcess | undefined;
  let authorization = '';
  beforeAll(async () => {
    far = await startAssidu();
    authorization = await prepareStore(folder);
    await forwardTo(far);
    await killFiftyTimes();
    await catchUp();
  }, 600_000);
  afterAll(async () => {
    server?.kill();
    await server?.ended;
    await far.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const forwardTo = async ({ url, authorization: there }: RunningAssidu) => {
    const [username = '', password = ''] = Buffer.from(there.slice(6), 'base64').toString().split(':');
    const account = ['--name', 'far', '--url', `${url}/xapi`, '--username', username, '--password', password];
    const added = await runScript(builtCommand(), ['forward', 'add', ...account], environmentOf(folder));
    expect(added.code, added.stderr).toBe(0);
  };

  const serve = async (): Promise<ServerProcess> => {
    server = await startServerProcess(folder);
    return server;
  };

  const send = async (kind: (typeof SENDERS)[number], url: string): Promise<void> => {
    for (;;) {
      const request = newRequest(kind);
      sent.push(request);
      try {
        await sendRequest(url, authorization, request);
      } catch (error) {
        // The connection broke: whether the request is kept is not known.
        if (error instanceof TypeError) return;
        throw error;
      }
    }
  };

  const killFiftyTimes = async () => {
    for (let kill = 0; kill < KILLS; kill += 1) {
      const { url, kill: killNow, ended } = await serve();
      const senders = SENDERS.map((kind) => send(kind, url));
      const enough = sent.filter((each) => each.acknowledged).length + randomInt(1, 50);
      const until = performance.now() + LIFE;
      while (performance.now() < until && sent.filter((each) => each.acknowledged).length < enough)
        await setTimeout(randomInt(1, 5));
      killNow();
      expect((await ended).code).toBeNull();
      await Promise.all(senders);
    }
  };

  /** Serves once more until the target has everything; what a dead server held is free again when its lease has ended. */
  const catchUp = async () => {
    const { url } = await serve();
    for (;;) {
      const response = await fetch(`${url}/api/v1/forwards`, { headers: { authorization } });
      const [target] = await response.json();
      if (target.behind === 0) return;
      await setTimeout(200);
    }
  };

  it('has every acknowledged statement once and byte for byte, and every other request whole or not at all', async () => {
    const all = await statementsIn(folder);
    const kept = new Map(all.map(({ id, text }) => [id, text]));
    expect(all.length).toBe(kept.size);
    expect(sent.filter(({ acknowledged }) => acknowledged).length).toBeGreaterThan(KILLS);
    for (const { kind, good, acknowledged } of sent) {
      const there = [...good].filter(([id]) => kept.has(id));
      expect(acknowledged ? [good.size] : [0, good.size], kind).toContain(there.length);
      for (const [id, text] of there) expect(kept.get(id)?.slice(0, text.length - 1)).toBe(text.slice(0, -1));
    }
    const known = new Set(sent.flatMap(({ good }) => [...good.keys()]));
    expect([...kept.keys()].filter((id) => !known.has(id))).toEqual([]);
  });

  it('has what was set aside of every acknowledged request in the quarantine, once', () => {
    const rows = rowsIn(folder, 'SELECT text, times FROM quarantine');
    const texts = new Set(rows.map(({ text }) => text));
    expect(rows.filter(({ times }) => times !== 1)).toEqual([]);
    expect(texts.size).toBe(rows.length);
    const lenient = sent.filter(({ bad }) => bad.length > 0);
    for (const { bad, acknowledged } of lenient)
      expect(acknowledged ? [bad.length] : [0, bad.length]).toContain(
        bad.filter((text) => texts.has(text)).length,
      );
    const known = new Set(lenient.flatMap(({ bad }) => bad));
    expect([...texts].filter((text) => !known.has(String(text)))).toEqual([]);
  });

  it('has no attachment without its statement, no statement without its attachments, here and at the target', () => {
    for (const store of [folder, far.folder]) {
      expect(attachmentFaults(store)).toEqual([]);
      const held = new Set(
        rowsIn(store, 'SELECT statement, sha2 FROM statement_attachments').map(
          ({ statement, sha2 }) => `${statement} ${sha2}`,
        ),
      );
      const due = sent
        .filter(({ acknowledged }) => acknowledged)
        .flatMap(({ good, attached }) =>
          [...good.keys()].flatMap((id) => attached.map((each) => `${id} ${sha(each)}`)),
        );
      expect(due.length).toBeGreaterThan(0);
      expect(due.filter((each) => !held.has(each))).toEqual([]);
    }
  });

  it('has brought its target everything, in order, once and without a dead letter', async () => {
    const order = async (store: string) => (await statementsIn(store)).map(({ id }) => id);
    expect(await order(far.folder)).toEqual(await order(folder));
    expect(rowsIn(folder, 'SELECT * FROM dead_letters')).toEqual([]);
  });

  it('counts learners from what it kept', async () => {
    const verified = await runScript(builtCommand(), ['verify'], environmentOf(folder));
    expect(verified).toEqual({ code: 0, stdout: `${COHORT}: equal\n`, stderr: '' });
  });
});
