import { randomBytes, randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openEmbedded } from '../../src/storage/embedded/open-embedded.ts';
import { newAccessKey } from '../../xapi/credentials.ts';
import { builtCommand } from '../support/built-product.ts';
import { freePort } from '../support/free-port.ts';
import { startScript } from '../support/run-script.ts';
import { statementWith } from '../xapi/attachment-requests.ts';
import { attachmentPart, layOut, statementsPart } from '../xapi/multipart-body.ts';
import { attachmentFaults, rowsIn } from './attachment-faults.ts';

const folder = mkdtempSync(join(tmpdir(), 'assidu-'));
const data = join(folder, 'data');
const spool = join(folder, 'spool');
mkdirSync(spool);
let authorization = '';

beforeAll(async () => {
  const storage = openEmbedded({ folder: data, mode: 'inline' });
  const given = { org: 'default', name: 'test', scopes: ['all'], at: 0 } as const;
  const { accessKey, secret } = newAccessKey(given, randomBytes);
  await storage.keys.insert(accessKey);
  await storage.close();
  authorization = `Basic ${Buffer.from(`${accessKey.key}:${secret}`).toString('base64')}`;
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Keeps one statement with an attachment of its own and one that others have, too; answers its id when kept. */
async function upload(url: string, common: Buffer): Promise<string> {
  const id = randomUUID();
  const own = randomBytes(Math.random() < 0.5 ? 20_000 : 1_300_000);
  const parts = [
    statementsPart(statementWith([own, common], { id })),
    attachmentPart(own),
    attachmentPart(common),
  ];
  const response = await fetch(`${url}/xapi/statements`, {
    method: 'POST',
    headers: {
      authorization,
      'X-Experience-API-Version': '1.0.3',
      'content-type': 'multipart/mixed; boundary=abcABC0123',
    },
    body: new Uint8Array(layOut('abcABC0123', parts)),
  });
  if (response.status !== 200) throw new Error(await response.text());
  return id;
}

/** Serves, takes uploads from six sides, and is killed in their midst; answers the ids it said were kept. */
async function serveAndKill(uploads: number): Promise<readonly string[]> {
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const server = startScript(builtCommand(), ['serve'], {
    PORT: String(port),
    ASSIDU_URL: url,
    ASSIDU_DATA: data,
    ASSIDU_LOG: 'silent',
    TMPDIR: spool,
  });
  const kept: string[] = [];
  const common = randomBytes(1_100_000);
  try {
    while (
      !(await fetch(`${url}/readyz`).then(
        (answer) => answer.ok,
        () => false,
      ))
    )
      await Promise.race([server.ended.then(({ stderr }) => Promise.reject(new Error(stderr))), pause()]);
    const side = async () => {
      for (;;) {
        kept.push(await upload(url, common));
        if (kept.length >= uploads) server.kill();
      }
    };
    const sides = await Promise.allSettled(Array.from({ length: 6 }, side));
    for (const end of sides)
      if (end.status === 'rejected') expect(String(end.reason)).toContain('fetch failed');
  } finally {
    server.kill();
    await server.ended;
  }
  return kept;
}

const pause = () => new Promise((resolve) => setTimeout(resolve, 50));

describe('a server killed while it takes in attachments', () => {
  it('leaves no attachment without its statement, no statement without its attachments, no file', async () => {
    const said: string[] = [];
    for (const uploads of [2, 7]) said.push(...(await serveAndKill(uploads)));

    const kept = new Set(rowsIn(data, 'SELECT id FROM statements').map(({ id }) => id));
    expect(said.filter((id) => !kept.has(id))).toEqual([]);
    expect(attachmentFaults(data)).toEqual([]);
    const attached = 'SELECT count(*) FROM statement_attachments u WHERE u.statement = s.id';
    expect(rowsIn(data, `SELECT id FROM statements s WHERE (${attached}) <> 2`)).toEqual([]);
    expect(rowsIn(data, 'SELECT sha2 FROM attachments').length).toBeGreaterThan(said.length);
    expect(readdirSync(spool).filter((name) => name.startsWith('assidu-'))).toEqual([]);
  }, 60_000);
});
